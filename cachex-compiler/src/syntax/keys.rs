//! The entries of a mapping: what may be a key, and that each stands once.

use std::collections::BTreeMap;

use super::{Entry, Node, Scalar, Value};
use crate::diagnostics::registry::{DUPLICATE_KEY, MERGE_KEY, UNSUPPORTED_YAML};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::source::Span;

/// A key and its value; nothing where the key is none.
pub(super) fn entry<'s>(
    key: Node<'s>,
    value: Node<'s>,
    out: &mut Diagnostics,
) -> Option<Entry<'s>> {
    match key.value {
        Value::Scalar(scalar) if scalar.plain && scalar.text == "<<" => {
            let report = MERGE_KEY.at(key.span, "merge keys `<<` are not read");
            out.push(report.help("write the merged keys out, or use `defaults`"));
            None
        }
        Value::Scalar(key) => Some(Entry { key, value }),
        Value::Invalid => None,
        Value::Sequence(_) | Value::Mapping(_) => {
            let report =
                UNSUPPORTED_YAML.at(key.span, "a list or mapping stands where a key is expected");
            out.push(
                report.help("use a text as the key, quoted where it holds brackets or braces"),
            );
            None
        }
    }
}

/// Reports keys that stand twice and keeps the first of each.
pub(super) fn unique<'s>(entries: Vec<Entry<'s>>, out: &mut Diagnostics) -> Vec<Entry<'s>> {
    if entries.len() <= FEW && are_distinct(&entries) {
        return entries;
    }
    let twice = repeated(&entries);
    if twice.is_empty() {
        return entries;
    }
    for (again, first) in &twice {
        if let (Some(again), Some(first)) = (entries.get(*again), entries.get(*first)) {
            out.push(duplicate(&again.key, first.key.span));
        }
    }
    let is_first = |index: &usize| {
        twice
            .binary_search_by_key(index, |(again, _)| *again)
            .is_err()
    };
    let numbered = entries.into_iter().enumerate();
    numbered
        .filter(|(index, _)| is_first(index))
        .map(|(_, entry)| entry)
        .collect()
}

/// So many keys are compared with each other sooner than put in order.
const FEW: usize = 8;

fn are_distinct(mut entries: &[Entry<'_>]) -> bool {
    while let [first, rest @ ..] = entries {
        for other in rest {
            if first.key.text == other.key.text {
                return false;
            }
        }
        entries = rest;
    }
    true
}

/// The entries whose key stood before, each with the entry that has it first.
fn repeated(entries: &[Entry<'_>]) -> Vec<(usize, usize)> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut twice = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let first = *seen.entry(&entry.key.text).or_insert(index);
        if first != index {
            twice.push((index, first));
        }
    }
    twice
}

fn duplicate(key: &Scalar<'_>, first: Span) -> Diagnostic {
    DUPLICATE_KEY
        .at(
            key.span,
            format!("the key `{}` stands twice in one mapping", key.text),
        )
        .labelled(key.span, "here again")
        .labelled(first, "first here")
        .help("keep one of them")
}
