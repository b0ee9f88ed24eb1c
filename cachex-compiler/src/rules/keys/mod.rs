//! CX04: keys that two different things share.
//!
//! A key is `[scope:][v‹format›:]template` behind the namespace, and no encoded value contains a colon. So a key is cut
//! at its colons (`template`), and what may stand between two of them is a small automaton (`shape`, `automaton`,
//! `alphabet`). Whether two of all caches meet is found in one walk over all keys at once (`tree`, `collisions`), with
//! one concrete key to show for it (`witness`). The answer is exact; the places where it errs, all towards a report,
//! are said where they are. How long the search may take is bounded (`effort`), and where it ends early a report says
//! so.

mod alphabet;
pub(super) mod ambiguous_key;
mod automaton;
pub(super) mod colliding_keys;
mod collisions;
mod effort;
mod shape;
mod template;
#[cfg(test)]
mod tests;
mod tree;
mod undecided_keys;
mod witness;
