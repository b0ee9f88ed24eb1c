//! Which slots an entry and a region have.
//!
//! Owns the hashing of canonical values, anew seeded at each start. Knows facets as bit sets and values as texts, no
//! types. Keeps true: a region's places are among those of every entry that belongs to it.
//!
//! Entries of a scoped cache have each place twice, within their scope and within all: a change of an unscoped
//! entity reaches them without knowing their scope.

use std::hash::{BuildHasher, RandomState};

use super::slots::{Place, Ranges, Slots};
use crate::codegen::{CacheDef, Cardinality, DimensionKind, Region, Value};

/// Slots a cache may have at most: 512 MiB of them. Beyond that more regions share one, which costs reloads.
const MOST_SLOTS: u64 = 1 << 26;
const FEWEST_SLOTS: u64 = 64;

/// Works out places for one cache.
#[derive(Debug)]
pub(crate) struct Placer {
    def: &'static CacheDef,
    seed: RandomState,
}

/// The values of some dimensions of a facet.
type Values<'a> = Vec<&'a Value>;

impl Placer {
    pub(crate) fn new(def: &'static CacheDef) -> Self {
        Self {
            def,
            seed: RandomState::new(),
        }
    }

    /// How large this cache's table is.
    #[expect(clippy::cast_possible_truncation, reason = "bounded by `MOST_SLOTS`")]
    pub(crate) fn ranges(&self) -> Ranges {
        let hashed = (self.def.max_entries.saturating_mul(4))
            .clamp(FEWEST_SLOTS, MOST_SLOTS)
            .next_power_of_two();
        let facets = self.def.facets.len() as u32;
        let narrowed = (0..self.def.facets.len()).any(|facet| self.has_tag(facet));
        Ranges {
            fixed: 1 + facets,
            unknown: if narrowed { (hashed / 16) as u32 } else { 0 },
            hashed: hashed as u32,
        }
    }

    /// The places known before the load: those of the facets that bind params only, and the scope's.
    pub(crate) fn known(
        &self,
        slots: &Slots,
        scope: Option<&Value>,
        params: &[Value],
    ) -> Vec<Place> {
        let mut places = Vec::new();
        if self.def.scoped && scope.is_some() {
            places.push(self.whole(slots, scope));
        }
        for facet in (0..self.def.facets.len()).filter(|&facet| !self.has_tag(facet)) {
            let values = self.params_of(facet, params);
            self.twice(scope, |scope| {
                places.push(self.region(slots, facet, scope, &values));
            });
        }
        places
    }

    /// The places of the facets that bind a tag; with tags that aren't known, or too many, their unknown slots.
    pub(crate) fn tagged(
        &self,
        slots: &Slots,
        scope: Option<&Value>,
        params: &[Value],
        tags: Option<Vec<Vec<Value>>>,
    ) -> Vec<Place> {
        let tags = tags.filter(|tags| !self.too_many(tags));
        let mut places = Vec::new();
        for facet in (0..self.def.facets.len()).filter(|&facet| self.has_tag(facet)) {
            match &tags {
                None => {
                    let values = self.params_of(facet, params);
                    self.twice(scope, |scope| {
                        places.push(self.unknown(slots, facet, scope, &values));
                    });
                }
                Some(tags) => {
                    for values in self.combinations(facet, params, tags) {
                        self.twice(scope, |scope| {
                            places.push(self.region(slots, facet, scope, &values));
                        });
                    }
                }
            }
        }
        places
    }

    /// What clearing a region raises: its own slot and, where it binds a tag, the unknown slot.
    pub(crate) fn cleared(&self, slots: &Slots, region: &Region) -> Vec<Place> {
        let scope = region.scope.as_ref();
        let facet = region.facet.map(usize::from);
        let Some(facet) = facet.filter(|&facet| facet < self.def.facets.len()) else {
            return vec![self.whole(slots, scope)];
        };
        let values: Values<'_> = region.values.iter().collect();
        let scope = scope.filter(|_| self.def.scoped);
        let mut places = vec![self.region(slots, facet, scope, &values)];
        if self.has_tag(facet) {
            let params = self.without_tags(facet, &values);
            places.push(self.unknown(slots, facet, scope, &params));
        }
        places
    }

