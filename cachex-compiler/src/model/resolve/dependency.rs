//! `depends_on`: what makes a cache stale.

use super::context::Context;
use super::reader::{Section, at_most, mapping, name, text, unexpected};
use super::{dimension::attribute_type, literal, pattern, table};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::registry::{
    INVALID_LITERAL, MISSING_KEY, UNEXPECTED_VALUE, UNKNOWN_DIMENSION,
};
use crate::model::{
    Cache, Dependencies, Dependency, DimensionId, DimensionType, Entity, Only, Pattern, Spanned,
    Upstream, When, Where, WhereField, WhereValue,
};
use crate::source::Span;
use crate::syntax::{Entry, Node, Scalar as Text, Value};

/// What a dependency is read against.
struct Scope<'a> {
    cache: &'a Cache,
    entities: &'a [Entity],
    caches: &'a [Cache],
}

/// How many dependencies a cache may have.
const DEPENDENCIES: usize = 1024;

/// `none` with its reason, or a list.
pub(super) fn dependencies(
    section: &Section<'_>,
    cache: &Cache,
    entities: &[Entity],
    caches: &[Cache],
    cx: &mut Context<'_, '_>,
) -> Dependencies {
    let scope = Scope {
        cache,
        entities,
        caches,
    };
    let reason = section
        .get("reason")
        .and_then(|node| text(node, "a text", cx));
    let Some(node) = section.get("depends_on") else {
        // A list that could not be read is not missing.
        return if section.has("depends_on") {
            Dependencies::Listed(Vec::new())
        } else {
            Dependencies::Missing
        };
    };
    match &node.value {
        Value::Scalar(word) if word.text == "none" => {
            return Dependencies::None {
                reason: reason.map(name),
                span: node.span,
            };
        }
        Value::Sequence(items) => {
            without_reason(reason, cx);
            let items = at_most(items, DEPENDENCIES, "dependencies", |item| item.span, cx);
            let listed = items.iter().filter_map(|item| dependency(item, &scope, cx));
            return Dependencies::Listed(listed.collect());
        }
        Value::Scalar(word) if !word.is_null() => {
            let report = unexpected(node, "a list of dependencies, or `none`");
            cx.push(report.help(format!("write `[{}]`", word.text)));
        }
        _ => cx.push(
            unexpected(node, "a list of dependencies, or `none`")
                .help("begin each dependency with `- `"),
        ),
    }
    Dependencies::Listed(Vec::new())
}

fn without_reason(reason: Option<&Text<'_>>, cx: &mut Context<'_, '_>) {
    if let Some(reason) = reason {
        let report = UNEXPECTED_VALUE.at(
            reason.span,
            "a reason stands beside `depends_on: none` only",
        );
        cx.push(report.help("make it the `description`"));
    }
}

fn dependency(node: &Node<'_>, scope: &Scope<'_>, cx: &mut Context<'_, '_>) -> Option<Dependency> {
    match &node.value {
        Value::Mapping(_) => stated(node, scope, cx),
        Value::Invalid => None,
        _ => {
            let patterns = patterns(node, scope.entities, cx);
            let when = When {
                patterns,
                wheres: Vec::new(),
                only: Vec::new(),
                span: node.span,
            };
            (!when.patterns.is_empty()).then_some(Dependency::When(when))
        }
    }
}

