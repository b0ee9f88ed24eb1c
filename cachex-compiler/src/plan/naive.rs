//! The rules evaluated a second time, rule by rule and value by value, without a plan.
//!
//! Owns nothing but the text of docs/semantics; shares no code with the plan, so that the two can be held against each
//! other: by property tests here, and by the tests `cache::tests!()` generates into an application. Knows no symbolic
//! source, no mask of a step and no subsumption: it derives the concrete changes, collects the concrete regions of
//! each cache, and looks whether an entry is in one. Slow, and meant to be read beside the text.

use std::collections::{BTreeMap, BTreeSet};

use super::{CachePlan, Change, Entry, Given, Value};
use crate::model::{
    Action, AttributeId, Cache, CacheId, Cardinality, Dependency, DimensionId, DimensionKind,
    Entity, EntityId, FieldSet, Only, Pattern, Schema, Upstream, When, Where, WhereField,
    WhereValue,
};

/// What becomes of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// A rule makes it stale: it must be gone.
    Stale,
    /// No rule does, not even in a region as wide as the facets allow: it must be there.
    Kept,
    /// No rule does, and clearing it is allowed all the same: an unknown value widens a region to a facet, or the tags
    /// of the entry aren't known and a region bound by a tag holds it whatever its params are.
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

/// One image of one entity that was changed, or counts as updated.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Event {
    entity: EntityId,
    action: Action,
    set: FieldSet,
    identity: Known,
    attributes: BTreeMap<AttributeId, Known>,
}

/// The values something has; `None`: not known. An absent one is the value `None`.
type Known = Option<BTreeSet<Option<Value>>>;

/// The entries whose dimensions have one of these values each.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Region {
    allowed: BTreeMap<DimensionId, BTreeSet<Option<Value>>>,
    /// Some value that would bind a dimension isn't known.
    unknown: bool,
}

fn regions(schema: &Schema, change: &Change) -> BTreeMap<CacheId, Vec<Region>> {
    let events = events(schema, change);
    let mut found = BTreeMap::new();
    for (id, _) in schema.cache_ids() {
        stale_regions(schema, &events, id, &mut found);
    }
    found
}

// ---- Images, and changes derived through `touches` ----

fn events(schema: &Schema, change: &Change) -> BTreeSet<Event> {
    let written = change.images.iter().map(|image| Event {
        entity: change.entity,
        action: change.action,
        set: change.set,
        identity: known(&image.identity).map(|values| {
            let identity = schema.entity(change.entity);
            values
                .into_iter()
                .map(|value| identified(schema, identity, value))
                .collect()
        }),
        attributes: image
            .attributes
            .iter()
            .map(|(attribute, given)| {
                let declared = schema.entity(change.entity).attribute(*attribute);
                let values = known(given).map(|values| match declared.ty() {
                    Some(ty) => values
                        .into_iter()
                        .map(|value| value.map(|value| value.normalised(schema, &ty)))
                        .collect(),
                    None => values,
                });
                (*attribute, values)
            })
            .collect(),
    });
    let mut waiting: Vec<Event> = written.collect();
    let mut events = BTreeSet::new();
    while let Some(event) = waiting.pop() {
        if events.insert(event.clone()) {
            waiting.extend(touched(schema, &event));
        }
    }
    events
}

fn known(given: &Given) -> Known {
    match given {
        Given::Unknown => None,
        Given::Absent => Some(BTreeSet::from([None])),
        Given::One(value) => Some(BTreeSet::from([Some(value.clone())])),
        Given::Many(values) => Some(values.iter().cloned().map(Some).collect()),
    }
}

fn identified(schema: &Schema, entity: &Entity, value: Option<Value>) -> Option<Value> {
    match (value?, entity.identity.components.as_slice()) {
        (value, [component]) => Some(value.normalised(schema, &component.ty)),
        (Value::Components(values), components) => Some(Value::Components(
            values
                .into_iter()
                .zip(components)
                .map(|(value, component)| value.normalised(schema, &component.ty))
                .collect(),
        )),
        (value @ Value::Text(_), _) => Some(value),
    }
}

