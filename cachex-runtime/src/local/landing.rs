//! How a load ends: its waiters are told, and what may be kept is.
//!
//! Owns what is delivered to those who joined, and what is published. Knows no look-ups but the one that stands in where
//! a load failed. Keeps true: what was loaded is published before its flight ends, as of the load's beginning.

use std::sync::Arc;

use super::cache::{Cache, Look};
use super::counters::count;
use super::entry::{Answer, Entry, Loaded};
use super::flights::{Lead, Wait};
use super::lag::Sight;
use super::loading::{self, LoadError, SharedError};
use super::protocol::{Begun, Protocol};
use super::slots::{Place, Walk};
use crate::codegen::{Key, Tags as _};

/// How often a waiter refuses what was delivered before it takes it all the same. From the second on it joined a
/// load that began after its own start, so any of them would keep the promise; it goes on for the fresher value.
const REFUSALS: u32 = 3;

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

impl<K: Key, V: Send + Sync + 'static, P: Protocol> Cache<K, V, P> {
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

    pub(crate) fn prime(&self, key: &K, loaded: Loaded<V, K::Tags>) {
        let begun = self.core.begin::<P>();
        let places = self.places(key, &self.known(key), loaded.tags.as_ref());
        if self.sight(begun, &places) == Sight::Clear {
            self.publish(key, begun, loaded.value.map(Arc::new), &places);
        }
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

    /// Whether the loader may have missed what was cleared before it was called. A bump that has yet to raise its slots is
    /// found by a hit.
    fn sight(&self, begun: Begun, places: &[Place]) -> Sight {
        let lagging = || self.core.slots.walk(places, begun.seen) != Walk::Valid;
        Sight::lagging_if(self.core.lags() && lagging())
    }

    /// Stores what was loaded, unless it is stale already or "there is none" isn't kept.
    fn publish(&self, key: &K, begun: Begun, value: Answer<V>, places: &[Place]) {
        let Begun { seen, .. } = P::publish(&self.core.slots, begun);
        let now = self.clock.now();
        let expires = match value {
            Some(_) => Some(self.core.lifetimes.expiry(now)),
            None => self.core.lifetimes.negative_expiry(now),
        };
        // Spares a useless entry, no more: whoever finds one that is stale refuses it.
        let stale = self.core.slots.walk(places, seen) != Walk::Valid;
        if let Some(expires) = expires.filter(|_| !stale) {
            let entry = Entry::new(expires, seen, places);
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
