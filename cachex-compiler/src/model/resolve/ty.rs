//! Types: `string | lower as crate::Slug`, `post.id`, `category.id?`, `[post.id]`.

use super::context::Context;
use super::reader::{text, unexpected};
use super::rust_path;
use crate::diagnostics::registry::{UNEXPECTED_VALUE, UNKNOWN_SCALAR};
use crate::model::{Cardinality, Normaliser, Scalar, Type};
use crate::source::Span;
use crate::syntax::{Node, Scalar as Text, Value};

const SCALARS: [(&str, Scalar); 10] = [
    ("u32", Scalar::U32),
    ("u64", Scalar::U64),
    ("i32", Scalar::I32),
    ("i64", Scalar::I64),
    ("string", Scalar::String),
    ("bool", Scalar::Bool),
    ("uuid", Scalar::Uuid),
    ("date", Scalar::Date),
    ("datetime", Scalar::DateTime),
    ("hash", Scalar::Hash),
];

/// What people write instead, and what is meant.
const OTHERWISE: [(&str, &str); 18] = [
    ("int", "i64"),
    ("integer", "i64"),
    ("bigint", "i64"),
    ("number", "i64"),
    ("usize", "u64"),
    ("isize", "i64"),
    ("u8", "u32"),
    ("u16", "u32"),
    ("i8", "i32"),
    ("i16", "i32"),
    ("str", "string"),
    ("text", "string"),
    ("String", "string"),
    ("boolean", "bool"),
    ("Uuid", "uuid"),
    ("guid", "uuid"),
    ("timestamp", "datetime"),
    ("time", "datetime"),
];

/// Whether a word is the name of a scalar.
pub(super) fn is_scalar(word: &str) -> bool {
    SCALARS.iter().any(|(name, _)| *name == word)
}

/// The name of a scalar as it is written.
pub(super) fn scalar_name(scalar: Scalar) -> &'static str {
    SCALARS
        .iter()
        .find(|(_, candidate)| *candidate == scalar)
        .map_or("", |(name, _)| name)
}

/// A text and how many values it stands for: `x`, `x?` or `[x]`.
pub(super) fn cardinal<'n>(
    node: &'n Node<'n>,
    expected: &str,
    cx: &mut Context<'_, '_>,
) -> Option<(&'n Text<'n>, &'n str, Cardinality)> {
    if let Value::Sequence(items) = &node.value {
        let [item] = items.as_slice() else {
            cx.push(unexpected(node, expected).help("a list type has one item, `[post.id]`"));
            return None;
        };
        let scalar = text(item, expected, cx)?;
        return Some((scalar, scalar.text.trim(), Cardinality::Many));
    }
    let scalar = text(node, expected, cx)?;
    let trimmed = scalar.text.trim();
    Some(match trimmed.strip_suffix('?') {
        Some(inner) => (scalar, inner.trim_end(), Cardinality::Optional),
        None => (scalar, trimmed, Cardinality::One),
    })
}

/// `‹scalar› [| lower | trim] [as ‹Rust path›]`.
pub(super) fn parse(whole: &Text<'_>, piece: &str, cx: &mut Context<'_, '_>) -> Option<Type> {
    let (left, rust) = match piece.split_once(" as ") {
        Some((left, path)) => (left, Some(path.trim())),
        None => (piece, None),
    };
    let mut parts = left.split('|').map(str::trim);
    let scalar = scalar(parts.next().unwrap_or_default(), whole, cx);
    let normalisers: Option<Vec<Normaliser>> =
        parts.map(|part| normaliser(part, whole, cx)).collect();
    let fine = rust.is_none_or(|path| rust_path::check(path, whole.place_of(path), cx));
    let (scalar, normalisers) = (scalar?, normalisers?);
    if scalar != Scalar::String && !normalisers.is_empty() {
        let message = format!(
            "`{}` values have no normalisers, only `string` has",
            scalar_name(scalar)
        );
        cx.push(
            UNEXPECTED_VALUE
                .at(whole.place_of(left.trim_end()), message)
                .help("take the normalisers out"),
        );
        return None;
    }
    fine.then(|| Type {
        scalar,
        normalisers,
        rust: rust.map(str::to_owned),
    })
}

fn scalar(name: &str, whole: &Text<'_>, cx: &mut Context<'_, '_>) -> Option<Scalar> {
    let found = SCALARS.iter().find(|(candidate, _)| *candidate == name);
    if found.is_none() {
        unknown_scalar(name, whole.place_of(name), cx);
    }
    found.map(|(_, scalar)| *scalar)
}

fn unknown_scalar(name: &str, span: Span, cx: &mut Context<'_, '_>) {
    let report = UNKNOWN_SCALAR.at(span, format!("there is no scalar `{name}`"));
    let report = if let Some((_, meant)) = OTHERWISE.iter().find(|(other, _)| *other == name) {
        report.help(format!("write `{meant}`")).fix(span, *meant)
    } else if name.contains("::") {
        report.help(format!("name the scalar it is made of: `string as {name}`"))
    } else {
        let names: Vec<&str> = SCALARS.iter().map(|(name, _)| *name).collect();
        let report = cx.did_you_mean(report, span, name, &names);
        if report.help.is_some() {
            report
        } else {
            report.help(format!("the scalars are {}", names.join(", ")))
        }
    };
    cx.push(report);
}

fn normaliser(name: &str, whole: &Text<'_>, cx: &mut Context<'_, '_>) -> Option<Normaliser> {
    match name {
        "lower" => Some(Normaliser::Lower),
        "trim" => Some(Normaliser::Trim),
        _ => {
            let span = whole.place_of(name);
            let report = UNEXPECTED_VALUE.at(span, format!("there is no normaliser `{name}`"));
            let report = cx.did_you_mean(report, span, name, &["lower", "trim"]);
            cx.push(report);
            None
        }
    }
}
