//! Caches: dimensions, key, dependencies. Their options are read in `options`.

use super::context::Context;
use super::names::NameSpace;
use super::options::{self, Defaults};
use super::reader::{Section, list, mapping, missing, name, text, unexpected};
use super::{dependency, key, pattern, rust_path, table, ty, unit};
use crate::diagnostics::registry::{
    MALFORMED_KEY, MANY_VALUED_PARAM, UNEXPECTED_VALUE, UNTYPED_FIELD,
};
use crate::model::{
    AttributeId, AttributeKind, Cache, Cardinality, Consistency, Dependencies, Dimension,
    DimensionKind, DimensionType, Entity, EntityId, KeyPart, Name, Pattern, Spanned, Ttl,
    WhereField,
};
use crate::source::Span;
use crate::syntax::{Entry, Node, Scalar as Text, Value};

const KEYS: [&str; 20] = [
    "key",
    "params",
    "tags",
    "value",
    "ttl",
    "jitter",
    "stale_while_revalidate",
    "stale_if_error",
    "negative_ttl",
    "max_entries",
    "max_tags",
    "tier",
    "consistency",
    "source",
    "warm",
    "client",
    "format",
    "allow_stale",
    "scope",
    "depends_on",
];

/// A cache and what of it is still to be read.
pub(super) struct Pending<'n> {
    section: Option<Section<'n>>,
}

/// First pass: what a cache is by itself. An id for it exists whatever is wrong with it.
pub(super) fn declare<'n>(
    entry: &'n Entry<'n>,
    defaults: &Defaults,
    entities: &[Entity],
    cx: &mut Context<'_, '_>,
) -> (Cache, Pending<'n>) {
    let known: Vec<&str> = KEYS.into_iter().chain(["reason"]).collect();
    let section = Section::read(&entry.value, "a cache", &known, cx);
    let mut cache = empty(
        name(&entry.key),
        entry.key.span.to(entry.value.span),
        defaults,
    );
    if let Some(section) = &section {
        cache.description = section.description();
        cache.scoped = !section
            .get("scope")
            .is_some_and(|node| unit::none(node, cx));
        cache.dimensions = dimensions(section, entities, cx);
        cache.key = key(section, &cache, cx);
        cache.value = section.get("value").and_then(|node| value(node, cx));
        cache.allow_stale = section
            .get("allow_stale")
            .map_or_else(Vec::new, |node| patterns(node, entities, cx));
        options::read(section, &mut cache, cx);
    }
    (cache, Pending { section })
}

fn empty(name: Name, span: Span, defaults: &Defaults) -> Cache {
    let place = name.span;
    Cache {
        description: None,
        key: Spanned {
            value: Vec::new(),
            span: place,
        },
        dimensions: Vec::new(),
        value: None,
        ttl: defaults.ttl.clone().unwrap_or(Spanned {
            value: Ttl::None,
            span: place,
        }),
        jitter: defaults.jitter.unwrap_or(0),
        stale_while_revalidate: None,
        stale_if_error: None,
        negative_ttl: None,
        max_entries: defaults.max_entries.unwrap_or(10_000),
        max_tags: 64,
        tier: defaults.tier.clone(),
        consistency: defaults.consistency.clone().unwrap_or(Spanned {
            value: Consistency::Bounded,
            span: place,
        }),
        replica_lag: None,
        warm: None,
        client: None,
        format: 1,
        allow_stale: Vec::new(),
        scoped: true,
        depends_on: Dependencies::Missing,
        span,
        name,
    }
}

/// Params, then tags.
fn dimensions(
    section: &Section<'_>,
    entities: &[Entity],
    cx: &mut Context<'_, '_>,
) -> Vec<Dimension> {
    let mut space = NameSpace::new("dimension");
    let mut dimensions = Vec::new();
    for (key, kind) in [
        ("params", DimensionKind::Param),
        ("tags", DimensionKind::Tag),
    ] {
        let entries = section
            .get(key)
            .and_then(|node| mapping(node, key, cx))
            .unwrap_or_default();
        for entry in entries {
            if dimensions.len() > usize::from(u16::MAX) {
                break;
            }
            if space.declare(&entry.key, cx) {
                dimensions.extend(dimension(entry, kind, entities, cx));
            }
        }
    }
    dimensions
}