    fn twice(&self, scope: Option<&Value>, mut each: impl FnMut(Option<&Value>)) {
        each(None);
        if self.def.scoped && scope.is_some() {
            each(scope);
        }
    }

    fn whole(&self, slots: &Slots, scope: Option<&Value>) -> Place {
        match scope.filter(|_| self.def.scoped) {
            None => Place::WHOLE,
            Some(scope) => slots.hashed(self.hash(usize::MAX, Some(scope), &Vec::new())),
        }
    }

    fn region(
        &self,
        slots: &Slots,
        facet: usize,
        scope: Option<&Value>,
        values: &Values<'_>,
    ) -> Place {
        slots.hashed(self.hash(facet, scope, values))
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "a cache has at most 64 dimensions and few facets"
    )]
    fn unknown(
        &self,
        slots: &Slots,
        facet: usize,
        scope: Option<&Value>,
        params: &Values<'_>,
    ) -> Place {
        if scope.is_none() && params.is_empty() {
            return slots.fixed(1 + facet as u32);
        }
        slots.unknown(self.hash(facet, scope, params))
    }

    fn hash(&self, facet: usize, scope: Option<&Value>, values: &Values<'_>) -> u64 {
        self.seed.hash_one((facet, scope, values))
    }

    /// The dimensions a facet binds, ascending.
    fn dimensions(&self, facet: usize) -> impl Iterator<Item = usize> {
        let bits = self.def.facets.get(facet).copied().unwrap_or_default();
        (0..self.def.dimensions.len().min(64)).filter(move |dimension| bits >> dimension & 1 == 1)
    }

    fn is_tag(&self, dimension: usize) -> bool {
        self.def
            .dimensions
            .get(dimension)
            .is_some_and(|d| d.kind == DimensionKind::Tag)
    }

    fn has_tag(&self, facet: usize) -> bool {
        self.dimensions(facet)
            .any(|dimension| self.is_tag(dimension))
    }

    fn first_tag(&self) -> usize {
        self.def
            .dimensions
            .iter()
            .take_while(|d| d.kind == DimensionKind::Param)
            .count()
    }

    fn params_of<'a>(&self, facet: usize, params: &'a [Value]) -> Values<'a> {
        self.dimensions(facet)
            .filter_map(|dimension| params.get(dimension))
            .collect()
    }

    /// Of a region's values those of params; the dimensions of `values` are the facet's.
    fn without_tags<'a>(&self, facet: usize, values: &Values<'a>) -> Values<'a> {
        let bound = self.dimensions(facet).zip(values);
        bound
            .filter(|(dimension, _)| !self.is_tag(*dimension))
            .map(|(_, value)| *value)
            .collect()
    }

    /// Every combination of an entry's values in a facet: one, or one per value of its many-valued tag.
    fn combinations<'a>(
        &self,
        facet: usize,
        params: &'a [Value],
        tags: &'a [Vec<Value>],
    ) -> Vec<Values<'a>> {
        let first_tag = self.first_tag();
        let mut combinations = vec![Vec::new()];
        for dimension in self.dimensions(facet) {
            let values = match dimension.checked_sub(first_tag) {
                None => params.get(dimension).map(std::slice::from_ref),
                Some(tag) => tags.get(tag).map(Vec::as_slice),
            };
            combinations = extended(&combinations, values.unwrap_or_default());
        }
        combinations
    }

    /// Whether a many-valued tag has more values than the cache keeps slots for.
    fn too_many(&self, tags: &[Vec<Value>]) -> bool {
        let most = self.def.max_tags as usize;
        let declared = self
            .def
            .dimensions
            .iter()
            .filter(|d| d.kind == DimensionKind::Tag);
        declared
            .zip(tags)
            .any(|(d, values)| d.cardinality == Cardinality::Many && values.len() > most)
    }
}

/// Each combination continued by each value; none, if there are no values.
fn extended<'a>(combinations: &[Values<'a>], values: &'a [Value]) -> Vec<Values<'a>> {
    let continued = |so_far: &Values<'a>, value| {
        let mut next = so_far.clone();
        next.push(value);
        next
    };
    combinations
        .iter()
        .flat_map(|so_far| values.iter().map(move |value| continued(so_far, value)))
        .collect()
}
