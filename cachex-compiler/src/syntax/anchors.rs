//! Nodes that aliases repeat.
//!
//! Owns the bound of what they may add: without it ten lines stand for ten million values. Keeps true: what is
//! remembered or repeated counts, and a tree stays within the nesting that is read.

use std::collections::BTreeMap;

use super::{ALIAS_LIMIT, NESTING_LIMIT, Node, Value, errors};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::registry::ALIAS_BOMB;
use crate::source::Span;

/// The nodes of one file that have an anchor.
#[derive(Debug)]
pub(super) struct Anchors<'s> {
    /// By the reader's number.
    nodes: BTreeMap<usize, Node<'s>>,
    /// Nodes that aliases may still add.
    allowance: usize,
    /// Whether it was said that aliases asked for more.
    is_said: bool,
}

impl Default for Anchors<'_> {
    fn default() -> Self {
        Self {
            nodes: BTreeMap::new(),
            allowance: ALIAS_LIMIT,
            is_said: false,
        }
    }
}

/// Why an alias repeats nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// What it repeats was not kept, or was not read to its end.
    Unknown,
    /// What it repeats would lie too deep.
    TooDeep,
    /// Aliases have added too much already.
    TooMany,
}

impl<'s> Anchors<'s> {
    /// Keeps a node that has an anchor (0: none).
    pub(super) fn remember(&mut self, anchor: usize, node: &Node<'s>) {
        // The copy counts: nested anchors would otherwise be copied once for each level.
        if anchor != 0 && self.spend(node) {
            self.nodes.insert(anchor, node.clone());
        }
    }

    /// The node of an anchor, to be placed within so many open ones.
    pub(super) fn repeat(&mut self, anchor: usize, depth: usize) -> Result<Node<'s>, Refused> {
        let node = self.nodes.get(&anchor).cloned().ok_or(Refused::Unknown)?;
        if depth + height(&node) > NESTING_LIMIT {
            return Err(Refused::TooDeep);
        }
        if self.spend(&node) {
            Ok(node)
        } else {
            Err(Refused::TooMany)
        }
    }

    /// What is said of an alias, which may stand inside what it repeats. That there are too many is said once: all
    /// further ones have the same cause.
    pub(super) fn refusal(&mut self, why: Refused, span: Span, inside: bool) -> Option<Diagnostic> {
        match why {
            Refused::TooDeep => Some(errors::too_deep(span)),
            Refused::Unknown if inside => {
                let report = ALIAS_BOMB.at(span, "this alias stands inside the value it repeats");
                Some(report.help("write the value out"))
            }
            Refused::Unknown | Refused::TooMany => {
                let message = format!("aliases add more than {ALIAS_LIMIT} values to the file");
                let report = ALIAS_BOMB.at(span, message).labelled(span, "with this one");
                let first = !std::mem::replace(&mut self.is_said, true);
                first.then(|| report.help("write the values out"))
            }
        }
    }

    /// Takes a node's size off what aliases may add.
    fn spend(&mut self, node: &Node<'s>) -> bool {
        let left = self.allowance.checked_sub(size(node));
        self.allowance = left.unwrap_or(0);
        left.is_some()
    }
}

/// How many nodes a node holds, itself included.
fn size(node: &Node<'_>) -> usize {
    match &node.value {
        Value::Scalar(_) | Value::Invalid => 1,
        Value::Sequence(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Mapping(entries) => {
            1 + entries
                .iter()
                .map(|entry| 1 + size(&entry.value))
                .sum::<usize>()
        }
    }
}

/// How many levels of lists and mappings a node has.
fn height(node: &Node<'_>) -> usize {
    match &node.value {
        Value::Scalar(_) | Value::Invalid => 0,
        Value::Sequence(items) => 1 + items.iter().map(height).max().unwrap_or(0),
        Value::Mapping(entries) => {
            1 + entries
                .iter()
                .map(|entry| height(&entry.value))
                .max()
                .unwrap_or(0)
        }
    }
}