fn dimension(
    entry: &Entry<'_>,
    kind: DimensionKind,
    entities: &[Entity],
    cx: &mut Context<'_, '_>,
) -> Option<Dimension> {
    let expected = "a type: an identity like `post.id`, a field like `post.slug`, or a scalar";
    let (whole, piece, cardinality) = ty::cardinal(&entry.value, expected, cx)?;
    if kind == DimensionKind::Param && cardinality == Cardinality::Many {
        let report = MANY_VALUED_PARAM
            .at(
                entry.value.span,
                format!("the param `{}` has many values", entry.key.text),
            )
            .labelled(entry.value.span, "a key has one value for it");
        cx.push(report.help(format!("write `{piece}`, or declare it under `tags`")));
        return None;
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
        if let Some(id) = cx.entities.get(piece) {
            entity_without_id(piece, whole.place_of(piece), *id, cx);
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

fn entity_without_id(name: &str, span: Span, _: EntityId, cx: &mut Context<'_, '_>) {
    let report = UNEXPECTED_VALUE.at(span, format!("`{name}` is an entity, not a type"));
    cx.push(
        report
            .help(format!("write `{name}.id`"))
            .fix(span, format!("{name}.id")),
    );
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
    if ty.is_none() && matches!(attribute.kind, AttributeKind::Field(_)) {
        let field = &attribute.name;
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

fn key(section: &Section<'_>, cache: &Cache, cx: &mut Context<'_, '_>) -> Spanned<Vec<KeyPart>> {
    let Some(node) = section.get("key") else {
        if !section.has("key") {
            let what = format!("the cache `{}`", cache.name.value);
            cx.push(missing(
                cache.name.span,
                &what,
                "key",
                "give it a template, for instance `key: \"post:{id}\"`",
            ));
        }
        return cache.key.clone();
    };
    let Some(template) = key_text(node, cx) else {
        return cache.key.clone();
    };
    let value = key::parse(template, &cache.dimensions, cx);
    Spanned {
        value,
        span: template.span,
    }
}

fn key_text<'n>(node: &'n Node<'n>, cx: &mut Context<'_, '_>) -> Option<&'n Text<'n>> {
    if let Value::Mapping(_) = &node.value {
        let report = unexpected(node, "a key template");
        cx.push(report.help("quote it: YAML reads `{` as the start of a mapping"));
        return None;
    }
    let template = text(node, "a key template", cx)?;
    if template.text.trim().is_empty() {
        cx.push(
            MALFORMED_KEY
                .at(template.span, "the key is empty")
                .help("give it a text, for instance `post:{id}`"),
        );
        return None;
    }
    Some(template)
}

/// A Rust type.
fn value(node: &Node<'_>, cx: &mut Context<'_, '_>) -> Option<Name> {
    let path = text(node, "a Rust type", cx)?;
    rust_path::check(&path.text, path.span, cx).then(|| name(path))
}

fn patterns(node: &Node<'_>, entities: &[Entity], cx: &mut Context<'_, '_>) -> Vec<Pattern> {
    list(node, "patterns", cx)
        .iter()
        .filter_map(|item| {
            let text = text(item, "a pattern", cx)?;
            pattern::resolve(text, entities, cx)
        })
        .collect()
}

/// Second pass: what names other caches.
pub(super) fn complete(
    index: usize,
    pending: &Pending<'_>,
    entities: &[Entity],
    caches: &mut [Cache],
    cx: &mut Context<'_, '_>,
) {
    let Some(section) = &pending.section else {
        return;
    };
    let Some(cache) = caches.get(index) else {
        return;
    };
    let depends_on = dependency::dependencies(section, cache, entities, caches, cx);
    if let Some(cache) = caches.get_mut(index) {
        cache.depends_on = depends_on;
    }
}
