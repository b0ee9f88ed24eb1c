//! Entries played without a value.

use crate::codegen::{CacheDef, Cardinality, DimensionKind, Region, Value};

/// An entry's key and tags, in canonical text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Primed {
    /// Index of its cache.
    pub cache: u32,
    /// Its scope, where the cache has one.
    pub scope: Option<Value>,
    /// In order of declaration.
    pub params: Vec<Value>,
    /// The values of each tag, in order of declaration; `None`: not known.
    pub tags: Option<Vec<Vec<Value>>>,
}

impl Primed {
    /// Whether it lies in a region, by the meaning of regions alone: no slot is looked at.
    pub(super) fn lies_in(&self, cache: &CacheDef, region: &Region) -> bool {
        let here = region.scope.is_none() || !cache.scoped || region.scope == self.scope;
        let Some(facet) = region
            .facet
            .and_then(|facet| cache.facets.get(usize::from(facet)))
        else {
            return here && region.cache == self.cache;
        };
        here && region.cache == self.cache
            && (0..cache.dimensions.len().min(64))
                .filter(|dimension| facet >> dimension & 1 == 1)
                .zip(&region.values)
                .all(|(dimension, value)| self.has(cache, dimension, value))
    }

    /// Whether a dimension has a value, or may have it.
    fn has(&self, cache: &CacheDef, dimension: usize, value: &Value) -> bool {
        let params = cache
            .dimensions
            .iter()
            .filter(|it| it.kind == DimensionKind::Param)
            .count();
        match (dimension.checked_sub(params), &self.tags) {
            (None, _) => self.params.get(dimension) == Some(value),
            (Some(_), None) => true,
            (Some(_), Some(tags)) if too_many(cache, tags) => true,
            (Some(tag), Some(tags)) => tags.get(tag).is_some_and(|values| values.contains(value)),
        }
    }
}

/// More values than the cache keeps apart: its tags count as not known.
fn too_many(cache: &CacheDef, tags: &[Vec<Value>]) -> bool {
    cache
        .dimensions
        .iter()
        .filter(|it| it.kind == DimensionKind::Tag)
        .zip(tags)
        .any(|(it, values)| {
            it.cardinality == Cardinality::Many && values.len() > cache.max_tags as usize
        })
}
