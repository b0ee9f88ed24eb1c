//! The text of a key: `namespace:[scope:][v‹format›:]template`, and of a region, which is a pattern of keys.
//!
//! Owns the order of the parts. The values in them are canonical already, which is what keeps two keys apart, and
//! holds no `*`, which is what keeps a pattern apart from a key.

use std::fmt::Write as _;

use crate::codegen::{CacheDef, DimensionKind, Region, SchemaDef, Value};

/// Any value, in a pattern.
const ANY: &str = "*";

/// The text of the entry with these params.
pub(crate) fn text(
    namespace: &str,
    cache: &CacheDef,
    scope: Option<&Value>,
    params: &[Value],
) -> String {
    let scope = scope.map(|scope| &*scope.0);
    written(namespace, cache, scope, |dimension| {
        params.get(dimension).map_or("", |value| &value.0)
    })
}

/// The keys of a region: what it leaves free is `*`, and the tags it binds stand behind: `blog:post:* (author=7)`.
pub(crate) fn pattern(
    schema: &SchemaDef,
    namespace: &str,
    cache: &CacheDef,
    region: &Region,
) -> String {
    let bound: Vec<(usize, &Value)> = dimensions(cache, region).zip(&region.values).collect();
    let value = |wanted: usize| {
        let found = bound.iter().find(|(dimension, _)| *dimension == wanted);
        found.map_or(ANY, |(_, value)| &value.0)
    };
    let scope = region.scope.as_ref().map(|scope| &*scope.0);
    let scope = (schema.scope.is_some() && cache.scoped).then(|| scope.unwrap_or(ANY));
    let keys = written(namespace, cache, scope, value);
    let tags: Vec<String> = bound
        .iter()
        .filter_map(|(dimension, value)| Some((cache.dimensions.get(*dimension)?, value)))
        .filter(|(dimension, _)| dimension.kind == DimensionKind::Tag)
        .map(|(dimension, value)| format!("{}={}", dimension.name, value.0))
        .collect();
    if tags.is_empty() {
        return keys;
    }
    format!("{keys} ({})", tags.join(", "))
}

/// The dimensions a region binds, ascending.
fn dimensions(cache: &CacheDef, region: &Region) -> impl Iterator<Item = usize> {
    let facet = region
        .facet
        .and_then(|facet| cache.facets.get(usize::from(facet)));
    let bits = facet.copied().unwrap_or_default();
    (0..cache.dimensions.len().min(64)).filter(move |dimension| bits >> dimension & 1 == 1)
}

fn written<'a>(
    namespace: &str,
    cache: &CacheDef,
    scope: Option<&str>,
    value: impl Fn(usize) -> &'a str,
) -> String {
    let mut text = format!("{namespace}:");
    if let Some(scope) = scope {
        text.push_str(scope);
        text.push(':');
    }
    if cache.format != 1 {
        // Writing to a String can't fail.
        let _ = write!(text, "v{}:", cache.format);
    }
    let (parts, end) = cache.key;
    for (before, dimension) in parts {
        text.push_str(before);
        text.push_str(value(usize::from(*dimension)));
    }
    text.push_str(end);
    text
}
