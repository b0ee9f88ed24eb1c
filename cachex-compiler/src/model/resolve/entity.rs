//! Entities: identity, references, fields. What they hold of each other comes in a second pass.

use super::attribute::attributes;
use super::context::Context;
use super::identity::{identity, unknown_identity};
use super::names::check;
use super::reader::{Section, choice, name, names, text};
use super::table::tables;
use super::touch::touches;
use super::{rust_path, unit};
use crate::model::{Action, Actions, Entity, EntityId, Identity, Name};
use crate::source::Span;
use crate::syntax::{Entry, Node, Value};

const KEYS: [&str; 9] = [
    "id", "refs", "fields", "tables", "touches", "notify", "event", "model", "scope",
];

/// An entity and what of it is still to be read.
pub(super) struct Pending<'n> {
    section: Option<Section<'n>>,
}

/// First pass: what an entity is by itself. An id for it exists whatever is wrong with it.
pub(super) fn declare<'n>(entry: &'n Entry<'n>, cx: &mut Context<'_, '_>) -> (Entity, Pending<'n>) {
    let span = entry.key.span.to(entry.value.span);
    let section = Section::read(&entry.value, "an entity", &KEYS, cx);
    let mut entity = empty(name(&entry.key), span);
    if let Some(section) = &section {
        entity.description = section.description();
        entity.scoped = !section
            .get("scope")
            .is_some_and(|node| unit::none(node, cx));
        (entity.attributes, entity.unresolved) = attributes(section, &entity.name, cx);
        entity.identity = identity(section, &entity, cx);
        entity.notify = section
            .get("notify")
            .map_or(Actions::ALL, |node| notify(node, cx));
        if let Some(event) = section
            .get("event")
            .and_then(|node| text(node, "the name of the event", cx))
        {
            check(event, "event", cx);
            entity.event = name(event);
        }
        entity.model = section
            .get("model")
            .map_or_else(Vec::new, |node| models(node, cx));
    } else {
        cx.leave_out_all(entity.name.span);
    }
    (entity, Pending { section })
}

fn empty(name: Name, span: Span) -> Entity {
    Entity {
        description: None,
        identity: Identity {
            components: vec![unknown_identity(name.span)],
            span: name.span,
        },
        attributes: Vec::new(),
        tables: Vec::new(),
        touches: Vec::new(),
        notify: Actions::ALL,
        event: name.clone(),
        scoped: true,
        unresolved: Vec::new(),
        model: Vec::new(),
        span,
        name,
    }
}

fn notify(node: &Node<'_>, cx: &mut Context<'_, '_>) -> Actions {
    if unit::is_false(node) {
        return Actions::NONE;
    }
    let Value::Sequence(items) = &node.value else {
        unit::list_or_false(node, cx);
        return Actions::ALL;
    };
    let choices = Action::ALL.map(|action| (action.name(), action));
    let mut actions = Actions::NONE;
    for action in items.iter().filter_map(|item| choice(item, &choices, cx)) {
        match action.value {
            Action::Create => actions.create = true,
            Action::Update => actions.update = true,
            Action::Delete => actions.delete = true,
        }
    }
    actions
}

/// One Rust type, or a list of them.
fn models(node: &Node<'_>, cx: &mut Context<'_, '_>) -> Vec<Name> {
    let mut models = match &node.value {
        Value::Scalar(_) => text(node, "a Rust type", cx)
            .map(name)
            .into_iter()
            .collect(),
        _ => names(node, "Rust types", "a Rust type", cx),
    };
    models.retain(|model| rust_path::check(&model.value, model.span, cx));
    models
}

/// Second pass: what names attributes of this and other entities.
pub(super) fn complete(
    id: EntityId,
    pending: &Pending<'_>,
    entities: &mut [Entity],
    cx: &mut Context<'_, '_>,
) {
    let Some(section) = &pending.section else {
        return;
    };
    let Some(entity) = entities.get(id.0 as usize) else {
        return;
    };
    let touches = section
        .get("touches")
        .map_or_else(Vec::new, |node| touches(node, entity, entities, cx));
    let tables = section
        .get("tables")
        .map_or_else(Vec::new, |node| tables(node, entity, cx));
    if let Some(entity) = entities.get_mut(id.0 as usize) {
        entity.touches = touches;
        entity.tables = tables;
    }
}
