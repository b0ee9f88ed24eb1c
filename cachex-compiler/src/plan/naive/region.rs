//! Entries of one cache by the values their dimensions may have.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Cache, Cardinality, DimensionId, DimensionKind};
use crate::plan::{CachePlan, Entry, Value};

/// The entries whose dimensions have one of these values each.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Region {
    pub(super) allowed: BTreeMap<DimensionId, BTreeSet<Option<Value>>>,
    /// Some value that would bind a dimension isn't known.
    pub(super) unknown: bool,
}

impl Region {
    pub(super) fn all() -> Self {
        Self {
            allowed: BTreeMap::new(),
            unknown: false,
        }
    }

    /// One region for each value, none of it empty.
    pub(super) fn bound(
        self,
        cache: &Cache,
        dimension: DimensionId,
        values: &BTreeSet<Option<Value>>,
    ) -> Vec<Self> {
        values
            .iter()
            .map(|value| {
                let mut region = self.clone();
                region.allow(cache, dimension, BTreeSet::from([value.clone()]));
                region
            })
            .filter(|region| !region.is_empty(cache))
            .collect()
    }

    /// A dimension that two clauses bind must have the values of both. A region of an optional param's value holds the entries
    /// where it is absent, too.
    pub(super) fn allow(
        &mut self,
        cache: &Cache,
        dimension: DimensionId,
        mut values: BTreeSet<Option<Value>>,
    ) {
        let declared = cache.dimension(dimension);
        let optional = declared.cardinality == Cardinality::Optional;
        if optional && declared.kind == DimensionKind::Param {
            values.insert(None);
        }
        if !optional && values.len() > 1 {
            values.remove(&None);
        }
        self.allowed
            .entry(dimension)
            .and_modify(|known| known.retain(|value| values.contains(value)))
            .or_insert(values);
    }

    /// A required param is never absent.
    pub(super) fn is_empty(&self, cache: &Cache) -> bool {
        self.allowed.iter().any(|(dimension, values)| {
            let declared = cache.dimension(*dimension);
            declared.kind == DimensionKind::Param
                && declared.cardinality != Cardinality::Optional
                && values.iter().all(Option::is_none)
        })
    }

    /// Whether an entry is in it; one whose tags aren't known may have any.
    pub(super) fn holds(&self, cache: &Cache, entry: &Entry) -> bool {
        self.allowed.iter().all(|(dimension, allowed)| {
            match (cache.dimension(*dimension).kind, &entry.tags) {
                (DimensionKind::Param, _) => entry
                    .params
                    .get(dimension)
                    .is_some_and(|value| allowed.contains(value)),
                (DimensionKind::Tag, None) => true,
                (DimensionKind::Tag, Some(tags)) => tags
                    .get(dimension)
                    .is_some_and(|values| values.iter().any(|value| allowed.contains(value))),
            }
        })
    }

    /// "An entry whose tags aren't known belongs to every region bound by a tag."
    pub(super) fn may_hold(&self, cache: &Cache, entry: &Entry) -> bool {
        let tag = |dimension: &DimensionId| cache.dimension(*dimension).kind == DimensionKind::Tag;
        entry.tags.is_none() && self.allowed.keys().any(tag)
    }

    /// The facet below it with the most dimensions, ties by order. Where everything is known it is a facet, or within a
    /// region that is one.
    pub(super) fn widened(&self, plan: Option<&CachePlan>) -> Self {
        if !self.unknown {
            return self.clone();
        }
        let below = plan
            .into_iter()
            .flat_map(|plan| &plan.facets)
            .filter(|facet| {
                facet
                    .dimensions
                    .iter()
                    .all(|dimension| self.allowed.contains_key(dimension))
            });
        let best = below.rev().max_by_key(|facet| facet.dimensions.len());
        let mut wide = self.clone();
        wide.allowed
            .retain(|dimension, _| best.is_some_and(|facet| facet.dimensions.contains(dimension)));
        wide
    }
}
