//! The entries a cache is primed with.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::values;
use crate::model::{CacheId, Cardinality, Dimension, DimensionId, DimensionKind, Schema};
use crate::plan::{Entry, Value};

/// All combinations of a cache's values are primed, but no more; beyond them they take turns.
const MOST: usize = 120;

/// What one dimension of an entry holds.
type Held = BTreeSet<Option<Value>>;

/// The entries of a cache: its dimensions' values combined, and once more without tags.
pub(super) fn entries(schema: &Schema, id: CacheId) -> Vec<Entry> {
    let cache = schema.cache(id);
    let choices: Vec<(DimensionId, &Dimension, Vec<Held>)> = cache
        .dimension_ids()
        .map(|(dimension, it)| (dimension, it, held(schema, id, dimension, it)))
        .collect();
    let mut entries = Vec::new();
    for row in rows(
        &choices
            .iter()
            .map(|(_, _, held)| held.len())
            .collect::<Vec<_>>(),
    ) {
        let mut entry = Entry {
            cache: id,
            params: BTreeMap::new(),
            tags: Some(BTreeMap::new()),
        };
        for ((dimension, it, held), chosen) in choices.iter().zip(row) {
            let held = held.get(chosen).cloned().unwrap_or_default();
            match it.kind {
                DimensionKind::Param => {
                    entry
                        .params
                        .insert(*dimension, held.into_iter().next().flatten());
                }
                DimensionKind::Tag => {
                    entry.tags.get_or_insert_default().insert(*dimension, held);
                }
            }
        }
        entries.push(entry);
    }
    let without_tags: BTreeSet<Entry> = entries
        .iter()
        .filter(|_| {
            cache
                .dimensions
                .iter()
                .any(|it| it.kind == DimensionKind::Tag)
        })
        .map(|entry| Entry {
            tags: None,
            ..entry.clone()
        })
        .collect();
    entries.into_iter().chain(without_tags).collect()
}

/// What a dimension may hold: each value, none where it is optional, none and several where it is many-valued.
fn held(schema: &Schema, cache: CacheId, id: DimensionId, dimension: &Dimension) -> Vec<Held> {
    let values = values::of_dimension(schema, cache, id);
    let one = |value: &Value| BTreeSet::from([Some(value.clone())]);
    let mut held: Vec<Held> = values.iter().map(one).collect();
    match dimension.cardinality {
        Cardinality::One => {}
        Cardinality::Optional => held.push(BTreeSet::from([None])),
        Cardinality::Many => {
            held.push(values.into_iter().map(Some).collect());
            held.push(BTreeSet::new());
        }
    }
    held
}

/// Every combination of so many choices, or, where there are too many, each pair of neighbours with the others taking
/// turns.
fn rows(choices: &[usize]) -> Vec<Vec<usize>> {
    let all: usize = choices.iter().copied().fold(1, usize::saturating_mul);
    if all <= MOST {
        return (0..all).map(|nth| digits(nth, choices)).collect();
    }
    let mut rows = BTreeSet::new();
    for (first, &width) in choices.iter().enumerate() {
        for nth in 0..width * 8 {
            let row = choices.iter().enumerate();
            rows.insert(
                row.map(|(place, &count)| match place {
                    _ if place == first => nth % width,
                    _ => (nth / width + nth * (place + 1)) % count,
                })
                .collect::<Vec<_>>(),
            );
        }
    }
    rows.into_iter().collect()
}

/// A number in a mixed radix.
fn digits(mut nth: usize, choices: &[usize]) -> Vec<usize> {
    let digit = |&count: &usize| {
        let digit = nth % count;
        nth /= count;
        digit
    };
    choices.iter().map(digit).collect()
}

/// An entry in canonical text, as the runtime is primed with it: its cache, params and tags.
#[derive(Serialize)]
pub(super) struct Primed(u32, Vec<Option<String>>, Option<Vec<Vec<Option<String>>>>);

impl Primed {
    pub(super) fn of(entry: &Entry) -> Self {
        let text = |value: &Option<Value>| value.as_ref().map(values::text);
        let tags = entry.tags.as_ref().map(|tags| {
            let of_tag = |held: &Held| held.iter().map(text).collect();
            tags.values().map(of_tag).collect()
        });
        Self(
            entry.cache.0,
            entry.params.values().map(text).collect(),
            tags,
        )
    }
}
