//! The params and tags of a cache.

use super::context::Context;
use super::names::NameSpace;
use super::reader::{Section, at_most, mapping, name};
use super::{table, ty};
use crate::diagnostics::registry::{MANY_VALUED_PARAM, UNEXPECTED_VALUE, UNTYPED_FIELD};
use crate::model::{
    AttributeId, AttributeKind, Cardinality, Dimension, DimensionKind, DimensionType, Entity,
    EntityId, Name, WhereField,
};
use crate::source::Span;
use crate::syntax::{Entry, Scalar as Text};

/// How many params and tags a cache may have: a set of them is kept in 64 bits.
const DIMENSIONS: usize = 64;

/// Params, then tags.
pub(super) fn dimensions(
    section: &Section<'_>,
    owner: &Name,
    entities: &[Entity],
    cx: &mut Context<'_, '_>,
) -> Vec<Dimension> {
    let mut all = declared(section, "params", DimensionKind::Param, cx);
    all.extend(declared(section, "tags", DimensionKind::Tag, cx));
    let kept = at_most(
        &all,
        DIMENSIONS,
        "params and tags",
        |(entry, _)| entry.key.span,
        cx,
    )
    .len();
    for (entry, _) in all.drain(kept..) {
        cx.leave_out(owner.span, &entry.key.text);
    }
    let mut space = NameSpace::new("dimension");
    let mut dimensions = Vec::new();
    for (entry, kind) in all {
        if !space.declare(&entry.key, cx) {
            continue;
        }
        match dimension(entry, kind, entities, cx) {
            Some(dimension) => dimensions.push(dimension),
            None => cx.leave_out(owner.span, &entry.key.text),
        }
    }
    dimensions
}

fn declared<'n>(
    section: &Section<'n>,
    key: &str,
    kind: DimensionKind,
    cx: &mut Context<'_, '_>,
) -> Vec<(&'n Entry<'n>, DimensionKind)> {
    let entries = section.get(key).and_then(|node| mapping(node, key, cx));
    let entries = entries.unwrap_or_default().iter();
    entries.map(|entry| (entry, kind)).collect()
}

fn dimension(
    entry: &Entry<'_>,
    kind: DimensionKind,
    entities: &[Entity],
    cx: &mut Context<'_, '_>,
) -> Option<Dimension> {
    let expected = "a type: an identity like `post.id`, a field like `post.slug`, or a scalar";
    let (whole, piece, mut cardinality) = ty::cardinal(&entry.value, expected, cx)?;
    if kind == DimensionKind::Param && cardinality == Cardinality::Many {
        let report = MANY_VALUED_PARAM
            .at(
                entry.value.span,
                format!("the param `{}` has many values", entry.key.text),
            )
            .labelled(entry.value.span, "a key has one value for it");
        cx.push(report.help(format!("write `{piece}`, or declare it under `tags`")));
        cardinality = Cardinality::One;
    }
    let (ty, typed_by) = dimension_type(whole, piece, entities, cx)?;
    Some(Dimension {
        name: name(&entry.key),
        kind,
        ty,
        cardinality,
        type_span: entry.value.span,
        typed_by,
    })
}

type Typed = (DimensionType, Option<(EntityId, AttributeId)>);

/// `post.id`, `post.slug`, or a scalar.
fn dimension_type(
    whole: &Text<'_>,
    piece: &str,
    entities: &[Entity],
    cx: &mut Context<'_, '_>,
) -> Option<Typed> {
    let path = piece
        .split_once('.')
        .filter(|(left, _)| !left.contains([' ', ':', '|']));
    let Some((entity, field)) = path else {
        // An entity may be named like a scalar.
        if cx.entities.contains_key(piece) && !ty::is_scalar(piece) {
            let span = whole.place_of(piece);
            let report = UNEXPECTED_VALUE.at(span, format!("`{piece}` is an entity, not a type"));
            let better = format!("{piece}.id");
            cx.push(report.help(format!("write `{better}`")).fix(span, better));
            return None;
        }
        return Some((DimensionType::Scalar(ty::parse(whole, piece, cx)?), None));
    };
    let id = cx.entity(entity, whole.place_of(entity))?;
    let entity = entities.get(id.0 as usize)?;
    let span = whole.place_of(field);
    match table::where_field(field, span, entity, cx)? {
        WhereField::Identity => Some((DimensionType::Identity(id), None)),
        WhereField::Component(index) => {
            let component = entity.identity.components.get(usize::from(index))?;
            Some((component.ty.clone(), None))
        }
        WhereField::Attribute(attribute) => {
            let ty = attribute_type(entity, attribute, span, cx)?;
            Some((ty, Some((id, attribute))))
        }
    }
}

/// What a use of an attribute compares or encodes; a field without a type has nothing to.
pub(super) fn attribute_type(
    entity: &Entity,
    id: AttributeId,
    span: Span,
    cx: &mut Context<'_, '_>,
) -> Option<DimensionType> {
    let attribute = entity.attribute(id);
    let ty = attribute.ty();
    let field = &attribute.name;
    let unreadable = cx.is_left_out(entity.name.span, &field.value);
    if ty.is_none() && !unreadable && matches!(attribute.kind, AttributeKind::Field(_)) {
        let report = UNTYPED_FIELD
            .at(
                span,
                format!(
                    "the field `{}` of `{}` has no type",
                    field.value, entity.name.value
                ),
            )
            .labelled(span, "a value of it is used here")
            .labelled(field.span, "declared without a type here");
        cx.push(report.help(format!(
            "give it one: `fields: {{ {}: string }}`",
            field.value
        )));
    }
    ty
}
