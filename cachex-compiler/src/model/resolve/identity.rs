//! The identity of an entity.

use super::context::Context;
use super::names::NameSpace;
use super::reader::{Section, at_most, missing, text};
use super::ty;
use crate::diagnostics::registry::{DUPLICATE_NAME, MISSING_KEY, UNEXPECTED_VALUE};
use crate::model::{
    Attribute, AttributeId, AttributeKind, Cardinality, Component, DimensionType, Entity, Identity,
    Name, Scalar, Type,
};
use crate::source::Span;
use crate::syntax::{Entry, Node, Scalar as Text, Value};

/// How many components an identity may have.
const COMPONENTS: usize = 32;

/// `uuid`, or `{ org: uuid, number: i64 }`; a component without a type is the reference of its name.
pub(super) fn identity(
    section: &Section<'_>,
    entity: &Entity,
    cx: &mut Context<'_, '_>,
) -> Identity {
    let Some(node) = section.get("id") else {
        if !section.has("id") {
            let what = format!("the entity `{}`", entity.name.value);
            cx.push(missing(
                entity.name.span,
                &what,
                "id",
                "say what tells one from another: `id: uuid`",
            ));
        }
        return entity.identity.clone();
    };
    let mut space = NameSpace::new("component");
    let mut components = match &node.value {
        Value::Mapping(entries) => at_most(
            entries,
            COMPONENTS,
            "components",
            |entry| entry.key.span,
            cx,
        )
        .iter()
        .filter_map(|entry| {
            let new = space.declare(&entry.key, cx);
            let component = new.then(|| composite(entry, entity, cx)).flatten();
            if component.is_none() {
                cx.leave_out(entity.name.span, &entry.key.text);
            }
            component
        })
        .collect(),
        _ => single(node, cx).into_iter().collect::<Vec<_>>(),
    };
    if components.is_empty() {
        if matches!(&node.value, Value::Mapping(entries) if entries.is_empty()) {
            cx.push(
                UNEXPECTED_VALUE
                    .at(node.span, "an identity needs at least one component")
                    .help("write `id: uuid`"),
            );
        }
        components.push(unknown_identity(node.span));
    }
    Identity {
        components,
        span: node.span,
    }
}

fn single(node: &Node<'_>, cx: &mut Context<'_, '_>) -> Option<Component> {
    let whole = text(
        node,
        "a type like `uuid`, or components like `{ org: uuid, number: i64 }`",
        cx,
    )?;
    let ty = identity_type(whole, cx)?;
    Some(component("id", node.span, DimensionType::Scalar(ty), None))
}

/// A type whose values are told apart by their text, one to an entity.
fn identity_type(whole: &Text<'_>, cx: &mut Context<'_, '_>) -> Option<Type> {
    let ty = ty::parse(whole, whole.text.trim(), cx)?;
    if ty.scalar == Scalar::Hash {
        let report = UNEXPECTED_VALUE.at(
            whole.span,
            "a hash cannot be an identity: no `where` can bind it",
        );
        cx.push(report.help("use the scalar that is hashed"));
        return None;
    }
    Some(ty)
}

fn composite(entry: &Entry<'_>, entity: &Entity, cx: &mut Context<'_, '_>) -> Option<Component> {
    let key = &entry.key;
    let named = entity
        .attribute_ids()
        .find(|(_, attribute)| attribute.name.value == key.text);
    if entry.value.is_null() {
        return reference_component(key, named, entity, cx);
    }
    if let Some((_, attribute)) = named {
        let what = if matches!(attribute.kind, AttributeKind::Field(_)) {
            "field"
        } else {
            "reference"
        };
        let report = DUPLICATE_NAME
            .at(
                key.span,
                format!("the component `{}` has the name of a {what}", key.text),
            )
            .labelled(attribute.name.span, format!("the {what} is declared here"));
        cx.push(report.help(match what {
            "field" => "a component is no field: take one of them out",
            _ => "write the component without a type: it is that reference then",
        }));
        return None;
    }
    let ty = identity_type(text(&entry.value, "a type like `uuid`", cx)?, cx)?;
    Some(component(
        &key.text,
        key.span,
        DimensionType::Scalar(ty),
        None,
    ))
}

fn reference_component(
    key: &Text<'_>,
    namesake: Option<(AttributeId, &Attribute)>,
    entity: &Entity,
    cx: &mut Context<'_, '_>,
) -> Option<Component> {
    match namesake {
        Some((
            id,
            Attribute {
                kind: AttributeKind::Reference(target),
                cardinality: Cardinality::One,
                ..
            },
        )) => Some(component(
            &key.text,
            key.span,
            DimensionType::Identity(*target),
            Some(id),
        )),
        Some((_, attribute)) => {
            let report = UNEXPECTED_VALUE
                .at(
                    key.span,
                    format!(
                        "the component `{}` may be absent, many or no reference",
                        key.text
                    ),
                )
                .labelled(attribute.name.span, "declared here");
            cx.push(report.help("a component is a type, or a reference to exactly one"));
            None
        }
        None => {
            let names: Vec<&str> = entity
                .references()
                .map(|(_, attribute, _)| attribute.name.value.as_str())
                .collect();
            let report = MISSING_KEY.at(
                key.span,
                format!(
                    "the component `{}` has no type, and no reference has its name",
                    key.text
                ),
            );
            let report = cx.did_you_mean(report, key.span, &key.text, &names);
            let report = if report.fix.is_some() {
                report
            } else {
                report.help(format!("write `{}: uuid`", key.text))
            };
            cx.push(report);
            None
        }
    }
}

/// Stands for an identity that could not be read.
pub(super) fn unknown_identity(span: Span) -> Component {
    let ty = Type {
        scalar: Scalar::String,
        normalisers: Vec::new(),
        rust: None,
    };
    component("id", span, DimensionType::Scalar(ty), None)
}

fn component(
    name: &str,
    span: Span,
    ty: DimensionType,
    reference: Option<AttributeId>,
) -> Component {
    Component {
        name: Name {
            value: name.to_owned(),
            span,
        },
        ty,
        reference,
    }
}
