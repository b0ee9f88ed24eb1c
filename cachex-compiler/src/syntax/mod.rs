//! Text → Document: YAML (or JSON) events as a tree in which every node knows its place.
//!
//! Owns what is a mistake of the file as such: encoding, size, YAML errors, nesting, aliases, duplicate keys. Knows
//! nothing of entities and caches. Keeps true: parsing never fails and never recurses deeper than
//! [`NESTING_LIMIT`]; what could not be read is [`Value::Invalid`], has been reported, and is reported by nobody
//! else; after a syntax error reading resumes at the next top-level section.

mod anchors;
mod build;
mod decode;
mod errors;
mod keys;
mod parse;
mod recover;
mod split;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

pub(crate) use decode::{decode, oversized};
pub(crate) use parse::parse;

use crate::source::Span;

/// How deep lists and mappings may nest. The language itself needs seven levels.
pub(crate) const NESTING_LIMIT: usize = 64;

/// How many nodes aliases may add to a file.
const ALIAS_LIMIT: usize = 10_000;

/// After how many syntax errors reading ends: each begins it anew.
const SYNTAX_ERRORS: usize = 32;

/// The keys that may stand at the top of a file: where reading resumes after a syntax error.
pub(crate) const SECTIONS: [&str; 9] = [
    "cachex",
    "description",
    "namespace",
    "scope",
    "include",
    "defaults",
    "entities",
    "caches",
    "check",
];

/// A file as a tree.
#[derive(Debug, Default)]
pub(crate) struct Document<'s> {
    /// What the file holds; nothing where it is empty or could not be read at all.
    pub(crate) root: Option<Node<'s>>,
    /// The sections that were not read to their end: what they declare is not known to be missing.
    pub(crate) broken: Vec<Cow<'s, str>>,
}

/// A value and its place.
#[derive(Debug, Clone)]
pub(crate) struct Node<'s> {
    pub(crate) span: Span,
    pub(crate) value: Value<'s>,
}

/// What a node holds.
#[derive(Debug, Clone)]
pub(crate) enum Value<'s> {
    /// Could not be read; was reported.
    Invalid,
    Scalar(Scalar<'s>),
    Sequence(Vec<Node<'s>>),
    Mapping(Vec<Entry<'s>>),
}

/// A piece of text and its place.
#[derive(Debug, Clone)]
pub(crate) struct Scalar<'s> {
    pub(crate) text: Cow<'s, str>,
    pub(crate) span: Span,
    /// Without quotes, and no block.
    pub(crate) plain: bool,
}

/// A key and what it holds.
#[derive(Debug, Clone)]
pub(crate) struct Entry<'s> {
    pub(crate) key: Scalar<'s>,
    pub(crate) value: Node<'s>,
}

impl Document<'_> {
    /// Where a key stands at the top of the file.
    pub(crate) fn key(&self, key: &str) -> Option<Span> {
        let Value::Mapping(entries) = &self.root.as_ref()?.value else {
            return None;
        };
        entries
            .iter()
            .find(|entry| entry.key.text == key)
            .map(|entry| entry.key.span)
    }
}

impl Node<'_> {
    /// Nothing stands there, or `null`.
    pub(crate) fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar(scalar) if scalar.is_null())
    }

    /// What stands there, for "expected a list, found …".
    pub(crate) fn describe(&self) -> &'static str {
        match &self.value {
            Value::Invalid => "what could not be read",
            Value::Scalar(scalar) if scalar.is_null() => "nothing",
            Value::Scalar(_) => "text",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a mapping",
        }
    }
}

impl Scalar<'_> {
    /// Nothing stands there, or `null`.
    pub(crate) fn is_null(&self) -> bool {
        self.plain && matches!(&*self.text, "" | "~" | "null" | "Null" | "NULL")
    }

    /// The place of a part of the text; the whole place where the text is not in the file as it is (escapes, blocks).
    pub(crate) fn part(&self, range: Range<usize>) -> Span {
        let length = (self.span.end - self.span.start) as usize;
        match length.checked_sub(self.text.len()) {
            Some(0) => self.span.part(range),
            // Both quotes.
            Some(2) if !self.plain => self.span.part(range.start + 1..range.end + 1),
            _ => self.span,
        }
    }

    /// The place of a piece borrowed from the text.
    pub(crate) fn place_of(&self, piece: &str) -> Span {
        let from = (piece.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        if from <= self.text.len() {
            self.part(from..from + piece.len())
        } else {
            self.span
        }
    }
}
