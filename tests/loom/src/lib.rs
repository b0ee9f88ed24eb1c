//! Every interleaving of the in-process core's atomics, weak memory included.
//!
//! The core's files are compiled here a second time, with loom's atomics in place of the standard library's; the
//! race is played in small, and each rule that orderings could break is seen failing with the rule replaced.
//! Knows no store and no flights: those are locks.

#[path = "../../../cachex-runtime/src/local/protocol.rs"]
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "the races below are its only users")
)]
#[cfg_attr(
    test,
    expect(dead_code, reason = "joining a load is a matter of locks")
)]
mod protocol;
#[cfg(test)]
mod races;
#[path = "../../../cachex-runtime/src/local/slots.rs"]
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "the races below are its only users")
)]
#[cfg_attr(
    test,
    expect(dead_code, reason = "not every slot of a cache takes part in a race")
)]
mod slots;
#[cfg(test)]
mod wrong;

mod sync {
    /// The standard library's: loom runs one thread at a time, and no step of the core lies within its closure.
    pub(crate) use std::sync::OnceLock;

    pub(crate) use loom::sync::atomic::{AtomicU64, Ordering};
}
