//! Reads files: the rules, and the application's sources.

mod rules;
mod rust;
mod source;

pub(crate) use rules::rules;
pub(crate) use rust::{options, rust};
pub(crate) use source::Source;
