//! All caches of a schema, by the type of their keys.
//!
//! Owns the order of clearing: what lies beneath first. Knows no changes; regions come to it worked out.

use std::any::Any;
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};

use super::core::Core;
use super::counters::Stats;
use super::protocol::Sound;
use super::slots::Sequence;
use super::typed::Local;
use crate::clock::Clock;
use crate::codegen::{self, CacheDef, Key, Region, SchemaDef};

/// The in-process tier of one schema. Cheap to clone; its stores exist from the first read on, and its slots from the
/// first time a region near them was cleared.
#[derive(Debug, Clone)]
pub struct Caches {
    caches: Arc<[Registered]>,
}

/// What every hit passes stands first.
#[derive(Debug)]
struct Registered {
    locals: Typed,
    /// Units of work that read past this cache, so that with none nobody needs to look for one.
    passing: AtomicU32,
    core: Arc<Core>,
}

/// The stores of one cache: one for each type of value that is read from it, which is nearly always one. A chain
/// rather than a map behind a lock, as every hit passes here.
#[derive(Default)]
struct Typed(OnceLock<Link>);

struct Link {
    /// A [`Local`].
    local: Box<dyn Any + Send + Sync>,
    entries: fn(&dyn Any) -> usize,
    next: Box<Typed>,
}

impl Link {
    fn new<K: Key, V: Send + Sync + 'static>(core: &Arc<Core>) -> Self {
        let entries = |local: &dyn Any| local.downcast_ref().map_or(0, Local::<K, V>::entries);
        Self {
            local: Box::new(Local::<K, V>::new(Arc::clone(core))),
            entries,
            next: Box::default(),
        }
    }
}

impl Typed {
    /// The store, if it is the first one: what a hit finds.
    #[inline]
    fn first<T: 'static>(&self) -> Option<&T> {
        self.0.get()?.local.downcast_ref()
    }

    fn of<K: Key, V: Send + Sync + 'static>(&self, core: &Arc<Core>) -> &Local<K, V> {
        let mut chain = self;
        loop {
            let link = chain.0.get_or_init(|| Link::new::<K, V>(core));
            if let Some(local) = link.local.downcast_ref() {
                return local;
            }
            chain = &link.next;
        }
    }

    fn entries(&self) -> usize {
        self.0
            .get()
            .map_or(0, |link| (link.entries)(&*link.local) + link.next.entries())
    }
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} entries", self.entries())
    }
}

impl Registered {
    #[cold]
    fn of<K: Key, V: Send + Sync + 'static>(&self) -> Option<&Local<K, V>> {
        std::ptr::eq(self.core.def, codegen::cache::<K>()).then(|| self.locals.of(&self.core))
    }
}

impl Caches {
    /// The caches of a schema, empty.
    pub fn new(schema: &SchemaDef, clock: &Clock) -> Self {
        let sequence = Arc::new(Sequence::default());
        let register = |&def: &&'static CacheDef| Registered {
            locals: Typed::default(),
            passing: AtomicU32::new(0),
            core: Arc::new(Core::new(def, Arc::clone(&sequence), clock.clone())),
        };
        Self {
            caches: schema.caches.iter().map(register).collect(),
        }
    }

    /// The cache a key belongs to; `None`: it is one of another schema.
    #[inline]
    pub fn of<K: Key, V: Send + Sync + 'static>(&self) -> Option<&Local<K, V>> {
        let cache = self.caches.get(K::CACHE as usize)?;
        // Only a key of this schema ever had a store made.
        match cache.locals.first() {
            Some(local) => Some(local),
            None => cache.of(),
        }
    }

    /// Whether some unit of work reads past a cache.
    #[inline]
    pub(crate) fn is_passed(&self, cache: u32) -> bool {
        // Relaxed: a unit's own reads come after it began to pass, and the reads of others don't matter.
        let cache = self.caches.get(cache as usize);
        cache.is_some_and(|cache| cache.passing.load(Relaxed) > 0)
    }

    /// One more unit of work reads past a cache.
    pub(crate) fn pass(&self, cache: u32) {
        if let Some(cache) = self.caches.get(cache as usize) {
            cache.passing.fetch_add(1, Relaxed);
        }
    }

    /// It does so no more.
    pub(crate) fn pass_no_more(&self, cache: u32) {
        if let Some(cache) = self.caches.get(cache as usize) {
            cache.passing.fetch_sub(1, Relaxed);
        }
    }

    /// Clears regions, upstream caches first, and returns when all of them are. Regions of other schemas' caches
    /// are passed over.
    pub fn clear<'a>(&self, regions: impl IntoIterator<Item = &'a Region>) {
        self.clear_each(regions, Core::clear::<Sound>);
    }

    pub(super) fn clear_each<'a>(
        &self,
        regions: impl IntoIterator<Item = &'a Region>,
        mut clear: impl FnMut(&Core, &Region),
    ) {
        let known =
            |region: &'a Region| Some((&self.caches.get(region.cache as usize)?.core, region));
        let mut known: Vec<_> = regions.into_iter().filter_map(known).collect();
        // Stable: within one cache any order will do.
        known.sort_by_key(|(core, _)| core.def.order);
        for (core, region) in known {
            clear(core, region);
        }
    }

    #[cfg(any(test, feature = "testing"))]
    pub(super) fn core(&self, cache: u32) -> Option<&Core> {
        Some(&self.caches.get(cache as usize)?.core)
    }

    /// Whether clearing one of two regions makes entries of the other miss, as they share a slot.
    pub fn share_a_slot(&self, one: &Region, other: &Region) -> bool {
        let Some(cache) = self
            .caches
            .get(one.cache as usize)
            .filter(|_| one.cache == other.cache)
        else {
            return false;
        };
        let Core { placer, slots, .. } = &*cache.core;
        let others = placer.cleared(slots, other);
        placer
            .cleared(slots, one)
            .iter()
            .any(|place| others.iter().any(|other| slots.share(*place, *other)))
    }

    /// What each cache has counted, by name, in the order of the schema.
    pub fn stats(&self) -> Vec<(&'static str, Stats)> {
        let stats = |cache: &Registered| {
            let entries = cache.locals.entries();
            (cache.core.def.name, cache.core.counters.snapshot(entries))
        };
        self.caches.iter().map(stats).collect()
    }
}
