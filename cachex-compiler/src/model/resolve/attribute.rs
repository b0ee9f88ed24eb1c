//! The references and fields of an entity.

use super::context::Context;
use super::names::NameSpace;
use super::reader::{Section, at_most, mapping, name, text, unexpected};
use super::ty;
use crate::model::{Attribute, AttributeKind, Cardinality, FieldSet, Name, Type};
use crate::syntax::{Entry, Node, Scalar as Text, Value};

/// Names of references whose entity is not there.
type Unresolved = Vec<(Name, Cardinality)>;

/// References, then fields; and the references that could not be resolved.
pub(super) fn attributes(
    section: &Section<'_>,
    owner: &Name,
    cx: &mut Context<'_, '_>,
) -> (Vec<Attribute>, Unresolved) {
    let mut space = NameSpace::new("field");
    let mut unresolved = Unresolved::new();
    let mut all = section.get("refs").map_or_else(Vec::new, |node| {
        references(node, owner, &mut unresolved, cx)
    });
    all.extend(
        section
            .get("fields")
            .map_or_else(Vec::new, |node| fields(node, owner, cx)),
    );
    all.retain(|(key, _)| space.declare(key, cx));
    let kept = at_most(
        &all,
        FieldSet::CAPACITY,
        "references and fields",
        |(key, _)| key.span,
        cx,
    )
    .len();
    for (key, _) in all.drain(kept..) {
        cx.leave_out(owner.span, &key.text);
    }
    let attributes = all.into_iter().map(|(_, attribute)| attribute).collect();
    (attributes, unresolved)
}

type Keyed<'n> = (&'n Text<'n>, Attribute);

fn references<'n>(
    node: &'n Node<'n>,
    owner: &Name,
    unresolved: &mut Unresolved,
    cx: &mut Context<'_, '_>,
) -> Vec<Keyed<'n>> {
    let entries = mapping(node, "references", cx).unwrap_or_default();
    entries
        .iter()
        .filter_map(|entry| {
            let reference = reference(entry, unresolved, cx);
            if reference.is_none() {
                cx.leave_out(owner.span, &entry.key.text);
            }
            reference
        })
        .collect()
}

fn reference<'n>(
    entry: &'n Entry<'n>,
    unresolved: &mut Unresolved,
    cx: &mut Context<'_, '_>,
) -> Option<Keyed<'n>> {
    let (whole, target, cardinality) = ty::cardinal(
        &entry.value,
        "an entity, like `user`, `user?` or `[user]`",
        cx,
    )?;
    let Some(target) = cx.entity(target, whole.place_of(target)) else {
        unresolved.push((name(&entry.key), cardinality));
        return None;
    };
    let kind = AttributeKind::Reference(target);
    Some((
        &entry.key,
        Attribute {
            name: name(&entry.key),
            kind,
            cardinality,
        },
    ))
}

/// `[name, avatar]` or `{ title, slug: string | lower }`.
fn fields<'n>(node: &'n Node<'n>, owner: &Name, cx: &mut Context<'_, '_>) -> Vec<Keyed<'n>> {
    match &node.value {
        Value::Mapping(entries) => entries
            .iter()
            .map(|entry| field(entry, owner, cx))
            .collect(),
        Value::Sequence(items) => items.iter().filter_map(|item| untyped(item, cx)).collect(),
        Value::Invalid => Vec::new(),
        Value::Scalar(_) => {
            cx.push(
                unexpected(node, "a list of fields")
                    .help("write `[title, body]`, or `{ title: string, body }`"),
            );
            Vec::new()
        }
    }
}

fn untyped<'n>(item: &'n Node<'n>, cx: &mut Context<'_, '_>) -> Option<Keyed<'n>> {
    if let Value::Mapping(_) = item.value {
        let report = unexpected(item, "the name of a field");
        cx.push(
            report.help(
                "write all fields as a mapping where one has a type: `{ title, slug: string }`",
            ),
        );
        return None;
    }
    let key = text(item, "the name of a field", cx)?;
    let kind = AttributeKind::Field(None);
    Some((
        key,
        Attribute {
            name: name(key),
            kind,
            cardinality: Cardinality::One,
        },
    ))
}

/// A field whose type could not be read is there all the same, without one.
fn field<'n>(entry: &'n Entry<'n>, owner: &Name, cx: &mut Context<'_, '_>) -> Keyed<'n> {
    let typed = if entry.value.is_null() {
        Some((None, Cardinality::One))
    } else {
        field_type(&entry.value, cx)
    };
    if typed.is_none() {
        cx.leave_out(owner.span, &entry.key.text);
    }
    let (ty, cardinality) = typed.unwrap_or((None, Cardinality::One));
    let kind = AttributeKind::Field(ty);
    (
        &entry.key,
        Attribute {
            name: name(&entry.key),
            kind,
            cardinality,
        },
    )
}

fn field_type(node: &Node<'_>, cx: &mut Context<'_, '_>) -> Option<(Option<Type>, Cardinality)> {
    let (whole, piece, cardinality) = ty::cardinal(node, "a type, like `string`", cx)?;
    Some((Some(ty::parse(whole, piece, cx)?), cardinality))
}
