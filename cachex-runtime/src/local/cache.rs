//! One cache in process: look-up, single-flight loading, publishing.
//!
//! Owns the way of a read. Knows no regions: those are cleared through [`Core`]. Keeps true: a read returns what was
//! found valid after the read began, or what a load that began after it gave.

use std::marker::PhantomData;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::sync::Arc;

use super::core::Core;
use super::counters::count;
use super::entry::{Answer, Entry, Loaded};
use super::expiry::Age;
use super::flights::{Entered, Flights, Lead, Wait};
use super::hit_or_load::HitOrLoad;
use super::lag::Sight;
use super::loading::{self, LoadError, SharedError};
use super::protocol::{Begun, Protocol, Sound};
use super::slots::{Place, Walk};
use super::store::{Checked, Store};
use crate::clock::Clock;
use crate::codegen::{Key, Tags as _};

/// How often a waiter refuses what was delivered before it takes it all the same. From the second on it joined a
/// load that began after its own start, so any of them would keep the promise; it goes on for the fresher value.
const REFUSALS: u32 = 3;

/// The entries of one cache, for one type of value. `P` is the protocol; outside tests it is the sound one.
pub(crate) struct Cache<K: Key, V, P: Protocol = Sound> {
    pub(super) core: Arc<Core>,
    pub(super) store: Store<K, V>,
    pub(super) flights: Flights<K, Outcome<V>>,
    /// The core's. Held here as well, since every hit reads it, and each pointer on the way to it costs.
    clock: Clock,
    protocol: PhantomData<P>,
}

/// How a flight landed. An error counts as an entry whose tags are not known.
pub(super) struct Outcome<V> {
    begun: Begun,
    sight: Sight,
    places: Arc<[Place]>,
    result: Result<Answer<V>, SharedError>,
}

