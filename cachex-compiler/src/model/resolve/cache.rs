//! Caches: dimensions, key, dependencies. Their options are read in `options`.

use super::context::Context;
use super::dimension::dimensions;
use super::options::{self, Defaults};
use super::reader::{Section, list, missing, name, text, unexpected};
use super::{dependency, key, pattern, rust_path, unit};
use crate::diagnostics::registry::MALFORMED_KEY;
use crate::model::{
    Cache, Consistency, Dependencies, Entity, KeyPart, Name, Pattern, Spanned, Ttl,
};
use crate::source::Span;
use crate::syntax::{Entry, Node, Scalar as Text, Value};

const KEYS: [&str; 21] = [
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
    "reason",
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
    let section = Section::read(&entry.value, "a cache", &KEYS, cx);
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
        cache.dimensions = dimensions(section, &cache.name, entities, cx);
        cache.key = key(section, &cache, cx);
        cache.value = section.get("value").and_then(|node| value(node, cx));
        cache.allow_stale = section
            .get("allow_stale")
            .map_or_else(Vec::new, |node| patterns(node, entities, cx));
        options::read(section, &mut cache, cx);
    } else {
        cx.leave_out_all(cache.name.span);
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
    let value = key::parse(template, cache, cx);
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
