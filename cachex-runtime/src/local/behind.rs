//! Entries past their TTL that are served while somebody reloads them behind the reader.
//!
//! Owns who reloads: the first reader that finds one, if nobody does yet. Knows no tasks: what is to be loaded is
//! handed out. Keeps true: the entry was found valid after the read began; and what comes of the reload is as old as
//! its beginning, like any load.

use super::cache::{Cache, Look};
use super::counters::count;
use super::entry::{Answer, Loaded};
use super::expiry::Age;
use super::flights::{Entered, Lead};
use super::landing::Outcome;
use super::loading::LoadError;
use super::protocol::Protocol;
use super::slots::Place;
use crate::codegen::Key;

/// What a reader finds that need not wait for a reload.
pub(crate) enum Stale<K: Key, V> {
    /// This; somebody reloads it, or it has just been.
    Serve(Answer<V>),
    /// This, and it has to be reloaded.
    Reload(Answer<V>, Reload<K, V>),
    /// Nothing that may be served at once.
    Nothing,
}

/// The right, and the duty, to reload an entry. Dropped, the next reader gets it.
pub(crate) struct Reload<K: Key, V> {
    lead: Lead<K, Outcome<V>>,
    known: Vec<Place>,
}

impl<K: Key, V: Send + Sync + 'static, P: Protocol> Cache<K, V, P> {
    pub(crate) fn stale(&self, key: &K) -> Stale<K, V> {
        let stale = match self.look(key) {
            Look::Fresh(value) => return Stale::Serve(value),
            Look::Expired(Age::Revalidating, value) => value,
            Look::Expired(..) | Look::Missing => return Stale::Nothing,
        };
        let (slots, known) = (&self.core.slots, self.known(key));
        // Within a loader, too: nobody waits here.
        let entered = self.flights.enter(
            key,
            |flight| P::joins(slots.walk(&known, flight.stamp)),
            || self.just_landed(key),
            || self.core.begin::<P>(),
        );
        if let Entered::Landed(value) = entered {
            return Stale::Serve(value);
        }
        count(&self.core.counters.stale_hits);
        match entered {
            Entered::Leads(lead) => Stale::Reload(stale, Reload { lead, known }),
            Entered::Waits(_) | Entered::Landed(_) => Stale::Serve(stale),
        }
    }

    /// Calls the loader and publishes what it gives. What it fails with goes to those who wait for it, if any: the
    /// entry may be served for as long as it may.
    pub(crate) async fn reload<E, F, Fut>(&self, Reload { lead, known }: Reload<K, V>, load: F)
    where
        E: Send + Sync + 'static,
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<Loaded<V, K::Tags>, E>>,
    {
        let (loaded, sight): (Result<_, LoadError<E>>, _) = self.call(load).await;
        // Nobody asked for it here.
        let _ = self.settle(lead, &known, loaded, sight);
    }
}