impl<V> Clone for Outcome<V> {
    fn clone(&self) -> Self {
        Self {
            begun: self.begun,
            sight: self.sight,
            places: Arc::clone(&self.places),
            result: self.result.clone(),
        }
    }
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
        }
    }

    #[expect(
        clippy::inline_always,
        reason = "measured: a hit left out of line costs a fifth more"
    )]
    #[inline(always)]
    pub(crate) fn get<Site>(&self, key: &K) -> Option<Answer<V>> {
        match self.look_at::<Site>(key) {
            Look::Fresh(answer) => Some(answer),
            Look::Expired(..) | Look::Missing => {
                count(&self.core.counters.misses);
                None
            }
        }
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

    pub(crate) fn prime(&self, key: &K, loaded: Loaded<V, K::Tags>) {
        let begun = self.core.begin::<P>();
        let places = self.places(key, &self.known(key), loaded.tags.as_ref());
        if self.sight(begun, &places) == Sight::Clear {
            self.publish(key, begun, loaded.value.map(Arc::new), &places);
        }
    }

    pub(crate) fn entries(&self) -> usize {
        self.store.len()
    }

    /// Looks the key up, where hits are rare.
    pub(super) fn look(&self, key: &K) -> Look<V> {
        self.look_at::<Self>(key)
    }

    /// Looks the key up. The count of bumps is read before the entry: read after it, it might vouch for an
    /// invalidation that came in between.
    ///
    /// All else that needs no entry is done before as well, for another reason: behind the store's locked
    /// instructions nothing overlaps, and every read or write costs its whole way to memory.
    #[expect(
        clippy::inline_always,
        reason = "measured: a hit left out of line costs a fifth more"
    )]
    #[inline(always)]
    fn look_at<Site>(&self, key: &K) -> Look<V> {
        let bumps = self.core.slots.bumps();
        let now = self.clock.now().step();
        self.core.counters.count_look();
        match self.store.get::<Site>(key, bumps, now) {
            Some(value) => Look::Fresh(value),
            None => self.look_closer(key),
        }
    }

    /// There is no entry, or something in the cache was cleared since it was last found valid, or it is past its
    /// TTL.
    #[cold]
    fn look_closer(&self, key: &K) -> Look<V> {
        let look = self.recheck(key);
        if !matches!(look, Look::Fresh(_)) {
            count(&self.core.counters.not_fresh);
        }
        look
    }

    /// Asks for the count and the time again, of which a hit so keeps nothing: the count, again, before the slots.
    fn recheck(&self, key: &K) -> Look<V> {
        let (bumps, now) = (self.core.slots.bumps(), self.clock.now());
        match self.store.check::<P>(key, &self.core.slots, bumps) {
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

    /// The places of what was loaded, the known ones first.
    fn places(&self, key: &K, known: &[Place], tags: Option<&K::Tags>) -> Vec<Place> {
        let (scope, params) = (key.scope(), key.params());
        let (core, are_known) = (&self.core, tags.is_some());
        let tags = tags.map(K::Tags::values);
        let tagged = core
            .placer
            .tagged(&core.slots, scope.as_ref(), &params, tags);
        let tagged = if are_known {
            tagged
        } else {
            P::unknown(tagged)
        };
        [known, &tagged].concat()
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
        let bumps = self.core.slots.bumps();
        let now = self.clock.now();
        self.store.get::<Self>(key, bumps, now.step())
    }

    /// Waits for a flight to land; `None`: the leader was dropped, or what it gave is refused.
    pub(super) async fn wait(
        &self,
        wait: Wait<Outcome<V>>,
        known: &[Place],
        refusals: &mut u32,
    ) -> Option<Outcome<V>> {
        let outcome = wait.landed().await?;
        let slots = &self.core.slots;
        let stamp = outcome.begun.stamp;
        let taken = P::takes(slots.walk(known, stamp), slots.walk(&outcome.places, stamp));
        if !taken {
            *refusals += 1;
        }
        let outcome = (taken || *refusals >= REFUSALS).then_some(outcome)?;
        loading::hand_on(outcome.sight);
        Some(outcome)
    }

    /// What another reader's flight gave, as this reader's types; `None` if its error is of another type.
    pub(super) fn typed<E>(
        &self,
        key: &K,
        outcome: Outcome<V>,
    ) -> Option<Result<Answer<V>, LoadError<E>>>
    where
        E: Send + Sync + 'static,
    {
        match outcome.result {
            Ok(value) => Some(Ok(value)),
            Err(error) => Some(self.reserve(key, error.into_typed()?)),
        }
    }

    /// Publishes what the loader gave, and ends the flight with it; what the one who led gets.
    pub(super) fn land<E: Send + Sync + 'static>(
        &self,
        lead: Lead<K, Outcome<V>>,
        known: &[Place],
        loaded: Result<Loaded<V, K::Tags>, LoadError<E>>,
        sight: Sight,
    ) -> Result<Answer<V>, LoadError<E>> {
        let key = lead.key().clone();
        self.settle(lead, known, loaded, sight)
            .or_else(|error| self.reserve(&key, error))
    }

    /// Publishes what the loader gave, and ends the flight with it.
    pub(super) fn settle<E: Send + Sync + 'static>(
        &self,
        lead: Lead<K, Outcome<V>>,
        known: &[Place],
        loaded: Result<Loaded<V, K::Tags>, LoadError<E>>,
        sight: Sight,
    ) -> Result<Answer<V>, LoadError<E>> {
        let (begun, key) = (lead.begun(), lead.key().clone());
        let tags = loaded.as_ref().ok().and_then(|loaded| loaded.tags.as_ref());
        let places = self.places(&key, known, tags);
        let result = loaded.map(|loaded| loaded.value.map(Arc::new));
        let sight = sight.and(self.sight(begun, &places));
        loading::hand_on(sight);
        if let (Ok(value), Sight::Clear) = (&result, sight) {
            self.publish(&key, begun, value.clone(), &places);
        }
        lead.land(Outcome {
            begun,
            sight,
            places: places.into(),
            result: result.as_ref().map_err(SharedError::of).cloned(),
        });
        result
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

    /// Whether the loader may have missed what was cleared before it was called. A bump that is counted in
    /// `begun.bumps` has raised its slots, so none of them is overlooked; one that isn't is found by a hit.
    fn sight(&self, begun: Begun, places: &[Place]) -> Sight {
        let lagging = || self.core.slots.walk(places, begun.seen) != Walk::Valid;
        Sight::lagging_if(self.core.lags() && lagging())
    }

    /// Stores what was loaded, unless it is stale already or "there is none" isn't kept.
    fn publish(&self, key: &K, begun: Begun, value: Answer<V>, places: &[Place]) {
        let Begun { seen, bumps, .. } = P::publish(&self.core.slots, &self.core.sequence, begun);
        let now = self.clock.now();
        let expires = match value {
            Some(_) => Some(self.core.lifetimes.expiry(now)),
            None => self.core.lifetimes.negative_expiry(now),
        };
        // Spares a useless entry, no more: whoever finds one that is stale refuses it.
        let stale = self.core.slots.walk(places, seen) != Walk::Valid;
        if let Some(expires) = expires.filter(|_| !stale) {
            let entry = Entry::new(expires, (seen, bumps), places);
            self.store.insert(key.clone(), entry, value);
        }
    }

    /// The loader failed: an entry past its TTL stands in, if one lies there that is still valid.
    fn reserve<E>(&self, key: &K, error: LoadError<E>) -> Result<Answer<V>, LoadError<E>> {
        match self.look(key) {
            Look::Fresh(value) => Ok(value),
            Look::Expired(_, value) => {
                count(&self.core.counters.stale_hits);
                Ok(value)
            }
            Look::Missing => Err(error),
        }
    }
}
