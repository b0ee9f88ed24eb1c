//! Reads files: the rules, and the application's sources.

mod rules;
mod rust;

pub(crate) use rules::rules;
pub(crate) use rust::{options, rust};
