//! Plan → text, one module per target.
//!
//! Emitters are total: only a validated schema reaches them, and they cannot fail. Same schema, same bytes.

pub mod dot;
mod drawing;
pub mod json;
pub mod mermaid;
pub mod rust;
pub mod svg;
pub(crate) mod words;