/// "A change of a picture is also an update of its post": one for each value of the reference, none for an absent one,
/// one of an unknown post where it isn't known.
fn touched(schema: &Schema, event: &Event) -> Vec<Event> {
    let entity = schema.entity(event.entity);
    let mut found = Vec::new();
    for touch in &entity.touches {
        for (_, _, target) in entity
            .references()
            .filter(|(id, _, _)| *id == touch.reference)
        {
            let derive = |identity: Known| Event {
                entity: target,
                action: Action::Update,
                set: touch.fields,
                identity,
                attributes: BTreeMap::new(),
            };
            match read(entity, event, WhereField::Attribute(touch.reference)) {
                None => found.push(derive(None)),
                Some(values) => found.extend(
                    values
                        .into_iter()
                        .filter(Option::is_some)
                        .map(|value| derive(Some(BTreeSet::from([value])))),
                ),
            }
        }
    }
    found
}

/// What is known of a field of the changed entity.
fn read(entity: &Entity, event: &Event, field: WhereField) -> Known {
    let component = |index: usize| {
        let [.., _, _] = entity.identity.components.as_slice() else {
            return event.identity.clone();
        };
        let values = event.identity.as_ref()?.iter().map(|value| match value {
            Some(Value::Components(components)) => components.get(index).cloned(),
            Some(Value::Text(_)) | None => None,
        });
        Some(values.collect())
    };
    match field {
        WhereField::Identity => event.identity.clone(),
        WhereField::Component(index) => component(usize::from(index)),
        WhereField::Attribute(attribute) => {
            let index = entity
                .identity
                .components
                .iter()
                .position(|component| component.reference == Some(attribute));
            index
                .and_then(component)
                .or_else(|| event.attributes.get(&attribute).cloned().flatten())
        }
    }
}

// ---- Matching, binding, cascade ----

fn stale_regions(
    schema: &Schema,
    events: &BTreeSet<Event>,
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
            let regions = regions_of(schema, events, schema.cache(id), found);
            found.insert(id, regions);
        }
    }
}

fn regions_of(
    schema: &Schema,
    events: &BTreeSet<Event>,
    cache: &Cache,
    found: &BTreeMap<CacheId, Vec<Region>>,
) -> Vec<Region> {
    let mut regions = BTreeSet::new();
    for dependency in cache.dependencies() {
        match dependency {
            Dependency::When(when) => {
                for event in events.iter().filter(|event| meets(when, event)) {
                    regions.extend(of_image(cache, when, schema.entity(event.entity), event));
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

fn meets(when: &When, event: &Event) -> bool {
    when.patterns.iter().any(|pattern| {
        pattern.entity == event.entity
            && pattern.action.is_none_or(|action| action == event.action)
            && fields_met(pattern, &when.wheres, event)
    })
}

fn fields_met(pattern: &Pattern, wheres: &[Where<WhereField>], event: &Event) -> bool {
    let Some(fields) = pattern.fields else {
        return true;
    };
    let named = wheres.iter().any(|clause| match clause.left.value {
        WhereField::Attribute(attribute) => event.set.contains(FieldSet::one(attribute)),
        WhereField::Identity | WhereField::Component(_) => false,
    });
    fields.meets(event.set) || named
}

fn of_image(cache: &Cache, when: &When, entity: &Entity, event: &Event) -> Vec<Region> {
    let mut regions = vec![Region::all()];
    for clause in &when.wheres {
        let values = read(entity, event, clause.left.value);
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

impl Region {
    fn all() -> Self {
        Self {
            allowed: BTreeMap::new(),
            unknown: false,
        }
    }

    /// One region for each value, none of it empty.
    fn bound(
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
    fn allow(
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
    fn is_empty(&self, cache: &Cache) -> bool {
        self.allowed.iter().any(|(dimension, values)| {
            let declared = cache.dimension(*dimension);
            declared.kind == DimensionKind::Param
                && declared.cardinality != Cardinality::Optional
                && values.iter().all(Option::is_none)
        })
    }

    /// Whether an entry is in it; one whose tags aren't known may have any.
    fn holds(&self, cache: &Cache, entry: &Entry) -> bool {
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
    fn may_hold(&self, cache: &Cache, entry: &Entry) -> bool {
        let tag = |dimension: &DimensionId| cache.dimension(*dimension).kind == DimensionKind::Tag;
        entry.tags.is_none() && self.allowed.keys().any(tag)
    }

    /// The facet below it with the most dimensions, ties by order. Where everything is known it is a facet, or within a
    /// region that is one.
    fn widened(&self, plan: Option<&CachePlan>) -> Self {
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
