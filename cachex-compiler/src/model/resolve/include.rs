//! `include: [caches/pages.yaml]`.

use std::collections::BTreeMap;

use super::context::Context;
use super::reader::{at_most, list, text};
use crate::diagnostics::registry::INVALID_INCLUDE;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::model::{Name, Spanned};
use crate::source::Span;
use crate::syntax::{Document, Value};

/// How many files a schema may be split into.
const FILES: usize = 256;

/// The files a root file names, in order, each once. What is no plain path below its folder is reported.
pub(crate) fn includes(root: &Document<'_>, out: &mut Diagnostics) -> Vec<Name> {
    let Some(Value::Mapping(entries)) = root.root.as_ref().map(|root| &root.value) else {
        return Vec::new();
    };
    let Some(entry) = entries.iter().find(|entry| entry.key.text == "include") else {
        return Vec::new();
    };
    let mut cx = Context::new(super::Unread::default(), out);
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    let mut paths = Vec::new();
    let items = list(&entry.value, "files", &mut cx);
    for item in at_most(items, FILES, "included files", |item| item.span, &mut cx) {
        let Some(path) = text(item, "a path", &mut cx) else {
            continue;
        };
        if let Some(fault) = fault(&path.text) {
            cx.push(invalid(&path.text, path.span, fault));
        } else if let Some(first) = seen.get(&*path.text) {
            let report =
                INVALID_INCLUDE.at(path.span, format!("`{}` is included twice", path.text));
            cx.push(
                report
                    .labelled(path.span, "here again")
                    .labelled(*first, "first here")
                    .help("keep one of them"),
            );
        } else {
            seen.insert(path.text.to_string(), path.span);
            paths.push(Spanned {
                value: path.text.to_string(),
                span: path.span,
            });
        }
    }
    paths
}

fn invalid(path: &str, span: Span, fault: &str) -> Diagnostic {
    INVALID_INCLUDE
        .at(
            span,
            format!("`{path}` is no plain path below the folder of this file"),
        )
        .labelled(span, fault)
        .help("write it like `caches/pages.yaml`")
}

/// What is wrong with a path, if anything is.
fn fault(path: &str) -> Option<&'static str> {
    if path.starts_with('/') || path.contains(':') {
        Some("it is absolute")
    } else if path.contains('\\') {
        Some("folders are separated by `/`")
    } else if path.split('/').any(|part| part == "..") {
        Some("it leaves the folder")
    } else if path.split('/').any(|part| part.is_empty() || part == ".") {
        Some("it has a part that names nothing")
    } else if path.contains(|c: char| c.is_control() || "*?".contains(c)) {
        Some("it has a character that no plain path has")
    } else {
        None
    }
}
