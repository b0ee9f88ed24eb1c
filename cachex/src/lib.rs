//! Declarative cache invalidation: the rules stand in one file, `cachex.yaml`; from it come typed keys, changes and
//! invalidations, checked when compiling and proved over the application's sources by `cachex check`.
//!
//! This crate is what applications depend on: the runtime, and with the feature `macros` (on by default) the macros.
//!
//! # Features
//!
//! What each adds to a clean debug build, in crates and in seconds of processor time on one machine (two cores, 2026):
//!
//! | feature | gives | crates | seconds |
//! |---|---|---|---|
//! | none | the runtime: caches, units of work, events | 58 | 58 |
//! | `local` (default) | the store in process, so far the only one: adds nothing | | |
//! | `macros` (default) | `schema!`, `#[invalidates]`, `#[cached]` | 13 | 38 |
//! | `axum` | the layer, the route layer, the header of answers | 25 | 15 |
//! | `sse` | the event stream for browsers; implies `axum` | 7 | 11 |
//! | `testing` | the recorder, the assertions, and what `tests!()` of a schema needs | 0 | 0 |

#[cfg(feature = "macros")]
pub use cachex_macros::{__tests, allow, cached, invalidates, schema};
pub use cachex_runtime::codegen::ErasedAction as Action;
pub use cachex_runtime::{
    Apply, Builder, Cachex, Each, Hashed, LoadError, Outcome, Tagged, UnitFuture, Unknown,
    WithTags, Work, clock, codegen, each, event, header, local, lost_changes, spawn, tagged, unit,
};

#[cfg(feature = "axum")]
pub mod layer {
    //! Units of work around HTTP requests, and routes that invalidate.

    #[cfg(feature = "macros")]
    pub use cachex_macros::layer_invalidates as invalidates;
    pub use cachex_runtime::layer::*;
}
#[cfg(feature = "sse")]
pub use cachex_runtime::sse;
#[cfg(feature = "testing")]
pub use cachex_runtime::{assert_cleared, assert_event, assert_kept, assert_no_event, testing};
