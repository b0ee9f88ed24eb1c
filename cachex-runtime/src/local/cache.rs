//! One cache in process: look-up and single-flight loading.
//!
//! Owns the way of a read up to a load's end, which stands in `landing`. Knows no regions: those are cleared through
//! [`Core`]. Keeps true: a read returns what was found valid after the read began, or what a load that began after it
//! gave.

use std::marker::PhantomData;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering::Acquire, compiler_fence};

use super::core::Core;
use super::counters::count;
use super::entry::{Answer, Entry, Loaded};
use super::expiry::Age;
use super::flights::{Entered, Flights};
use super::hit_or_load::HitOrLoad;
use super::lag::Sight;
use super::landing::Outcome;
use super::loading::{self, LoadError};
use super::protocol::{Protocol, Sound};
use super::slots::{Place, Walk};
use super::store::{Checked, Store};
use crate::clock::Clock;
use crate::codegen::Key;

/// The entries of one cache, for one type of value. `P` is the protocol; outside tests it is the sound one.
pub(crate) struct Cache<K: Key, V, P: Protocol = Sound> {
    pub(super) core: Arc<Core>,
    pub(super) store: Store<K, V>,
    pub(super) flights: Flights<K, Outcome<V>>,
    /// The core's. Held here as well, since every hit reads it, and each pointer on the way to it costs.
    pub(super) clock: Clock,
    protocol: PhantomData<P>,
    /// Never touched. What holds one of these may change while it is lent, as far as the compiler knows
    /// ([`Cache::is_fresh`]).
    _changes: AtomicU8,
}

/// What a look into the store gives.
pub(super) enum Look<V> {
    /// An entry within its TTL; "there is none" is one, too.
    Fresh(Answer<V>),
    /// A valid entry past its TTL.
    Expired(Age, Answer<V>),
    /// Nothing that may be served.
    Missing,
}

