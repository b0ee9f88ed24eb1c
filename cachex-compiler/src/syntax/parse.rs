//! Text → Document: section after section, beyond syntax errors.

use std::borrow::Cow;

use super::build::Builder;
use super::keys::unique;
use super::{Document, Node, SECTIONS, SYNTAX_ERRORS, Value, recover};
use crate::diagnostics::Diagnostics;
use crate::source::FileId;

/// Reads a file. What could not be read is reported and left out.
pub(crate) fn parse<'s>(text: &'s str, file: FileId, out: &mut Diagnostics) -> Document<'s> {
    let mut document = Document::default();
    let mut from = 0;
    for _ in 0..SYNTAX_ERRORS {
        let mut builder = Builder::new(text, file, from, out);
        let stopped = builder.read();
        let (root, broken) = builder.finish();
        merge(&mut document, root, out);
        let Some(section) = stopped else {
            return document;
        };
        // Without a name any section may be the one that was cut short.
        match broken {
            Some(section) => document.broken.push(section),
            None => document.broken.extend(SECTIONS.map(Cow::Borrowed)),
        }
        let Some(next) = recover::next_section(text, section) else {
            return document;
        };
        from = next;
    }
    document
}

/// Takes the sections read after a syntax error to those read before it.
fn merge<'s>(document: &mut Document<'s>, root: Option<Node<'s>>, out: &mut Diagnostics) {
    let Some(root) = root else { return };
    match (&mut document.root, root) {
        (
            Some(Node {
                span,
                value: Value::Mapping(entries),
            }),
            Node {
                span: rest,
                value: Value::Mapping(more),
            },
        ) => {
            *span = span.to(rest);
            entries.extend(more);
            let all = std::mem::take(entries);
            *entries = unique(all, out);
        }
        (Some(_), _) => {}
        (empty, root) => *empty = Some(root),
    }
}
