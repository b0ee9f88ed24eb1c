//! Reads shapes: a mapping with known keys, a list, a text, a number. Every value of another shape is reported here.

use std::ops::RangeInclusive;

use super::context::Context;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::registry::{
    MISSING_KEY, OVERSIZED_DECLARATION, UNEXPECTED_VALUE, UNKNOWN_KEY,
};
use crate::model::{Name, Spanned};
use crate::source::Span;
use crate::syntax::{Entry, Node, Scalar, Value};

/// A mapping whose keys are known.
pub(super) struct Section<'n> {
    entries: &'n [Entry<'n>],
    /// Misspelt keys by what was meant: they are reported, and read, so that nobody misses what stands under them.
    meant: Vec<(String, &'n Entry<'n>)>,
    /// The whole mapping.
    pub(super) span: Span,
}

impl<'n> Section<'n> {
    /// Reads a mapping and reports keys other than these. `description` may stand anywhere.
    pub(super) fn read(
        node: &'n Node<'n>,
        what: &str,
        known: &[&str],
        cx: &mut Context<'_, '_>,
    ) -> Option<Self> {
        let entries = mapping(node, what, cx)?;
        let mut meant = Vec::new();
        for entry in entries {
            let key = &*entry.key.text;
            if key == "description" {
                text(&entry.value, "a text", cx);
            } else if !known.contains(&key) {
                let report = UNKNOWN_KEY.at(entry.key.span, format!("{what} has no key `{key}`"));
                let mut report = cx.did_you_mean(report, entry.key.span, key, known);
                if let (None, Some(other)) = (&report.fix, of_one_stem(key, known)) {
                    report = report
                        .help(format!("did you mean `{other}`?"))
                        .fix(entry.key.span, other);
                }
                meant.extend(report.fix.iter().map(|fix| (fix.text.clone(), entry)));
                cx.push(report);
            }
        }
        Some(Self {
            entries,
            meant,
            span: node.span,
        })
    }

    /// What a key holds, unless it could not be read.
    pub(super) fn get(&self, key: &str) -> Option<&'n Node<'n>> {
        self.entry(key)
            .map(|entry| &entry.value)
            .filter(|node| !matches!(node.value, Value::Invalid))
    }

    /// Whether a key is there.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// A key and what it holds.
    pub(super) fn entry(&self, key: &str) -> Option<&'n Entry<'n>> {
        let found = self.entries.iter().find(|entry| entry.key.text == key);
        let meant = || self.meant.iter().find(|(meant, _)| meant == key);
        found.or_else(|| meant().map(|(_, entry)| *entry))
    }

    /// The description, if there is one.
    pub(super) fn description(&self) -> Option<String> {
        match &self.get("description")?.value {
            Value::Scalar(scalar) => Some(scalar.text.trim().to_owned()),
            _ => None,
        }
    }
}

/// The only key that begins as another does: `entity` is no slip of the finger for `entities`.
fn of_one_stem<'k>(key: &str, known: &[&'k str]) -> Option<&'k str> {
    let shares = |other: &&&str| {
        let letters = key.chars().zip(other.chars());
        let shared = letters.take_while(|(one, other)| one == other).count();
        shared >= 5 && 2 * shared >= key.chars().count().max(other.chars().count())
    };
    let mut alike = known.iter().filter(shares);
    let found = alike.next().copied();
    found.filter(|_| alike.next().is_none())
}

/// A key that must be there.
pub(super) fn missing(place: Span, what: &str, key: &str, help: &str) -> Diagnostic {
    MISSING_KEY
        .at(place, format!("{what} has no `{key}`"))
        .help(help)
}

/// Another kind of value stands here than its key holds.
pub(super) fn unexpected(node: &Node<'_>, expected: &str) -> Diagnostic {
    UNEXPECTED_VALUE.at(
        node.span,
        format!("expected {expected}, found {}", node.describe()),
    )
}

/// The entries of a mapping.
pub(super) fn mapping<'n>(
    node: &'n Node<'n>,
    what: &str,
    cx: &mut Context<'_, '_>,
) -> Option<&'n [Entry<'n>]> {
    match &node.value {
        Value::Mapping(entries) => return Some(entries),
        Value::Invalid => {}
        _ => cx.push(unexpected(node, "a mapping").help(format!(
            "write {what} as `key: value` lines, or as `{{ key: value }}`"
        ))),
    }
    None
}

/// The items of a list.
pub(super) fn list<'n>(node: &'n Node<'n>, of: &str, cx: &mut Context<'_, '_>) -> &'n [Node<'n>] {
    match &node.value {
        Value::Sequence(items) => return items,
        Value::Invalid => {}
        Value::Scalar(scalar) if !scalar.is_null() => {
            let report = unexpected(node, &format!("a list of {of}"));
            cx.push(report.help(format!("write `[{}]`", scalar.text)));
        }
        _ => cx.push(unexpected(node, &format!("a list of {of}"))),
    }
    &[]
}

