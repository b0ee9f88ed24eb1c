//! `touches`: references whose entity counts as updated.

use std::collections::BTreeMap;

use super::context::Context;
use super::pattern::attribute;
use super::reader::{list, text};
use crate::diagnostics::registry::{DUPLICATE_NAME, UNKNOWN_REFERENCE};
use crate::model::{AttributeId, Entity, EntityId, FieldSet, Touch};
use crate::syntax::{Entry, Node, Scalar as Text, Value};

/// `[post]`, or `{ post: [likes] }`.
pub(super) fn touches(
    node: &Node<'_>,
    entity: &Entity,
    entities: &[Entity],
    cx: &mut Context<'_, '_>,
) -> Vec<Touch> {
    let mut touches: Vec<Touch> = match &node.value {
        Value::Mapping(entries) => entries
            .iter()
            .filter_map(|entry| touch_fields(entry, entity, entities, cx))
            .collect(),
        _ => list(node, "references", cx)
            .iter()
            .filter_map(|item| {
                let key = text(item, "a reference", cx)?;
                let (reference, _) = touched(key, entity, cx)?;
                Some(Touch {
                    reference,
                    fields: FieldSet::NONE,
                    span: key.span,
                })
            })
            .collect(),
    };
    let mut seen = BTreeMap::new();
    touches.retain(|touch| match seen.get(&touch.reference) {
        None => seen.insert(touch.reference, touch.span).is_none(),
        Some(first) => {
            let name = &entity.attribute(touch.reference).name.value;
            let report = DUPLICATE_NAME.at(touch.span, format!("`{name}` is touched twice"));
            let report = report
                .labelled(touch.span, "here again")
                .labelled(*first, "first here");
            cx.push(report.help("keep one of them"));
            false
        }
    });
    touches
}

fn touch_fields(
    entry: &Entry<'_>,
    entity: &Entity,
    entities: &[Entity],
    cx: &mut Context<'_, '_>,
) -> Option<Touch> {
    let (reference, target) = touched(&entry.key, entity, cx)?;
    let target = entities.get(target.0 as usize)?;
    let items = list(&entry.value, "fields", cx).iter();
    let names = items
        .filter_map(|item| text(item, "a field", cx))
        .collect::<Vec<_>>();
    let fields = names
        .into_iter()
        .filter_map(|field| attribute(&field.text, field.span, target, cx));
    let fields = fields.collect();
    Some(Touch {
        reference,
        fields,
        span: entry.key.span.to(entry.value.span),
    })
}

fn touched(
    key: &Text<'_>,
    entity: &Entity,
    cx: &mut Context<'_, '_>,
) -> Option<(AttributeId, EntityId)> {
    let found = entity
        .references()
        .find(|(_, attribute, _)| attribute.name.value == key.text);
    if found.is_none() && !cx.is_left_out(entity.name.span, &key.text) {
        unknown_reference(key, entity, cx);
    }
    found.map(|(id, _, target)| (id, target))
}

fn unknown_reference(key: &Text<'_>, entity: &Entity, cx: &mut Context<'_, '_>) {
    let names: Vec<&str> = entity
        .references()
        .map(|(_, attribute, _)| attribute.name.value.as_str())
        .collect();
    let leads = entity
        .references()
        .find(|(_, _, target)| cx.entities.get(&*key.text) == Some(target));
    let report = UNKNOWN_REFERENCE
        .at(
            key.span,
            format!("`{}` has no reference `{}`", entity.name.value, key.text),
        )
        .labelled(
            entity.name.span,
            format!("`{}` is declared here", entity.name.value),
        );
    let report = match leads {
        Some((_, attribute, _)) => report
            .help(format!(
                "name the reference that leads to it: `{}`",
                attribute.name.value
            ))
            .fix(key.span, attribute.name.value.clone()),
        None => cx.did_you_mean(report, key.span, &key.text, &names),
    };
    cx.push(report);
}
