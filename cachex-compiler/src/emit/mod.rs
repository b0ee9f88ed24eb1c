//! Plan → text, one module per target.
//!
//! Emitters are total: only a validated schema reaches them, and they cannot fail. Same schema, same bytes.

pub mod rust;
pub(crate) mod words;