/// A text that is there. Whatever YAML makes of it (`no`, `007`), here it is text.
pub(super) fn text<'n>(
    node: &'n Node<'n>,
    expected: &str,
    cx: &mut Context<'_, '_>,
) -> Option<&'n Scalar<'n>> {
    match &node.value {
        Value::Scalar(scalar) if !(scalar.plain && scalar.text.is_empty()) => return Some(scalar),
        Value::Invalid => {}
        _ => cx.push(unexpected(node, expected)),
    }
    None
}

/// A text with its place.
pub(super) fn name(scalar: &Scalar<'_>) -> Name {
    Spanned {
        value: scalar.text.to_string(),
        span: scalar.span,
    }
}

/// The first of many, up to a limit; what is beyond is reported once.
pub(super) fn at_most<'n, T>(
    items: &'n [T],
    limit: usize,
    what: &str,
    place: fn(&T) -> Span,
    cx: &mut Context<'_, '_>,
) -> &'n [T] {
    let Some(first) = items.get(limit) else {
        return items;
    };
    let message = format!("{} {what} are declared, more than {limit}", items.len());
    let report = OVERSIZED_DECLARATION
        .at(place(first), message)
        .labelled(place(first), "this one is too many");
    cx.push(report.help("declare only what a rule needs"));
    items.get(..limit).unwrap_or(items)
}

/// A list of texts. `of` says what they are, `one` what one of them is.
pub(super) fn names(node: &Node<'_>, of: &str, one: &str, cx: &mut Context<'_, '_>) -> Vec<Name> {
    let items = list(node, of, cx);
    items
        .iter()
        .filter_map(|item| text(item, one, cx).map(name))
        .collect()
}

/// One of a few words.
pub(super) fn choice<T: Copy>(
    node: &Node<'_>,
    choices: &[(&str, T)],
    cx: &mut Context<'_, '_>,
) -> Option<Spanned<T>> {
    let scalar = scalar(node);
    let known = scalar.and_then(|scalar| choices.iter().find(|(word, _)| *word == scalar.text));
    if let (Some(scalar), Some((_, value))) = (scalar, known) {
        return Some(Spanned {
            value: *value,
            span: scalar.span,
        });
    }
    let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
    let scalar = text(node, &or(&words), cx)?;
    let message = format!("expected {}, found `{}`", or(&words), scalar.text);
    let report = UNEXPECTED_VALUE.at(scalar.span, message);
    let report = match synonym(&scalar.text, &words) {
        Some(meant) => report
            .help(format!("write `{meant}`"))
            .fix(scalar.span, meant),
        None => cx.did_you_mean(report, scalar.span, &scalar.text, &words),
    };
    // The message names the choices already.
    cx.push(if report.fix.is_some() {
        report
    } else {
        Diagnostic {
            help: None,
            ..report
        }
    });
    None
}

/// What other tools call the same.
const SYNONYMS: [(&str, &str); 10] = [
    ("none", "off"),
    ("ignore", "off"),
    ("allow", "off"),
    ("warn", "warning"),
    ("deny", "error"),
    ("info", "note"),
    ("hint", "note"),
    ("pg", "postgres"),
    ("mariadb", "mysql"),
    ("ansi", "generic"),
];

fn synonym(word: &str, choices: &[&str]) -> Option<&'static str> {
    let found = SYNONYMS.iter().find(|(other, _)| *other == word);
    found
        .map(|(_, meant)| *meant)
        .filter(|meant| choices.contains(meant))
}

/// `` `a`, `b` or `c` ``.
fn or(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        all => all.join(""),
    }
}

/// A whole number in a range.
pub(super) fn number(
    node: &Node<'_>,
    range: RangeInclusive<u64>,
    cx: &mut Context<'_, '_>,
) -> Option<u64> {
    let parse = |scalar: &Scalar<'_>| {
        scalar
            .text
            .parse()
            .ok()
            .filter(|number| range.contains(number))
    };
    if let Some(number) = scalar(node).and_then(parse) {
        return Some(number);
    }
    let expected = if *range.end() == u64::MAX {
        format!("a whole number of at least {}", range.start())
    } else {
        format!("a whole number from {} to {}", range.start(), range.end())
    };
    let scalar = text(node, &expected, cx)?;
    let message = format!("expected {expected}, found `{}`", scalar.text);
    cx.push(UNEXPECTED_VALUE.at(scalar.span, message));
    None
}

/// The text of a node that is one.
fn scalar<'n>(node: &'n Node<'n>) -> Option<&'n Scalar<'n>> {
    match &node.value {
        Value::Scalar(scalar) => Some(scalar),
        _ => None,
    }
}
