//! The static of a cache: what the runtime must know of it, as data.

use std::time::Duration;

use super::super::names;
use super::super::text::{Text, quoted};
use super::super::types::{Place, Types};
use crate::model::{Cache, CacheId, Cardinality, Dimension, DimensionKind, KeyPart, Schema, Ttl};
use crate::plan::{Facet, Plan};

/// `POST_BY_ID_CACHE`.
pub(super) fn definition(
    out: &mut Text,
    types: &Types<'_>,
    schema: &Schema,
    plan: &Plan,
    id: CacheId,
) {
    let cache = schema.cache(id);
    let name = names::cache_static(&cache.name.value);
    out.gap();
    out.block(
        &format!("static {name}: _codegen::CacheDef = _codegen::CacheDef {{"),
        "};",
        |out| {
            let order = plan
                .order
                .iter()
                .position(|other| *other == id)
                .unwrap_or_default();
            out.line(&format!("index: {},", id.0));
            out.line(&format!("order: {order},"));
            out.line(&format!("name: {},", quoted(&cache.name.value)));
            out.line(&format!("key: {},", key_parts(cache)));
            let dimensions: Vec<String> = cache.dimensions.iter().map(dimension).collect();
            if !dimensions.is_empty() {
                out.list("dimensions: &[", &dimensions, "],");
            }
            let facets: Vec<String> = plan.cache(id).facets.iter().map(facet).collect();
            if !facets.is_empty() {
                out.list("facets: &[", &facets, "],");
            }
            options(out, types, cache);
            if cache.scoped && schema.scope.is_some() {
                out.line("scoped: true,");
            }
            out.line(".._codegen::CacheDef::DEFAULT");
        },
    );
}

fn options(out: &mut Text, types: &Types<'_>, cache: &Cache) {
    let some = types.std(Place::Root, "Some");
    if let Ttl::After(ttl) = cache.ttl.value {
        out.line(&format!("ttl: {some}({}),", duration(ttl)));
    }
    if cache.jitter != 0 {
        out.line(&format!("jitter: {},", cache.jitter));
    }
    if let Some(window) = &cache.stale_while_revalidate {
        out.line(&format!(
            "stale_while_revalidate: {},",
            duration(window.value)
        ));
    }
    if let Some(window) = &cache.stale_if_error {
        out.line(&format!("stale_if_error: {},", duration(window.value)));
    }
    if let Some(ttl) = &cache.negative_ttl {
        out.line(&format!("negative_ttl: {some}({}),", duration(ttl.value)));
    }
    out.line(&format!("max_entries: {},", cache.max_entries));
    out.line(&format!("max_tags: {},", cache.max_tags));
    if cache.format != 1 {
        out.line(&format!("format: {},", cache.format));
    }
    if let Some(lag) = &cache.replica_lag {
        out.line(&format!("replica_lag: {some}({}),", duration(lag.value)));
    }
}

/// The text before each hole with the hole's dimension, and the text behind the last.
fn key_parts(cache: &Cache) -> String {
    let (mut holes, mut before) = (Vec::new(), String::new());
    for part in &cache.key.value {
        match part {
            KeyPart::Text(text) => before.push_str(text),
            KeyPart::Hole(dimension, _) => {
                holes.push(format!("({}, {})", quoted(&before), dimension.0));
                before.clear();
            }
        }
    }
    format!("(&[{}], {})", holes.join(", "), quoted(&before))
}

fn dimension(dimension: &Dimension) -> String {
    let made_by = match (dimension.kind, dimension.cardinality) {
        (DimensionKind::Param, Cardinality::Optional) => "optional_param",
        (DimensionKind::Param, Cardinality::One | Cardinality::Many) => "param",
        (DimensionKind::Tag, Cardinality::One) => "tag",
        (DimensionKind::Tag, Cardinality::Optional) => "optional_tag",
        (DimensionKind::Tag, Cardinality::Many) => "tags",
    };
    format!("_codegen::{made_by}({})", quoted(&dimension.name.value))
}

fn facet(facet: &Facet) -> String {
    let bits = facet
        .dimensions
        .iter()
        .fold(0_u64, |bits, dimension| bits | 1 << (dimension.0 % 64));
    format!("{bits:#b}")
}

fn duration(duration: Duration) -> String {
    if duration.subsec_nanos() == 0 {
        format!("_codegen::Duration::from_secs({})", duration.as_secs())
    } else if duration.subsec_nanos().is_multiple_of(1_000_000) {
        format!("_codegen::Duration::from_millis({})", duration.as_millis())
    } else {
        format!(
            "_codegen::Duration::new({}, {})",
            duration.as_secs(),
            duration.subsec_nanos()
        )
    }
}
