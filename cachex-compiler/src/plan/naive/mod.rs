//! The rules evaluated a second time, rule by rule and value by value, without a plan.
//!
//! Owns nothing but the text of the semantics; shares no code with the plan, so that the two can be held against each
//! other: by property tests here, and by the tests `cache::tests!()` generates into an application. Knows no symbolic
//! source, no mask of a step and no subsumption: it derives the concrete changes, collects the concrete regions of
//! each cache, and looks whether an entry is in one. Slow, and meant to be read beside the text.

mod region;
mod side;

use std::collections::{BTreeMap, BTreeSet};

use self::region::Region;
use self::side::{Side, read, sides};
use super::{CachePlan, Change, Entry, Value};
use crate::model::{
    Cache, CacheId, Dependency, Entity, FieldSet, Only, Pattern, Schema, Upstream, When, Where,
    WhereField, WhereValue,
};

/// What becomes of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// A rule makes it stale: it must be gone.
    Stale,
    /// No rule does, not even in a region as wide as the facets allow: it must be there.
    Kept,
    /// No rule does, and clearing it is allowed all the same: an unknown value widens a region to a facet, or the tags
    /// of the entry aren't known and a region bound by a tag holds it whatever its params are. (The text says "every
    /// region bound by a tag", and a runtime may keep one slot for them all; a step that subsumes another needs not
    /// bind that tag, so an exact test can ask for neither.)
    Open,
}

/// What becomes of each entry, in the order given. `facets` are the plan's: what a region is widened to.
pub fn fates(
    schema: &Schema,
    facets: &[CachePlan],
    change: &Change,
    entries: &[Entry],
) -> Vec<Fate> {
    let regions = regions(schema, change);
    let of = |entry: &Entry| regions.get(&entry.cache).map_or(&[][..], Vec::as_slice);
    entries
        .iter()
        .map(|entry| {
            let cache = schema.cache(entry.cache);
            if of(entry).iter().any(|region| region.holds(cache, entry)) {
                return Fate::Stale;
            }
            let plan = facets.get(entry.cache.0 as usize);
            let may = of(entry).iter().any(|region| {
                let wide = region.widened(plan);
                wide.holds(cache, entry) || wide.may_hold(cache, entry)
            });
            if may { Fate::Open } else { Fate::Kept }
        })
        .collect()
}

/// Whether a change makes an entry stale, by the rules alone.
pub fn is_stale(schema: &Schema, change: &Change, entry: &Entry) -> bool {
    fates(schema, &[], change, std::slice::from_ref(entry)) == [Fate::Stale]
}

fn regions(schema: &Schema, change: &Change) -> BTreeMap<CacheId, Vec<Region>> {
    let sides = sides(schema, change);
    let mut found = BTreeMap::new();
    for (id, _) in schema.cache_ids() {
        stale_regions(schema, &sides, id, &mut found);
    }
    found
}

fn stale_regions(
    schema: &Schema,
    sides: &BTreeSet<Side>,
    id: CacheId,
    found: &mut BTreeMap<CacheId, Vec<Region>>,
) {
    // Upstream caches first, on a stack of our own: a chain may be as long as a file allows.
    let mut stack = vec![id];
    let mut entered = BTreeSet::new();
    while let Some(id) = stack.last().copied() {
        let upstream = schema
            .cache(id)
            .dependencies()
            .iter()
            .filter_map(|one| match one {
                Dependency::Cache(upstream) => Some(upstream.cache.value),
                Dependency::When(_) => None,
            });
        let missing: Vec<_> = upstream.filter(|one| !found.contains_key(one)).collect();
        if entered.insert(id) && !missing.is_empty() {
            stack.extend(missing);
            continue;
        }
        stack.pop();
        if !found.contains_key(&id) {
            let regions = regions_of(schema, sides, schema.cache(id), found);
            found.insert(id, regions);
        }
    }
}

fn regions_of(
    schema: &Schema,
    sides: &BTreeSet<Side>,
    cache: &Cache,
    found: &BTreeMap<CacheId, Vec<Region>>,
) -> Vec<Region> {
    let mut regions = BTreeSet::new();
    for dependency in cache.dependencies() {
        match dependency {
            Dependency::When(when) => {
                for side in sides.iter().filter(|side| meets(when, side)) {
                    regions.extend(of_image(cache, when, schema.entity(side.entity), side));
                }
            }
            Dependency::Cache(upstream) => {
                let above = found.get(&upstream.cache.value).into_iter().flatten();
                regions.extend(above.filter_map(|region| of_region(cache, upstream, region)));
            }
        }
    }
    regions.into_iter().collect()
}

fn meets(when: &When, side: &Side) -> bool {
    when.patterns.iter().any(|pattern| {
        pattern.entity == side.entity
            && pattern.action.is_none_or(|action| action == side.action)
            && fields_met(pattern, &when.wheres, side)
    })
}

fn fields_met(pattern: &Pattern, wheres: &[Where<WhereField>], side: &Side) -> bool {
    let Some(fields) = pattern.fields else {
        return true;
    };
    let named = wheres.iter().any(|clause| match clause.left.value {
        WhereField::Attribute(attribute) => side.set.contains(FieldSet::one(attribute)),
        WhereField::Identity | WhereField::Component(_) => false,
    });
    fields.meets(side.set) || named
}

fn of_image(cache: &Cache, when: &When, entity: &Entity, side: &Side) -> Vec<Region> {
    let mut regions = vec![Region::all()];
    for clause in &when.wheres {
        let values = read(entity, side, clause.left.value);
        let Some(values) = values else {
            for region in &mut regions {
                region.unknown = true;
            }
            continue;
        };
        match &clause.right.value {
            WhereValue::Literal(literal) => {
                let literal = Some(Value::Text(literal.clone()));
                regions.retain(|_| values.contains(&literal));
            }
            WhereValue::Dimension(dimension) => {
                regions = regions
                    .into_iter()
                    .flat_map(|region| region.bound(cache, *dimension, &values))
                    .collect();
            }
        }
    }
    only(cache, &when.only, regions)
}

fn of_region(cache: &Cache, upstream: &Upstream, above: &Region) -> Option<Region> {
    let mut region = Region {
        unknown: above.unknown,
        ..Region::all()
    };
    for clause in &upstream.wheres {
        let Some(values) = above.allowed.get(&clause.left.value) else {
            continue;
        };
        match &clause.right.value {
            WhereValue::Literal(literal) => {
                if !values.contains(&Some(Value::Text(literal.clone()))) {
                    return None;
                }
            }
            WhereValue::Dimension(dimension) => region.allow(cache, *dimension, values.clone()),
        }
    }
    only(cache, &upstream.only, vec![region])
        .into_iter()
        .find(|region| !region.is_empty(cache))
}

fn only(cache: &Cache, only: &[Only], mut regions: Vec<Region>) -> Vec<Region> {
    for only in only {
        let literal = Some(Value::Text(only.literal.value.clone()));
        for region in &mut regions {
            region.allow(
                cache,
                only.dimension.value,
                BTreeSet::from([literal.clone()]),
            );
        }
    }
    regions
}
