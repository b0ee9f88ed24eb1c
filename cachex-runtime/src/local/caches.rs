//! All caches of a schema, by the type of their keys.
//!
//! Owns the order of clearing: what lies beneath first. Knows no changes; regions come to it worked out.

use std::any::Any;
use std::fmt;
use std::sync::{Arc, OnceLock};

use super::core::Core;
use super::counters::Stats;
use super::protocol::Sound;
use super::slots::Sequence;
use super::typed::Local;
use crate::clock::Clock;
use crate::codegen::{CacheDef, Key, Region, SchemaDef};

/// The in-process tier of one schema. Its slots exist from the start, its stores from the first read on.
#[derive(Debug)]
pub struct Caches {
    caches: Box<[Registered]>,
}

#[derive(Debug)]
struct Registered {
    core: Arc<Core>,
    locals: Typed,
}

/// The stores of one cache: one for each type of value that is read from it, which is nearly always one. A chain
/// rather than a map behind a lock, as every hit passes here.
#[derive(Default)]
struct Typed(OnceLock<Box<Link>>);

struct Link {
    local: Box<dyn AnyLocal>,
    next: Typed,
}

trait AnyLocal: Any + Send + Sync {
    fn as_any(&self) -> &dyn Any;
    fn entries(&self) -> usize;
}

impl<K: Key, V: Send + Sync + 'static> AnyLocal for Local<K, V> {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn entries(&self) -> usize {
        Self::entries(self)
    }
}

impl Typed {
    fn of<K: Key, V: Send + Sync + 'static>(&self, core: &Arc<Core>) -> &Local<K, V> {
        let mut chain = self;
        loop {
            let link = chain.0.get_or_init(|| {
                Box::new(Link {
                    local: Box::new(Local::<K, V>::new(Arc::clone(core))),
                    next: Self::default(),
                })
            });
            if let Some(local) = link.local.as_any().downcast_ref() {
                return local;
            }
            chain = &link.next;
        }
    }

    fn entries(&self) -> usize {
        self.0
            .get()
            .map_or(0, |link| link.local.entries() + link.next.entries())
    }
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} entries", self.entries())
    }
}

impl Caches {
    /// The caches of a schema, empty.
    pub fn new(schema: &SchemaDef, clock: &Clock) -> Self {
        let sequence = Arc::new(Sequence::default());
        let register = |&def: &&'static CacheDef| Registered {
            core: Arc::new(Core::new(def, Arc::clone(&sequence), clock.clone())),
            locals: Typed::default(),
        };
        Self {
            caches: schema.caches.iter().map(register).collect(),
        }
    }

    /// The cache a key belongs to; `None`: it is one of another schema.
    #[inline]
    pub fn of<K: Key, V: Send + Sync + 'static>(&self) -> Option<&Local<K, V>> {
        let cache = self.caches.get(K::CACHE.index as usize)?;
        std::ptr::eq(cache.core.def, K::CACHE).then(|| cache.locals.of(&cache.core))
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
