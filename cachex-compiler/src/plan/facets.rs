//! The facets of each cache: which sets of dimensions its entries are checked by.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Because, CachePlan, EntityPlan, Facet, Source, Step};
use crate::model::{DimensionId, Schema, WhereField};

/// The facets of every cache, from the steps of all changes.
pub(super) fn facets(schema: &Schema, entities: &[EntityPlan]) -> Vec<CachePlan> {
    let mut found: Vec<BTreeMap<Vec<DimensionId>, u16>> =
        vec![BTreeMap::new(); schema.caches.len()];
    let steps = entities
        .iter()
        .flat_map(|entity| &entity.actions)
        .flat_map(|action| &action.steps);
    for step in steps {
        let Some(facets) = found.get_mut(step.cache.0 as usize) else {
            continue;
        };
        let index = declared_at(step);
        for dimensions in [step.dimensions(), without_identity(step)] {
            if !dimensions.is_empty() {
                let first = facets.entry(dimensions).or_insert(index);
                *first = index.min(*first);
            }
        }
    }
    found.into_iter().map(preferred).collect()
}

/// What is left of a step where a statement knows its rows by a reference alone. A step that doesn't bind the identity
/// is left as it is.
fn without_identity(step: &Step) -> Vec<DimensionId> {
    step.bindings
        .iter()
        .filter(|binding| {
            !matches!(
                binding.from,
                Source::Field(WhereField::Identity | WhereField::Component(_))
            )
        })
        .map(|binding| binding.dimension)
        .collect()
}

/// Index of the step's own dependency in its cache's `depends_on`.
fn declared_at(step: &Step) -> u16 {
    match step.because.last() {
        Some(Because::When(_, index) | Because::Cascade(_, index)) => *index,
        Some(Because::Touches(..)) | None => u16::MAX,
    }
}

/// Most dimensions first, ties by order of declaration, then by the dimensions themselves.
fn preferred(found: BTreeMap<Vec<DimensionId>, u16>) -> CachePlan {
    let mut facets: Vec<_> = found.into_iter().collect();
    facets.sort_by_key(|(dimensions, index)| (Reverse(dimensions.len()), *index));
    CachePlan {
        facets: facets
            .into_iter()
            .map(|(dimensions, _)| Facet { dimensions })
            .collect(),
    }
}
