//! All caches of a schema, by the type of their keys.
//!
//! Owns the order of clearing: what lies beneath first. Knows no changes; regions come to it worked out.

use std::any::Any;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};

use super::core::Core;
use super::counters::Stats;
use super::home::{AnyHome, Home};
use super::protocol::Sound;
use super::typed::Local;
use crate::clock::Clock;
use crate::codegen::{self, CacheDef, Key, Region, SchemaDef};

/// The in-process tier of one schema. Cheap to clone; its stores exist from the first read on, and its slots from the
/// first time a region near them was cleared.
#[derive(Debug, Clone)]
pub struct Caches {
    caches: Arc<[Registered]>,
}

#[derive(Debug)]
struct Registered {
    locals: Typed,
    /// Whether its stores are to be made in their homes.
    moves: AtomicBool,
    core: Arc<Core>,
}

/// The stores of one cache: one for each type of value that is read from it, which is nearly always one. A chain
/// rather than a map behind a lock, as every hit passes here.
#[derive(Default)]
struct Typed(OnceLock<Link>);

struct Link {
    local: Held,
    entries: fn(&dyn Any) -> usize,
    next: Box<Typed>,
}

/// A [`Local`].
enum Held {
    Here(Box<dyn Any + Send + Sync>),
    AtHome(AnyHome),
}

impl Link {
    fn new<K: Key, V: Send + Sync + 'static>(cache: &Registered, caches: &Caches) -> Self {
        let core = &cache.core;
        let moves = cache.moves.load(Relaxed);
        let at_home = moves.then(|| Home::<K, V>::enter(caches, core)).flatten();
        Self {
            local: match at_home {
                Some(local) => Held::AtHome(local),
                None => Held::Here(Box::new(Local::<K, V>::new(Arc::clone(core)))),
            },
            entries: |local| local.downcast_ref().map_or(0, Local::<K, V>::entries),
            next: Box::default(),
        }
    }

    #[inline]
    fn local(&self) -> &(dyn Any + Send + Sync) {
        match &self.local {
            Held::Here(local) => &**local,
            Held::AtHome(local) => *local,
        }
    }
}

impl Typed {
    /// The store, if it is the first one: what a hit finds.
    #[inline]
    fn first<T: 'static>(&self) -> Option<&T> {
        self.0.get()?.local().downcast_ref()
    }

    fn of<K: Key, V: Send + Sync + 'static>(&self, new: impl Fn() -> Link) -> &Local<K, V> {
        let mut chain = self;
        loop {
            let link = chain.0.get_or_init(&new);
            if let Some(local) = link.local().downcast_ref() {
                return local;
            }
            chain = &link.next;
        }
    }

    fn entries(&self) -> usize {
        self.0
            .get()
            .map_or(0, |link| (link.entries)(link.local()) + link.next.entries())
    }
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} entries", self.entries())
    }
}

impl Registered {
    #[cold]
    fn of<K: Key, V: Send + Sync + 'static>(&self, caches: &Caches) -> Option<&Local<K, V>> {
        if !std::ptr::eq(self.core.def, codegen::cache::<K>()) {
            return None;
        }
        Some(self.locals.of(|| Link::new::<K, V>(self, caches)))
    }
}

impl Caches {
    /// The caches of a schema, empty.
    pub fn new(schema: &SchemaDef, clock: &Clock) -> Self {
        let register = |&def: &&'static CacheDef| Registered {
            locals: Typed::default(),
            moves: AtomicBool::new(false),
            core: Arc::new(Core::new(def, clock.clone())),
        };
        Self {
            caches: schema.caches.iter().map(register).collect(),
        }
    }

    /// Whether these are the same caches.
    #[inline]
    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.caches, &other.caches)
    }

    /// Stores that are made from now on are made in statics, as far as those are free ([`Home`]). They stay there to the
    /// end of the process.
    pub(crate) fn move_home(&self) {
        for cache in &*self.caches {
            cache.moves.store(true, Relaxed);
        }
    }

    /// The cache a key belongs to, if it is in its home.
    #[expect(
        clippy::inline_always,
        reason = "measured: a hit left out of line costs a fifth more"
    )]
    #[inline(always)]
    pub(crate) fn at_home<K: Key, V: Send + Sync + 'static>(&self) -> Option<&Local<K, V>> {
        Home::local_of(self)
    }

    /// The cache a key belongs to; `None`: it is one of another schema.
    pub fn of<K: Key, V: Send + Sync + 'static>(&self) -> Option<&Local<K, V>> {
        let cache = self.caches.get(K::CACHE as usize)?;
        // Only a key of this schema ever had a store made.
        match cache.locals.first() {
            Some(local) => Some(local),
            None => cache.of(self),
        }
    }

    /// One more unit of work reads past a cache.
    pub(crate) fn pass(&self, cache: u32) {
        if let Some(cache) = self.caches.get(cache as usize) {
            cache.core.pass();
        }
    }

    /// It does so no more.
    pub(crate) fn pass_no_more(&self, cache: u32) {
        if let Some(cache) = self.caches.get(cache as usize) {
            cache.core.pass_no_more();
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
