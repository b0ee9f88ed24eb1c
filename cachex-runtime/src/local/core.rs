//! The part of a cache that no type of value touches: slots, dates, counters.
//!
//! Owns what invalidation needs, so that a region can be cleared before anything of the cache was ever read. Knows
//! no entries.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use super::counters::{Counters, count};
use super::expiry::Lifetimes;
use super::lag::Lag;
use super::place::Placer;
use super::protocol::{Begun, Protocol, Step};
use super::slots::Slots;
use crate::clock::Clock;
use crate::codegen::{CacheDef, Region};

/// One cache, as far as invalidation goes.
#[derive(Debug)]
pub(crate) struct Core {
    pub(crate) def: &'static CacheDef,
    pub(crate) slots: Slots,
    pub(crate) placer: Placer,
    pub(crate) lifetimes: Lifetimes,
    /// `None`: loaders read the primary.
    lag: Option<Lag>,
    /// Units of work that read past this cache, so that with none nobody needs to look for one.
    passing: AtomicU32,
    pub(crate) counters: Counters,
    pub(crate) clock: Clock,
}

impl Core {
    pub(crate) fn new(def: &'static CacheDef, clock: Clock) -> Self {
        let placer = Placer::new(def);
        Self {
            def,
            slots: Slots::new(placer.ranges()),
            placer,
            lifetimes: Lifetimes::new(def),
            lag: def.replica_lag.map(Lag::new),
            passing: AtomicU32::new(0),
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
        if let Some(lag) = &self.lag {
            lag.note(self.clock.exactly_now(), P::now(&self.slots));
        }
        P::bump(&self.slots, &places, after);
        count(&self.counters.invalidations);
    }

    pub(crate) fn begin<P: Protocol>(&self) -> Begun {
        let begun = P::begin(&self.slots);
        let lag = self.lag.as_ref();
        let seen = lag.map_or(begun.seen, |lag| lag.seen(self.clock.now(), begun.seen));
        Begun { seen, ..begun }
    }

    /// Whether loaders may lag behind the primary.
    pub(crate) fn lags(&self) -> bool {
        self.lag.is_some()
    }

    /// One more unit of work reads past this cache.
    pub(crate) fn pass(&self) {
        self.passing.fetch_add(1, Relaxed);
    }

    /// It does so no more.
    pub(crate) fn pass_no_more(&self) {
        self.passing.fetch_sub(1, Relaxed);
    }

    /// Whether some unit of work does.
    #[inline]
    pub(crate) fn is_passed(&self) -> bool {
        // Relaxed: a unit's own reads come after it began to pass, and the reads of others don't matter.
        self.passing.load(Relaxed) > 0
    }
}
