//! The facets of each cache: which sets of dimensions its entries are checked by.
//!
//! Only steps of the finished plan count: a facet of a step that another makes superfluous would cost every hit a
//! check, for nothing. The facet "without the identity" leaves out what the identity as a whole binds; a component
//! that is a reference is a reference here, since that is what such a statement knows its rows by.

use std::cmp::Reverse;

use super::{Because, Binding, CachePlan, EntityPlan, Facet, Source, Step};
use crate::model::{DimensionId, Schema, WhereField};

/// Facets of one cache as they are found, each with the first dependency that binds it.
type Found = Vec<(Vec<DimensionId>, u16)>;

/// The facets of every cache, from the steps of all changes.
pub(super) fn facets(schema: &Schema, entities: &[EntityPlan]) -> Vec<CachePlan> {
    let mut found: Vec<Found> = vec![Vec::new(); schema.caches.len()];
    let steps = entities
        .iter()
        .flat_map(|entity| &entity.actions)
        .flat_map(|action| &action.steps);
    for step in steps {
        let Some(facets) = found.get_mut(step.cache.0 as usize) else {
            continue;
        };
        let index = declared_at(step);
        note(facets, index, || step.bindings.iter());
        // What is left where a statement knows its rows by a reference alone.
        if step.bindings.iter().any(binds_identity) {
            note(facets, index, || {
                step.bindings.iter().filter(|bound| !binds_identity(bound))
            });
        }
    }
    found.into_iter().map(preferred).collect()
}

/// Almost every step repeats a facet that is known: no list is made before it turns out to be a new one.
fn note<'s, I: Iterator<Item = &'s Binding>>(
    facets: &mut Found,
    index: u16,
    bound: impl Fn() -> I,
) {
    let dimensions = || bound().map(|binding| binding.dimension);
    let known = facets
        .iter_mut()
        .find(|(known, _)| known.iter().copied().eq(dimensions()));
    match known {
        Some((_, first)) => *first = index.min(*first),
        None if bound().next().is_some() => facets.push((dimensions().collect(), index)),
        None => {}
    }
}

fn binds_identity(binding: &Binding) -> bool {
    matches!(
        binding.from,
        Source::Field(WhereField::Identity | WhereField::Component(_))
    )
}

/// Index of the step's own dependency in its cache's `depends_on`.
fn declared_at(step: &Step) -> u16 {
    match step.because.last() {
        Some(Because::When(_, index) | Because::Cascade(_, index)) => *index,
        Some(Because::Touches(..)) | None => u16::MAX,
    }
}

/// Most dimensions first, ties by order of declaration, then by the dimensions themselves.
fn preferred(mut found: Found) -> CachePlan {
    found.sort_by(|(one, first), (other, second)| {
        let key = (Reverse(one.len()), first);
        key.cmp(&(Reverse(other.len()), second))
            .then_with(|| one.cmp(other))
    });
    let facets = found.into_iter();
    CachePlan {
        facets: facets.map(|(dimensions, _)| Facet { dimensions }).collect(),
    }
}
