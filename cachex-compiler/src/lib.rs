//! Compiles `cachex.yaml` into a plan and typed Rust, and checks Rust sources against it. Pure: no I/O, no clock.

#[cfg(feature = "analyze")]
pub mod analyze;
mod compile;
pub mod diagnostics;
pub mod emit;
pub mod explain;
pub mod graph;
pub mod model;
pub mod plan;
pub mod rules;
pub mod source;
mod syntax;

pub use compile::{Asked, Compilation, Options, Read, Sources, Unreadable, compile, compile_files};
