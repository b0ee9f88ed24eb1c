//! Reads files: the rules, and the application's sources.

mod rules;

pub(crate) use rules::rules;
