//! Patterns that YAML cut at a comma: `{ when: post.update(title, slug) }` is, to YAML, the text `post.update(title`
//! and a key `slug)`. The pieces are reported once and put together again, so that the names in them are still
//! checked.

use std::borrow::Cow;

use super::{Entry, Node, Scalar, Value};
use crate::diagnostics::registry::SPLIT_PATTERN;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::source::Span;

/// Joins the items of `[ … ]` that were one pattern.
pub(super) fn join_items<'s>(
    items: Vec<Node<'s>>,
    text: &'s str,
    out: &mut Diagnostics,
) -> Vec<Node<'s>> {
    if !items.iter().any(|item| opens(plain(item))) {
        return items;
    }
    let mut joined: Vec<Node<'s>> = Vec::with_capacity(items.len());
    for item in items {
        match joined.last_mut() {
            Some(last) if opens(plain(last)) && plain(&item).is_some() => {
                join(last, item.span, text);
                report_if_whole(last, out);
            }
            _ => joined.push(item),
        }
    }
    joined
}

/// Joins the entries of `{ … }` that were one pattern: a value with keys behind it, or a key with keys behind it.
pub(super) fn join_entries<'s>(
    entries: Vec<Entry<'s>>,
    text: &'s str,
    out: &mut Diagnostics,
) -> Vec<Entry<'s>> {
    let cut = |entry: &Entry<'s>| opens(plain(&entry.value)) || opens(Some(&entry.key));
    if !entries.iter().any(cut) {
        return entries;
    }
    let mut joined: Vec<Entry<'s>> = Vec::with_capacity(entries.len());
    for entry in entries {
        match joined.last_mut() {
            Some(last) if opens(plain(&last.value)) && entry.value.is_null() => {
                join(&mut last.value, entry.key.span, text);
                report_if_whole(&last.value, out);
            }
            Some(last) if opens(Some(&last.key)) && last.value.is_null() => {
                let mut key = Node {
                    span: last.key.span,
                    value: Value::Scalar(last.key.clone()),
                };
                join(&mut key, entry.key.span, text);
                report_if_whole(&key, out);
                if let Value::Scalar(key) = key.value {
                    *last = Entry {
                        key,
                        value: entry.value,
                    };
                }
            }
            _ => joined.push(entry),
        }
    }
    joined
}

/// A name with a parenthesis that is not closed.
fn opens(scalar: Option<&Scalar<'_>>) -> bool {
    let Some(scalar) = scalar.filter(|scalar| scalar.plain) else {
        return false;
    };
    scalar.text.contains('(') && !is_whole(&scalar.text)
}

fn is_whole(text: &str) -> bool {
    text.matches('(').count() == text.matches(')').count()
}

fn plain<'n, 's>(node: &'n Node<'s>) -> Option<&'n Scalar<'s>> {
    match &node.value {
        Value::Scalar(scalar) if scalar.plain => Some(scalar),
        _ => None,
    }
}

/// Extends a text to the end of a later piece, as it stands in the file.
fn join<'s>(node: &mut Node<'s>, end: Span, text: &'s str) {
    let span = node.span.to(end);
    let range = span.range();
    let Some(whole) = text.get(range) else { return };
    *node = Node {
        span,
        value: Value::Scalar(Scalar {
            text: Cow::Borrowed(whole),
            span,
            plain: true,
        }),
    };
}

fn report_if_whole(node: &Node<'_>, out: &mut Diagnostics) {
    if let Some(scalar) = plain(node).filter(|scalar| is_whole(&scalar.text)) {
        out.push(report(&scalar.text, scalar.span));
    }
}

fn report(text: &str, span: Span) -> Diagnostic {
    let quoted = format!("\"{text}\"");
    SPLIT_PATTERN
        .at(
            span,
            "inside `{ }` and `[ ]` YAML splits this text at its comma",
        )
        .labelled(span, "meant as one text")
        .help(format!("quote it: `{quoted}`"))
        .fix(span, quoted)
}
