//! The part of a cache that no type of value touches: slots, dates, counters.
//!
//! Owns what invalidation needs, so that a region can be cleared before anything of the cache was ever read. Knows
//! no entries.

use std::sync::Arc;

use super::counters::{Counters, count};
use super::expiry::Lifetimes;
use super::place::Placer;
use super::protocol::{Begun, Protocol, Step};
use super::slots::{Sequence, Slots};
use crate::clock::Clock;
use crate::codegen::{CacheDef, Region};

/// One cache, as far as invalidation goes.
#[derive(Debug)]
pub(crate) struct Core {
    pub(crate) def: &'static CacheDef,
    pub(crate) sequence: Arc<Sequence>,
    pub(crate) slots: Slots,
    pub(crate) placer: Placer,
    pub(crate) lifetimes: Lifetimes,
    pub(crate) counters: Counters,
    pub(crate) clock: Clock,
}

impl Core {
    pub(crate) fn new(def: &'static CacheDef, sequence: Arc<Sequence>, clock: Clock) -> Self {
        let placer = Placer::new(def);
        Self {
            def,
            sequence,
            slots: Slots::new(placer.ranges()),
            placer,
            lifetimes: Lifetimes::new(def),
            counters: Counters::default(),
            clock,
        }
    }

    /// Clears a region: every entry in it, and every load of one in flight, is stale from here on.
    pub(crate) fn clear<P: Protocol>(&self, region: &Region) {
        self.clear_observed::<P>(region, |_| ());
    }

    /// Like [`Core::clear`]; `after` is called between the steps.
    pub(crate) fn clear_observed<P: Protocol>(&self, region: &Region, after: impl FnMut(Step)) {
        let places = self.placer.cleared(&self.slots, region);
        P::bump(&self.slots, &self.sequence, &places, after);
        count(&self.counters.invalidations);
    }

    pub(crate) fn begin<P: Protocol>(&self) -> Begun {
        P::begin(&self.slots, &self.sequence)
    }
}
