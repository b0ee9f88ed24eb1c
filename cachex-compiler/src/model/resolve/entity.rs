//! Entities: identity, references, fields. What they hold of each other comes in a second pass.

use super::context::Context;
use super::names::{NameSpace, check};
use super::reader::{Section, choice, list, mapping, missing, name, names, text, unexpected};
use super::table;
use super::{rust_path, ty, unit};
use crate::diagnostics::registry::{
    DUPLICATE_NAME, MISSING_KEY, TOO_MANY_FIELDS, UNEXPECTED_VALUE, UNKNOWN_REFERENCE,
};
use crate::model::{
    Action, Actions, Attribute, AttributeId, AttributeKind, Cardinality, Component, DimensionType,
    Entity, EntityId, FieldSet, Identity, Name, Scalar, Touch, Type,
};
use crate::source::Span;
use crate::syntax::{Entry, Node, Scalar as Text, Value};

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
        entity.attributes = attributes(section, cx);
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
        model: Vec::new(),
        span,
        name,
    }
}

/// Stands for an identity that could not be read.
fn unknown_identity(span: Span) -> Component {
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

/// References, then fields.
fn attributes(section: &Section<'_>, cx: &mut Context<'_, '_>) -> Vec<Attribute> {
    let mut space = NameSpace::new("field");
    let mut all = section
        .get("refs")
        .map_or_else(Vec::new, |node| references(node, cx));
    all.extend(
        section
            .get("fields")
            .map_or_else(Vec::new, |node| fields(node, cx)),
    );
    all.retain(|(key, _)| space.declare(key, cx));
    if let Some((key, _)) = all.get(FieldSet::CAPACITY) {
        let count = all.len();
        let message = format!(
            "the entity has {count} references and fields, more than {}",
            FieldSet::CAPACITY
        );
        let report = TOO_MANY_FIELDS
            .at(key.span, message)
            .labelled(key.span, "this one is too many");
        cx.push(report.help("declare only the fields that a rule names"));
        all.truncate(FieldSet::CAPACITY);
    }
    all.into_iter().map(|(_, attribute)| attribute).collect()
}

type Keyed<'n> = (&'n Text<'n>, Attribute);

fn references<'n>(node: &'n Node<'n>, cx: &mut Context<'_, '_>) -> Vec<Keyed<'n>> {
    let entries = mapping(node, "references", cx).unwrap_or_default();
    entries
        .iter()
        .filter_map(|entry| reference(entry, cx))
        .collect()
}

fn reference<'n>(entry: &'n Entry<'n>, cx: &mut Context<'_, '_>) -> Option<Keyed<'n>> {
    let (whole, target, cardinality) = ty::cardinal(
        &entry.value,
        "an entity, like `user`, `user?` or `[user]`",
        cx,
    )?;
    let target = cx.entity(target, whole.place_of(target))?;
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
fn fields<'n>(node: &'n Node<'n>, cx: &mut Context<'_, '_>) -> Vec<Keyed<'n>> {
    match &node.value {
        Value::Mapping(entries) => entries.iter().map(|entry| field(entry, cx)).collect(),
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

fn field<'n>(entry: &'n Entry<'n>, cx: &mut Context<'_, '_>) -> Keyed<'n> {
    let mut cardinality = Cardinality::One;
    let mut ty = None;
    if !entry.value.is_null()
        && !matches!(entry.value.value, Value::Invalid)
        && let Some((whole, piece, many)) = ty::cardinal(&entry.value, "a type, like `string`", cx)
    {
        cardinality = many;
        ty = ty::parse(whole, piece, cx);
    }
    (
        &entry.key,
        Attribute {
            name: name(&entry.key),
            kind: AttributeKind::Field(ty),
            cardinality,
        },
    )
}

/// `uuid`, or `{ org: uuid, number: i64 }`; a component without a type is the reference of its name.
fn identity(section: &Section<'_>, entity: &Entity, cx: &mut Context<'_, '_>) -> Identity {
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
        Value::Mapping(entries) => entries
            .iter()
            .filter_map(|entry| {
                let new = space.declare(&entry.key, cx);
                new.then(|| composite(entry, entity, cx)).flatten()
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
    named: Option<(AttributeId, &Attribute)>,
    entity: &Entity,
    cx: &mut Context<'_, '_>,
) -> Option<Component> {
    match named {
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
        _ => names(node, "Rust types", cx),
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
        .map_or_else(Vec::new, |node| table::tables(node, entity, cx));
    if let Some(entity) = entities.get_mut(id.0 as usize) {
        entity.touches = touches;
        entity.tables = tables;
    }
}

/// `[post]`, or `{ post: [likes] }`.
fn touches(
    node: &Node<'_>,
    entity: &Entity,
    entities: &[Entity],
    cx: &mut Context<'_, '_>,
) -> Vec<Touch> {
    match &node.value {
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
    }
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
        .filter_map(|field| super::pattern::attribute(&field.text, field.span, target, cx));
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
    if found.is_none() {
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