/// `{ when: …, where: …, only: … }` or `{ cache: …, where: …, only: … }`.
fn stated(node: &Node<'_>, scope: &Scope<'_>, cx: &mut Context<'_, '_>) -> Option<Dependency> {
    let section = Section::read(
        node,
        "a dependency",
        &["when", "cache", "where", "only"],
        cx,
    )?;
    let only = section
        .get("only")
        .map_or_else(Vec::new, |node| only(node, scope, cx));
    match (section.entry("when"), section.entry("cache")) {
        (Some(when), Some(cache)) => {
            let report = UNEXPECTED_VALUE
                .at(cache.key.span, "a dependency has either `when` or `cache`")
                .labelled(cache.key.span, "this one is too many")
                .labelled(when.key.span, "beside this one");
            cx.push(report.help("make two dependencies of it"));
            None
        }
        (Some(_), None) => {
            let patterns = patterns(section.get("when")?, scope.entities, cx);
            let wheres = section
                .get("where")
                .map_or_else(Vec::new, |node| wheres(node, &patterns, scope, cx));
            (!patterns.is_empty()).then_some(Dependency::When(When {
                patterns,
                wheres,
                only,
                span: node.span,
            }))
        }
        (None, Some(_)) => upstream(node, &section, only, scope, cx),
        (None, None) => {
            let report = MISSING_KEY.at(node.span, "a dependency has neither `when` nor `cache`");
            cx.push(report.help("say what it depends on: `when: post`, or `cache: post_pages`"));
            None
        }
    }
}

