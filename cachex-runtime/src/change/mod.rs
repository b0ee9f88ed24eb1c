//! What a change clears: the plan's steps evaluated on its images.
//!
//! Owns the way from an [`ErasedChange`] to its [`Region`]s. Knows no tables and clears nothing: the same functions
//! answer `regions()`. Keeps true: what isn't known binds nothing and fails nothing, so a region is only ever wider
//! than the change; nothing walks a graph.

mod image;
mod step;

use std::collections::BTreeSet;

use self::image::{Image, images};
use crate::codegen::{
    ChangeScope, EntityDef, ErasedAction, ErasedChange, Region, SYSTEM, SchemaDef, Value,
};

/// Where the regions of a change lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reach {
    /// In this scope.
    Scope(Value),
    /// Everywhere: the schema or the entity has no scope, or all were asked for.
    Everywhere,
    /// Nobody said. All scopes are cleared, and someone has to hear of it.
    Missing,
}

impl Reach {
    /// The scope of a region of a scoped cache; `None`: of all.
    fn scope(&self) -> Option<&Value> {
        match self {
            Self::Scope(scope) => Some(scope),
            Self::Everywhere | Self::Missing => None,
        }
    }
}

/// Where the regions of a change lie, in a unit of work of this scope.
pub(crate) fn reach(schema: &SchemaDef, change: &ErasedChange, unit: Option<&Value>) -> Reach {
    if schema.scope.is_none() || !change.entity.scoped {
        return Reach::Everywhere;
    }
    match (&change.scope, unit) {
        (ChangeScope::All, _) => Reach::Everywhere,
        (ChangeScope::One(scope), _) | (ChangeScope::OfUnit, Some(scope)) => {
            Reach::Scope(scope.clone())
        }
        (ChangeScope::OfUnit, None) => Reach::Missing,
    }
}

/// The reserved entity, and none of the schema's.
pub(crate) fn is_system(entity: &EntityDef) -> bool {
    entity.index == SYSTEM.index
}

/// The regions of changes, each once, a cache before those built from it; none that a whole cache among them
/// contains.
pub(crate) fn regions_of(
    schema: &SchemaDef,
    changes: &[ErasedChange],
    unit: Option<&Value>,
) -> Vec<Region> {
    let mut regions = BTreeSet::new();
    for change in changes {
        collect(schema, change, &reach(schema, change, unit), &mut regions);
    }
    let whole: BTreeSet<_> = regions
        .iter()
        .filter(|region| region.facet.is_none())
        .map(|region| (region.cache, region.scope.clone()))
        .collect();
    let mut kept: Vec<Region> = regions
        .into_iter()
        .filter(|region| !contained(region, &whole))
        .collect();
    // Stable: regions of one cache stay sorted among themselves.
    kept.sort_by_key(|region| order(schema, region));
    kept
}

/// Whether the whole of its cache is cleared beside it, in its scope or in all.
fn contained(region: &Region, whole: &BTreeSet<(u32, Option<Value>)>) -> bool {
    let everywhere = whole.contains(&(region.cache, None));
    let here = whole.contains(&(region.cache, region.scope.clone()));
    match (region.facet, &region.scope) {
        (None, None) => false,
        (None, Some(_)) => everywhere,
        (Some(_), _) => everywhere || here,
    }
}

fn order(schema: &SchemaDef, region: &Region) -> u32 {
    cache_at(schema, region.cache).map_or(u32::MAX, |cache| cache.order)
}

pub(crate) fn cache_at(
    schema: &SchemaDef,
    index: u32,
) -> Option<&'static crate::codegen::CacheDef> {
    schema.caches.get(index as usize).copied()
}

fn collect(schema: &SchemaDef, change: &ErasedChange, reach: &Reach, out: &mut BTreeSet<Region>) {
    if is_system(change.entity) {
        out.extend(everything(schema, reach));
        return;
    }
    for image in images(change) {
        for (action, step) in image.steps() {
            let masked = action == UPDATE && !step::meets(step, change.set);
            if !masked && let Some(cache) = cache_at(schema, step.cache) {
                out.extend(step::regions(step, cache, &image, reach.scope()));
            }
        }
    }
}

/// `system.delete`: every cache; in a scope, every cache that has one.
fn everything(schema: &SchemaDef, reach: &Reach) -> impl Iterator<Item = Region> {
    let scope = reach.scope().cloned();
    schema
        .caches
        .iter()
        .filter(move |cache| cache.scoped || scope.is_none())
        .map(|cache| Region {
            cache: cache.index,
            scope: reach.scope().filter(|_| cache.scoped).cloned(),
            facet: None,
            values: Vec::new(),
        })
}

/// The caches the plan of a declared change may reach, whatever its values are.
pub(crate) fn reached(schema: &SchemaDef, change: &ErasedChange) -> BTreeSet<u32> {
    if is_system(change.entity) {
        return schema.caches.iter().map(|cache| cache.index).collect();
    }
    change
        .entity
        .steps
        .iter()
        .enumerate()
        .filter(|(index, _)| change.action.takes(*index))
        .flat_map(|(index, steps)| {
            steps
                .iter()
                .filter(move |step| index != UPDATE || step::meets(step, change.set))
        })
        .map(|step| step.cache)
        .collect()
}

/// Index of `update` in [`EntityDef::steps`].
const UPDATE: usize = 1;

impl ErasedAction {
    /// Whether the steps of an action (by index) are among those of this one.
    fn takes(self, index: usize) -> bool {
        match self {
            Self::Create => index == 0,
            Self::Update => index == UPDATE,
            Self::Delete => index == 2,
            Self::Any => true,
        }
    }

    /// As written in a pattern and in events.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Any => "any",
        }
    }
}

impl Image<'_> {
    /// The steps evaluated on this image, each with the index of its action.
    fn steps(&self) -> impl Iterator<Item = (usize, &'static crate::codegen::StepDef)> {
        let steps = self.entity().steps;
        let taken = self.actions();
        steps
            .into_iter()
            .enumerate()
            .filter(move |(index, _)| taken.contains(index))
            .flat_map(|(index, steps)| steps.iter().map(move |step| (index, step)))
    }
}