impl<K: Key, V: Send + Sync + 'static, P: Protocol> Cache<K, V, P> {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self {
            store: Store::new(core.def.max_entries),
            clock: core.clock.clone(),
            core,
            flights: Flights::new(),
            protocol: PhantomData,
            _changes: AtomicU8::new(0),
        }
    }

    #[expect(
        clippy::inline_always,
        reason = "measured: a hit left out of line costs a fifth more"
    )]
    #[inline(always)]
    pub(crate) fn get<Site>(&self, key: &K) -> Option<Answer<V>> {
        let found = self.fresh::<Site>(key);
        if found.is_none() {
            self.count_miss();
        }
        found
    }

    #[cold]
    fn count_miss(&self) {
        count(&self.core.counters.misses);
    }

    #[expect(
        clippy::inline_always,
        reason = "measured: a hit left out of line costs a fifth more"
    )]
    #[inline(always)]
    pub(crate) fn fresh<Site>(&self, key: &K) -> Option<Answer<V>> {
        match self.look_at::<Site>(key) {
            Look::Fresh(answer) => Some(answer),
            Look::Expired(..) | Look::Missing => None,
        }
    }

    #[inline]
    pub(crate) fn get_or_load<E, F, Fut>(
        &self,
        key: &K,
        load: F,
    ) -> impl Future<Output = Result<Answer<V>, LoadError<E>>>
    where
        E: Send + Sync + 'static,
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<Loaded<V, K::Tags>, E>>,
    {
        HitOrLoad::Looks(move || match self.fresh::<F>(key) {
            Some(value) => ControlFlow::Break(Ok(value)),
            None => ControlFlow::Continue(self.miss(key, load)),
        })
    }

    /// Boxed, and boxed out of line: a hit shouldn't carry about the room that a load needs, nor make it on its stack.
    #[cold]
    #[inline(never)]
    fn miss<E, F, Fut>(
        &self,
        key: &K,
        load: F,
    ) -> Pin<Box<impl Future<Output = Result<Answer<V>, LoadError<E>>>>>
    where
        E: Send + Sync + 'static,
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<Loaded<V, K::Tags>, E>>,
    {
        Box::pin(self.load(key, load))
    }

    /// Loads what was not found, or joins who does.
    pub(crate) async fn load<E, F, Fut>(&self, key: &K, load: F) -> Result<Answer<V>, LoadError<E>>
    where
        E: Send + Sync + 'static,
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<Loaded<V, K::Tags>, E>>,
    {
        let expired = match self.look(key) {
            Look::Fresh(value) => return Ok(value),
            Look::Expired(Age::Revalidating, value) => Some(value),
            Look::Expired(..) | Look::Missing => None,
        };
        let (known, mut refusals) = (self.known(key), 0);
        loop {
            let outcome = match self.enter(key, &known) {
                Entered::Landed(value) => return Ok(value),
                Entered::Leads(flight) => {
                    count(&self.core.counters.misses);
                    let (loaded, sight) = self.call(load).await;
                    return self.land(flight, &known, loaded, sight);
                }
                Entered::Waits(wait) => match expired {
                    Some(expired) => {
                        count(&self.core.counters.stale_hits);
                        return Ok(expired);
                    }
                    None => self.wait(wait, &known, &mut refusals).await,
                },
            };
            if let Some(result) = outcome.and_then(|outcome| self.typed(key, outcome)) {
                count(&self.core.counters.misses);
                return result;
            }
        }
    }

    pub(crate) fn entries(&self) -> usize {
        self.store.len()
    }

    /// Looks the key up, where hits are rare.
    pub(super) fn look(&self, key: &K) -> Look<V> {
        self.look_at::<Self>(key)
    }

    /// Looks the key up. `Site` is the place that looks: each has a look-up of its own in the compiled program, which
    /// can be made part of it; one that several places shared would be called, and be handed its key through memory.
    #[expect(
        clippy::inline_always,
        reason = "measured: a hit left out of line costs a fifth more"
    )]
    #[expect(
        clippy::extra_unused_type_parameters,
        reason = "the closure is of another type for each `Site`, and so is the look-up"
    )]
    #[inline(always)]
    fn look_at<Site>(&self, key: &K) -> Look<V> {
        match self.store.get(key, |entry| self.is_fresh(entry)) {
            Some(value) => {
                self.core.counters.count_hit();
                Look::Fresh(value)
            }
            None => self.look_closer(key),
        }
    }

    /// Whether an entry may be served just so.
    ///
    /// The count of bumps is read when the entry is there. Nothing is stamped with it, and this read has begun: where the
    /// entry's stamp is the count, nothing was cleared since but what is still under way. Count and time read before would
    /// be written to the stack on each hit, to be kept across the store's locked instructions, which wait for writes.
    ///
    /// So it is with the ways to both: the fence, which is none to the processor, keeps the compiler from reading them
    /// beforehand, as far as it takes the cache for something that may change.
    #[expect(
        clippy::inline_always,
        reason = "measured: a hit left out of line costs a fifth more"
    )]
    #[inline(always)]
    fn is_fresh(&self, entry: &Entry) -> bool {
        compiler_fence(Acquire);
        entry.is_verified(self.core.slots.bumps())
            && entry.expires().is_after(self.clock.now().step())
    }

    /// There is no entry, or something in the cache was cleared since it was last found valid, or it is past its
    /// TTL.
    #[cold]
    fn look_closer(&self, key: &K) -> Look<V> {
        let look = self.recheck(key);
        if matches!(look, Look::Fresh(_)) {
            self.core.counters.count_hit();
        }
        look
    }

    /// Asks the slots, and for the time again, of which a hit so keeps nothing.
    fn recheck(&self, key: &K) -> Look<V> {
        let now = self.clock.now();
        match self.store.check::<P>(key, &self.core.slots) {
            Checked::Valid(value, expires) => match self.core.lifetimes.age(now, expires) {
                Age::Fresh => Look::Fresh(value),
                Age::Over => Look::Missing,
                age => Look::Expired(age, value),
            },
            Checked::Refused(Walk::Foreign) => {
                count(&self.core.counters.foreign_misses);
                Look::Missing
            }
            Checked::Refused(_) | Checked::Nothing => Look::Missing,
        }
    }

    /// The places of a key that need no loading.
    pub(super) fn known(&self, key: &K) -> Vec<Place> {
        let (scope, params) = (key.scope(), key.params());
        self.core
            .placer
            .known(&self.core.slots, scope.as_ref(), &params)
    }

    pub(super) fn enter(&self, key: &K, known: &[Place]) -> Entered<K, Outcome<V>, Answer<V>> {
        let slots = &self.core.slots;
        self.flights.enter(
            key,
            |flight| loading::may_wait(self.core.def) && P::joins(slots.walk(known, flight.stamp)),
            || self.just_landed(key),
            || self.core.begin::<P>(),
        )
    }

    /// An entry that was published since this reader looked. It walks no slots, as it is asked for under the lock of
    /// the flights; at worst the reader loads once more.
    pub(super) fn just_landed(&self, key: &K) -> Option<Answer<V>> {
        self.store.get(key, |entry| self.is_fresh(entry))
    }

    /// Calls a loader; what it gives, and whether it was built from something that lags.
    pub(super) async fn call<T, E, F, Fut>(&self, load: F) -> (Result<T, LoadError<E>>, Sight)
    where
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<T, E>>,
    {
        count(&self.core.counters.loads);
        let (loaded, sight) = loading::run(self.core.def, load).await;
        if loaded.is_err() {
            count(&self.core.counters.load_errors);
        }
        (loaded, sight)
    }

    /// What the loader gives, past the store. It has no stamp: where loaders lag, it may.
    pub(super) async fn load_through<T, E, F, Fut>(&self, load: F) -> Result<T, LoadError<E>>
    where
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<T, E>>,
    {
        let (loaded, sight) = self.call(load).await;
        loading::hand_on(sight.and(Sight::lagging_if(self.core.lags())));
        loaded
    }
}