/// One pattern, or a list of them.
fn patterns(node: &Node<'_>, entities: &[Entity], cx: &mut Context<'_, '_>) -> Vec<Pattern> {
    let nodes = match &node.value {
        Value::Sequence(items) if items.is_empty() => {
            cx.push(UNEXPECTED_VALUE.at(
                node.span,
                "expected at least one pattern, found an empty list",
            ));
            return Vec::new();
        }
        Value::Sequence(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    nodes
        .iter()
        .filter_map(|node| {
            pattern::resolve(
                text(node, "a pattern like `post.update`", cx)?,
                entities,
                cx,
            )
        })
        .collect()
}

/// `{ field: $dimension, field: literal }`, of the patterns' entity.
fn wheres(
    node: &Node<'_>,
    patterns: &[Pattern],
    scope: &Scope<'_>,
    cx: &mut Context<'_, '_>,
) -> Vec<Where<WhereField>> {
    let entries = mapping(node, "`where`", cx).unwrap_or_default();
    // Without a pattern there is nothing to compare: that has been reported.
    let Some(first) = patterns.first() else {
        return Vec::new();
    };
    let Some(entity) = scope.entities.get(first.entity.0 as usize) else {
        return Vec::new();
    };
    // Patterns of several entities are refused later; until then only what the first has can be resolved.
    let mixed = patterns
        .iter()
        .any(|pattern| pattern.entity != first.entity);
    let known = |entry: &&Entry<'_>| !mixed || table::find_field(&entry.key.text, entity).is_some();
    entries
        .iter()
        .filter(known)
        .filter_map(|entry| {
            let field = table::where_field(&entry.key.text, entry.key.span, entity, cx)?;
            let ty = field_type(entity, first, field, entry.key.span, cx);
            let right = right(&entry.value, ty.as_ref(), scope, cx)?;
            Some(Where {
                left: Spanned {
                    value: field,
                    span: entry.key.span,
                },
                right,
            })
        })
        .collect()
}

fn field_type(
    entity: &Entity,
    pattern: &Pattern,
    field: WhereField,
    span: Span,
    cx: &mut Context<'_, '_>,
) -> Option<DimensionType> {
    match field {
        WhereField::Identity => Some(DimensionType::Identity(pattern.entity)),
        WhereField::Component(index) => entity
            .identity
            .components
            .get(usize::from(index))
            .map(|component| component.ty.clone()),
        WhereField::Attribute(attribute) => attribute_type(entity, attribute, span, cx),
    }
}

/// `$dimension`, or a literal of the left side's type. Without a type, that has been reported.
fn right(
    node: &Node<'_>,
    ty: Option<&DimensionType>,
    scope: &Scope<'_>,
    cx: &mut Context<'_, '_>,
) -> Option<Spanned<WhereValue>> {
    let text = text(node, "`$dimension` or a literal", cx)?;
    if let Some(name) = text
        .text
        .strip_prefix('$')
        .filter(|_| text.plain || is_dimension(&text.text))
    {
        let id = dimension(name, text.place_of(name), scope.cache, cx)?;
        return Some(Spanned {
            value: WhereValue::Dimension(id),
            span: text.span,
        });
    }
    if text.plain && is_named(&text.text, scope.cache) {
        cx.push(bare_dimension(text));
        return None;
    }
    let literal = literal::read(text, ty?, scope.entities, cx)?;
    Some(Spanned {
        value: WhereValue::Literal(literal.value),
        span: literal.span,
    })
}

fn is_named(name: &str, cache: &Cache) -> bool {
    let mut dimensions = cache.dimension_ids();
    dimensions.any(|(_, dimension)| dimension.name.value == name)
}

/// Of a text field it would be a literal that no value ever is, and the rule would never apply.
fn bare_dimension(text: &Text<'_>) -> Diagnostic {
    let name = &text.text;
    let message = format!("`{name}` without `$` is a literal, not the param or tag `{name}`");
    INVALID_LITERAL
        .at(text.span, message)
        .help(format!(
            "write `${name}`, or `\"{name}\"` where the literal is meant"
        ))
        .fix(text.span, format!("${name}"))
}

/// JSON quotes every text, so `"$id"` is a dimension as well.
fn is_dimension(text: &str) -> bool {
    text.strip_prefix('$')
        .is_some_and(super::names::is_snake_case)
}

/// The param or tag of a name.
fn dimension(
    name: &str,
    span: Span,
    cache: &Cache,
    cx: &mut Context<'_, '_>,
) -> Option<DimensionId> {
    let found = cache
        .dimension_ids()
        .find(|(_, dimension)| dimension.name.value == name);
    if found.is_none() && !cx.is_left_out(cache.name.span, name) {
        let names: Vec<&str> = cache
            .dimensions
            .iter()
            .map(|dimension| dimension.name.value.as_str())
            .collect();
        let owner = &cache.name;
        let report = UNKNOWN_DIMENSION.at(
            span,
            format!("`{}` has no param or tag `{name}`", owner.value),
        );
        let report = cx.did_you_mean(report, span, name, &names);
        let report = if names.is_empty() {
            report.help(format!(
                "declare `{name}` under `params` if it stands in the key, else under `tags`"
            ))
        } else {
            report
        };
        cx.push(report.labelled(owner.span, format!("`{}` is declared here", owner.value)));
    }
    found.map(|(id, _)| id)
}

/// `{ cache: post_pages, where: { item: $item, sort: newest } }`.
fn upstream(
    node: &Node<'_>,
    section: &Section<'_>,
    only: Vec<Only>,
    scope: &Scope<'_>,
    cx: &mut Context<'_, '_>,
) -> Option<Dependency> {
    let target = text(section.get("cache")?, "the name of a cache", cx)?;
    let cache = Spanned {
        value: cx.cache(&target.text, target.span)?,
        span: target.span,
    };
    let upstream = scope.caches.get(cache.value.0 as usize)?;
    let entries = section
        .get("where")
        .and_then(|node| mapping(node, "`where`", cx))
        .unwrap_or_default();
    let wheres = entries
        .iter()
        .filter_map(|entry| {
            let left = dimension(&entry.key.text, entry.key.span, upstream, cx)?;
            let ty = upstream.dimension(left).ty.clone();
            let right = right(&entry.value, Some(&ty), scope, cx)?;
            Some(Where {
                left: Spanned {
                    value: left,
                    span: entry.key.span,
                },
                right,
            })
        })
        .collect();
    Some(Dependency::Cache(Upstream {
        cache,
        wheres,
        only,
        span: node.span,
    }))
}

/// `{ sort: popular }`, of this cache.
fn only(node: &Node<'_>, scope: &Scope<'_>, cx: &mut Context<'_, '_>) -> Vec<Only> {
    let entries = mapping(node, "`only`", cx).unwrap_or_default();
    entries
        .iter()
        .filter_map(|entry| {
            let id = dimension(&entry.key.text, entry.key.span, scope.cache, cx)?;
            let text = text(&entry.value, "a literal", cx)?;
            let literal = literal::read(text, &scope.cache.dimension(id).ty, scope.entities, cx)?;
            Some(Only {
                dimension: Spanned {
                    value: id,
                    span: entry.key.span,
                },
                literal,
            })
        })
        .collect()
}
