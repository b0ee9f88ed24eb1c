//! How a cache keeps its entries: lifetimes, bounds, tier, consistency, warming, the client.

use super::context::Context;
use super::reader::{Section, choice, list, number, text, unexpected};
use super::{key, unit};
use crate::diagnostics::registry::UNEXPECTED_VALUE;
use crate::model::{Cache, Client, Consistency, KeyPart, QueryKey, Spanned, Tier, Ttl, Warm};
use crate::syntax::{Node, Value};

const TIERS: [(&str, Tier); 3] = [
    ("local", Tier::Local),
    ("shared", Tier::Shared),
    ("both", Tier::Both),
];

const CONSISTENCIES: [(&str, Consistency); 2] = [
    ("bounded", Consistency::Bounded),
    ("strict", Consistency::Strict),
];

/// What holds for every cache that says nothing else.
#[derive(Debug, Default)]
pub(super) struct Defaults {
    pub(super) ttl: Option<Spanned<Ttl>>,
    pub(super) jitter: Option<u8>,
    pub(super) tier: Option<Spanned<Tier>>,
    pub(super) consistency: Option<Spanned<Consistency>>,
    pub(super) max_entries: Option<u64>,
}

/// `defaults: { ttl: 10m, jitter: 10% }`.
pub(super) fn defaults(node: &Node<'_>, cx: &mut Context<'_, '_>) -> Defaults {
    let keys = ["ttl", "jitter", "tier", "consistency", "max_entries"];
    let Some(section) = Section::read(node, "`defaults`", &keys, cx) else {
        return Defaults::default();
    };
    Defaults {
        ttl: section.get("ttl").and_then(|node| unit::ttl(node, cx)),
        jitter: section
            .get("jitter")
            .and_then(|node| unit::percent(node, cx)),
        tier: section
            .get("tier")
            .and_then(|node| choice(node, &TIERS, cx)),
        consistency: section
            .get("consistency")
            .and_then(|node| choice(node, &CONSISTENCIES, cx)),
        max_entries: section
            .get("max_entries")
            .and_then(|node| number(node, 1..=u64::MAX, cx)),
    }
}

/// Reads the options of a cache; what is not there, or not right, stays as the defaults have it.
pub(super) fn read(section: &Section<'_>, cache: &mut Cache, cx: &mut Context<'_, '_>) {
    lifetimes(section, cache, cx);
    if let Some(max) = section
        .get("max_entries")
        .and_then(|node| number(node, 1..=u64::MAX, cx))
    {
        cache.max_entries = max;
    }
    if let Some(max) = small(section, "max_tags", cx) {
        cache.max_tags = max;
    }
    if let Some(format) = small(section, "format", cx) {
        cache.format = format;
    }
    if let Some(tier) = section
        .get("tier")
        .and_then(|node| choice(node, &TIERS, cx))
    {
        cache.tier = Some(tier);
    }
    if let Some(consistency) = section
        .get("consistency")
        .and_then(|node| choice(node, &CONSISTENCIES, cx))
    {
        cache.consistency = consistency;
    }
    cache.replica_lag = section.get("source").and_then(|node| source(node, cx));
    cache.warm = section.get("warm").and_then(|node| warm(node, cx));
    cache.client = section
        .get("client")
        .and_then(|node| client(node, cache, cx));
}

fn lifetimes(section: &Section<'_>, cache: &mut Cache, cx: &mut Context<'_, '_>) {
    if let Some(ttl) = section.get("ttl").and_then(|node| unit::ttl(node, cx)) {
        cache.ttl = ttl;
    }
    if let Some(jitter) = section
        .get("jitter")
        .and_then(|node| unit::percent(node, cx))
    {
        cache.jitter = jitter;
    }
    let mut duration = |key| section.get(key).and_then(|node| unit::duration(node, cx));
    cache.stale_while_revalidate = duration("stale_while_revalidate");
    cache.stale_if_error = duration("stale_if_error");
    cache.negative_ttl = duration("negative_ttl");
}

/// A count from 1 that fits 32 bits.
fn small(section: &Section<'_>, key: &str, cx: &mut Context<'_, '_>) -> Option<u32> {
    let number = number(section.get(key)?, 1..=u64::from(u32::MAX), cx)?;
    u32::try_from(number).ok()
}

/// `{ replica: 500ms }`, or `primary`.
fn source(node: &Node<'_>, cx: &mut Context<'_, '_>) -> Option<Spanned<std::time::Duration>> {
    if let Value::Scalar(_) = node.value {
        choice(node, &[("primary", ())], cx);
        return None;
    }
    let section = Section::read(node, "`source`", &["replica"], cx)?;
    unit::duration(section.get("replica")?, cx)
}

/// `{ on: [start, invalidate], top: 50 }`.
fn warm(node: &Node<'_>, cx: &mut Context<'_, '_>) -> Option<Warm> {
    let section = Section::read(node, "`warm`", &["on", "top"], cx)?;
    let moments = section
        .get("on")
        .map_or(&[][..], |node| list(node, "moments", cx));
    let moments: Vec<bool> = moments
        .iter()
        .filter_map(|item| choice(item, &[("start", true), ("invalidate", false)], cx))
        .map(|moment| moment.value)
        .collect();
    if !section.has("on") {
        cx.push(super::reader::missing(
            node.span,
            "`warm`",
            "on",
            "say when: `on: [start, invalidate]`",
        ));
    }
    let top = small(&section, "top", cx);
    if !section.has("top") {
        cx.push(super::reader::missing(
            node.span,
            "`warm`",
            "top",
            "say how many of the most read: `top: 50`",
        ));
    }
    Some(Warm {
        on_start: moments.contains(&true),
        on_invalidate: moments.contains(&false),
        top: top?,
        span: node.span,
    })
}

/// `{ query_key: [post, "{id}"], local_storage: "post-{id}" }`.
fn client(node: &Node<'_>, cache: &Cache, cx: &mut Context<'_, '_>) -> Option<Client> {
    let section = Section::read(node, "`client`", &["query_key", "local_storage"], cx)?;
    let query_key = section
        .get("query_key")
        .and_then(|node| query_key(node, cache, cx));
    let local_storage = section
        .get("local_storage")
        .and_then(|node| template(node, cache, cx));
    Some(Client {
        query_key,
        local_storage,
        span: node.span,
    })
}

fn query_key(node: &Node<'_>, cache: &Cache, cx: &mut Context<'_, '_>) -> Option<QueryKey> {
    match &node.value {
        Value::Sequence(items) if items.is_empty() => {
            cx.push(UNEXPECTED_VALUE.at(node.span, "a query key needs at least one part"));
            None
        }
        Value::Sequence(items) => Some(QueryKey::Parts(
            items
                .iter()
                .filter_map(|item| template(item, cache, cx))
                .collect(),
        )),
        Value::Scalar(_) => template(node, cache, cx).map(QueryKey::One),
        _ => {
            cx.push(
                unexpected(node, "a text or a list of texts")
                    .help("quote texts with braces: `[post, \"{id}\"]`"),
            );
            None
        }
    }
}

fn template(node: &Node<'_>, cache: &Cache, cx: &mut Context<'_, '_>) -> Option<Vec<KeyPart>> {
    if let Value::Mapping(_) = &node.value {
        cx.push(
            unexpected(node, "a text").help("quote it: YAML reads `{` as the start of a mapping"),
        );
        return None;
    }
    let text = text(node, "a text", cx)?;
    Some(key::parse(text, cache, cx))
}
