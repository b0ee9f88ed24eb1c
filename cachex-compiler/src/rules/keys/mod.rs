//! CX04: keys that two different things share.
//!
//! A key is `[scope:][v‹format›:]template` behind the namespace, and no encoded value contains a colon. So a key is cut
//! at its colons (`template`), what may stand between two of them is a small automaton (`shape`, `automaton`,
//! `alphabet`), and two caches are compared segment by segment (`collisions`). The answer is exact, with one concrete
//! key to show for it (`witness`); the two places where it errs, both towards a report, are said where they are.

pub(super) use automaton::Effort;

mod alphabet;
pub(super) mod ambiguous_key;
mod automaton;
pub(super) mod colliding_keys;
mod collisions;
mod shape;
mod template;
#[cfg(test)]
mod tests;
mod witness;
