//! Document → Schema: names become ids, texts become patterns, types, durations and keys.
//!
//! Owns every mistake that stands between the text and a [`Schema`]: unknown keys and names, values of the wrong
//! kind. Does not judge what the rules mean. Keeps true: every id it makes is valid; one node reports once; what
//! could not be resolved is left out, and what was not read (a broken section) is not called unknown.

mod attribute;
mod cache;
mod check;
mod context;
mod dependency;
mod dimension;
mod effect;
mod entity;
mod identity;
mod identity_cycle;
mod include;
mod key;
mod literal;
mod names;
mod options;
mod pattern;
mod reader;
mod root;
mod rust_path;
mod table;
mod touch;
mod ty;
mod unit;

pub(crate) use context::Unread;
pub(crate) use include::includes;
pub(crate) use pattern::read_pattern;
pub(crate) use root::resolve;
