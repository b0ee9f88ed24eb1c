//! What a runtime cleared and told, and which primed entries it left.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use super::Primed;
use crate::apply::Observer;
use crate::cachex::{Cachex, Inner};
use crate::change::cache_at;
use crate::codegen::Region;
use crate::event::Event;
use crate::header;
use crate::local::{Caches, Probe};

/// What was cleared and told so far. Clones are the same recorder.
#[derive(Debug, Clone, Default)]
pub struct Recorder(Arc<Mutex<Recorded>>);

#[derive(Debug, Default)]
struct Recorded {
    /// Weak: the runtime holds its recorder.
    runtime: Weak<Inner>,
    caches: Option<Caches>,
    regions: Vec<Region>,
    events: Vec<Event>,
    primed: Vec<(Primed, Probe)>,
}

impl Recorder {
    fn lock(&self) -> MutexGuard<'_, Recorded> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn of(&self, cachex: &Cachex) {
        let mut recorded = self.lock();
        recorded.runtime = Arc::downgrade(&cachex.inner);
        recorded.caches = Some(cachex.caches.clone());
    }

    pub(super) fn prime(&self, primed: Primed) {
        let mut recorded = self.lock();
        let Some(caches) = &recorded.caches else {
            return;
        };
        let Primed {
            cache,
            scope,
            params,
            tags,
        } = primed.clone();
        if let Some(probe) = caches.probe(cache, scope.as_ref(), &params, tags) {
            recorded.primed.push((primed, probe));
        }
    }

    /// The regions cleared, in the order they were.
    pub fn regions(&self) -> Vec<Region> {
        self.lock().regions.clone()
    }

    /// The events told, in their order.
    pub fn events(&self) -> Vec<Event> {
        self.lock().events.clone()
    }

    /// The `X-Cache-Invalidate` an answer would tell these events with.
    pub fn header(&self) -> Option<String> {
        let events = self.events();
        header::invalidate(&events.iter().collect::<Vec<_>>())
    }

    /// The primed entries that would be served no more.
    pub fn gone(&self) -> Vec<Primed> {
        self.sorted_out().0
    }

    /// The primed entries that would still be served.
    pub fn kept(&self) -> Vec<Primed> {
        self.sorted_out().1
    }

    /// Forgets what was recorded and primed.
    pub fn forget(&self) {
        let mut recorded = self.lock();
        recorded.regions.clear();
        recorded.events.clear();
        recorded.primed.clear();
    }

    fn sorted_out(&self) -> (Vec<Primed>, Vec<Primed>) {
        let recorded = self.lock();
        let Some(runtime) = recorded.runtime.upgrade() else {
            return Default::default();
        };
        let all = recorded.primed.iter();
        let (gone, kept): (Vec<_>, Vec<_>) = all.partition(|it| recorded.is_gone(&runtime, it));
        let entries =
            |them: Vec<&(Primed, Probe)>| them.into_iter().map(|it| it.0.clone()).collect();
        (entries(gone), entries(kept))
    }

    pub(super) fn cache_named(&self, name: &str) -> Option<u32> {
        let runtime = self.lock().runtime.upgrade()?;
        let mut caches = runtime.schema.caches.iter();
        caches
            .find(|cache| cache.name == name)
            .map(|cache| cache.index)
    }
}

impl Recorded {
    /// Not served any more, and not only because its slot is shared with what was cleared: slots are seeded anew at
    /// each start, and a test that fails once in a while because two regions met is worth nothing.
    fn is_gone(&self, runtime: &Inner, (primed, probe): &(Primed, Probe)) -> bool {
        let caches = self.caches.as_ref();
        if caches.is_some_and(|caches| caches.is_valid(probe)) {
            return false;
        }
        let Some(cache) = cache_at(runtime.schema, primed.cache) else {
            return false;
        };
        let mut regions = self.regions.iter();
        regions.any(|region| primed.lies_in(cache, region))
    }
}

impl Observer for Recorder {
    fn cleared(&self, regions: &[Region]) {
        self.lock().regions.extend_from_slice(regions);
    }

    fn told(&self, events: &[Event]) {
        self.lock().events.extend_from_slice(events);
    }
}
