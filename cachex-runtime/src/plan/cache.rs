//! A cache: its key, its dimensions, its facets, its options.

use super::Unreadable;
use super::words::{Line, decoded, duration, kept, position};
use crate::codegen::{CacheDef, DimensionDef, optional_param, optional_tag, param, tag, tags};

/// A cache of this index; `None`: its head isn't understood.
pub(super) fn read(
    head: &[&'static str],
    body: &[Line],
    index: u32,
) -> Result<Option<CacheDef>, Unreadable> {
    let (name, template) = match *head {
        [name] => (name, ""),
        [name, template] => (name, template),
        _ => return Ok(None),
    };
    let mut cache = CacheDef {
        index,
        order: index,
        name,
        ..CacheDef::DEFAULT
    };
    for line in body {
        let refused = Unreadable { line: line.number };
        let (first, rest) = line.words.split_first().ok_or(refused)?;
        let understood = match *first {
            "has" => {
                cache.dimensions = kept(rest.iter().map(|word| dimension(word)).collect());
                Some(())
            }
            "facets" => facets(rest, cache.dimensions).map(|it| cache.facets = it),
            "with" => rest.iter().try_for_each(|it| option(&mut cache, it)),
            _ => None,
        };
        understood.ok_or(refused)?;
    }
    let key = key(template, cache.dimensions);
    Ok(key.map(|key| CacheDef { key, ..cache }))
}

/// `page`, `category?`, `#author`, `#category?`, `#item*`.
fn dimension(word: &'static str) -> DimensionDef {
    match word.strip_prefix('#') {
        Some(name) => match (name.strip_suffix('?'), name.strip_suffix('*')) {
            (Some(name), _) => optional_tag(name),
            (None, Some(name)) => tags(name),
            (None, None) => tag(name),
        },
        None => word
            .strip_suffix('?')
            .map_or_else(|| param(word), optional_param),
    }
}

/// `category+page`, as a set of dimensions.
fn facets(words: &[&'static str], dimensions: &[DimensionDef]) -> Option<&'static [u64]> {
    let names = names(dimensions);
    let facet = |word: &&str| {
        word.split('+').try_fold(0, |facet, name| {
            let place = position(&names, name)?;
            (place < 64).then(|| facet | 1_u64 << place)
        })
    };
    words
        .iter()
        .map(facet)
        .collect::<Option<Vec<_>>>()
        .map(kept)
}

fn names(dimensions: &[DimensionDef]) -> Vec<&'static str> {
    dimensions.iter().map(|dimension| dimension.name).collect()
}

type Key = (&'static [(&'static str, u16)], &'static str);

/// `posts:{category}:{page}`
fn key(template: &'static str, dimensions: &[DimensionDef]) -> Option<Key> {
    let names = names(dimensions);
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((text, behind)) = rest.split_once('{') {
        let (hole, behind) = behind.split_once('}')?;
        parts.push((decoded(text), position(&names, hole)?));
        rest = behind;
    }
    Some((kept(parts), decoded(rest)))
}

fn option(cache: &mut CacheDef, word: &str) -> Option<()> {
    let (name, value) = word.split_once('=').unwrap_or((word, ""));
    match name {
        "order" => cache.order = value.parse().ok()?,
        "ttl" => cache.ttl = Some(duration(value)?),
        "jitter" => cache.jitter = value.parse().ok()?,
        "stale_while_revalidate" => cache.stale_while_revalidate = duration(value)?,
        "stale_if_error" => cache.stale_if_error = duration(value)?,
        "negative_ttl" => cache.negative_ttl = Some(duration(value)?),
        "max_entries" => cache.max_entries = value.parse().ok()?,
        "max_tags" => cache.max_tags = value.parse().ok()?,
        "format" => cache.format = value.parse().ok()?,
        "scoped" => cache.scoped = true,
        "replica_lag" => cache.replica_lag = Some(duration(value)?),
        _ => return None,
    }
    Some(())
}
