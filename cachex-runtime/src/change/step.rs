//! One step on one image: whether it applies, and the regions it clears.

use std::collections::{BTreeMap, BTreeSet};

use super::image::Image;
use crate::codegen::{
    BindingDef, CacheDef, Cardinality, DimensionKind, Region, SourceDef, StepDef, Value,
};

/// Whether a step's mask meets the fields set. `u128::MAX` as a mask always does, even `update()`.
pub(super) fn meets(step: &StepDef, set: u128) -> bool {
    step.mask == u128::MAX || step.mask & set != 0
}

/// The regions of one step on one image.
pub(super) fn regions(
    step: &StepDef,
    cache: &CacheDef,
    image: &Image<'_>,
    scope: Option<&Value>,
) -> Vec<Region> {
    if step.present.iter().any(|&it| is_absent(image, it)) {
        return Vec::new();
    }
    choices(step, image)
        .iter()
        .filter(|chosen| holds(step, image, chosen))
        .flat_map(|chosen| bound(step, cache, image, chosen))
        .map(|bound| widened(cache, &bound, scope))
        .collect()
}

/// Known to be absent, or an empty set: what `touches` derives from isn't there.
fn is_absent(image: &Image<'_>, attribute: u16) -> bool {
    image
        .attribute(attribute)
        .is_some_and(|values| values.iter().all(|value| *value == Value::ABSENT))
}

/// One value of each known attribute a step reads.
type Chosen = BTreeMap<u16, Value>;

/// Every way to take one value of each known attribute: of a many-valued one each in turn, the same in every source
/// that reads it; of an empty one none, and with it no way at all.
fn choices(step: &StepDef, image: &Image<'_>) -> Vec<Chosen> {
    let read: BTreeSet<u16> = sources(step).filter_map(attribute).collect();
    read.into_iter().fold(vec![Chosen::new()], |ways, read| {
        match image.attribute(read) {
            None => ways,
            Some(values) => ways
                .iter()
                .flat_map(|way| {
                    values.iter().map(|value| {
                        let mut way = way.clone();
                        way.insert(read, value.clone());
                        way
                    })
                })
                .collect(),
        }
    })
}

fn sources(step: &StepDef) -> impl Iterator<Item = SourceDef> {
    let bindings = step.bindings.iter().map(|binding| binding.from);
    bindings.chain(step.tests.iter().map(|(source, _)| *source))
}

fn attribute(source: SourceDef) -> Option<u16> {
    match source {
        SourceDef::Attribute(index) | SourceDef::ComponentOf(index, ..) => Some(index),
        SourceDef::Identity | SourceDef::Component(_) | SourceDef::Literal(_) => None,
    }
}

/// Whether a step's literals are met; what isn't known fails none.
fn holds(step: &StepDef, image: &Image<'_>, chosen: &Chosen) -> bool {
    step.tests.iter().all(|&(source, literal)| {
        image
            .value(source, chosen)
            .is_none_or(|value| value.0 == literal)
    })
}

/// The values of the dimensions a region binds.
type Bound = BTreeMap<u16, Value>;

/// Every way the dimensions are bound: what isn't known leaves its dimension free, and what stands for "absent" as
/// well binds it twice.
fn bound(step: &StepDef, cache: &CacheDef, image: &Image<'_>, chosen: &Chosen) -> Vec<Bound> {
    let mut ways = vec![Bound::new()];
    for binding in step.bindings {
        let Some(value) = image.value(binding.from, chosen) else {
            continue;
        };
        let mut values = vec![value];
        if absent_as_well(binding, cache) {
            values.push(Value::ABSENT);
        }
        ways = ways
            .iter()
            .flat_map(|way| {
                values.iter().map(|value| {
                    let mut way = way.clone();
                    way.insert(binding.dimension, value.clone());
                    way
                })
            })
            .collect();
    }
    ways
}

/// An absent optional param restricts nothing: its entries hold what any value of it names.
fn absent_as_well(binding: &BindingDef, cache: &CacheDef) -> bool {
    let dimension = cache.dimensions.get(usize::from(binding.dimension));
    binding.or_absent
        || dimension.is_some_and(|it| {
            it.kind == DimensionKind::Param && it.cardinality == Cardinality::Optional
        })
}

/// The region of the first facet that binds nothing else: facets are listed in the order a region prefers them.
fn widened(cache: &CacheDef, bound: &Bound, scope: Option<&Value>) -> Region {
    let known = bound
        .keys()
        .fold(0, |known, dimension| known | bit(*dimension));
    let facet = (0..)
        .zip(cache.facets)
        .find(|(_, facet)| *facet & !known == 0);
    let kept = |dimension: u16| facet.is_some_and(|(_, facet)| facet & bit(dimension) != 0);
    Region {
        cache: cache.index,
        scope: scope.filter(|_| cache.scoped).cloned(),
        facet: facet.map(|(index, _)| index),
        values: bound
            .iter()
            .filter(|(dimension, _)| kept(**dimension))
            .map(|(_, value)| value.clone())
            .collect(),
    }
}

/// A dimension in a set of them. One beyond the 64th is in no facet, so what binds it is widened.
fn bit(dimension: u16) -> u64 {
    1_u64.checked_shl(dimension.into()).unwrap_or_default()
}
