//! Loads in flight: one per key, which later readers join.
//!
//! Owns who leads and who waits. Knows no loaders and no entries: what was loaded passes through as `T`. Keeps true:
//! a flight's stamp is taken in the same critical section that makes it visible, so whoever finds it finds its
//! stamp; and a flight ends with its leader, be it by a value, an error or the leader's being dropped.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::protocol::Begun;

/// A load in flight, as those who may join it see it.
struct Flight<T> {
    begun: Begun,
    landing: watch::Receiver<Option<T>>,
}

/// The flights of one cache.
pub(crate) struct Flights<K, T> {
    // std's mutex: held for a look-up and never across an await. One for all keys of a cache, as only misses come
    // here, and each of them goes on to call a loader.
    // Shared with those who lead, which may be a task of its own.
    flights: Arc<InFlight<K, T>>,
}

type InFlight<K, T> = Mutex<HashMap<K, Arc<Flight<T>>>>;

/// What a reader does next.
pub(crate) enum Entered<K: Hash + Eq, T, L> {
    /// It leads a load.
    Leads(Lead<K, T>),
    /// It waits for one.
    Waits(Wait<T>),
    /// There is no need: somebody else's load has just landed.
    Landed(L),
}

impl<K: Hash + Eq + Clone, T: Clone> Flights<K, T> {
    pub(crate) fn new() -> Self {
        Self {
            flights: Arc::default(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, Arc<Flight<T>>>> {
        // Nothing here can panic half-way through a change of the map.
        self.flights.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Joins the flight of a key if `joins` says so, else leads a new one, which takes the old one's place:
    /// the old one's waiters still get its value, but nobody joins it any more.
    ///
    /// `landed` is asked before a new one is registered: the flight this reader was too late to join may have
    /// landed since the reader looked.
    pub(crate) fn enter<L>(
        &self,
        key: &K,
        joins: impl FnOnce(Begun) -> bool,
        landed: impl FnOnce() -> Option<L>,
        begin: impl FnOnce() -> Begun,
    ) -> Entered<K, T, L> {
        let mut flights = self.lock();
        if let Some(flight) = flights.get(key).filter(|flight| joins(flight.begun)) {
            return Entered::Waits(Wait(Arc::clone(flight)));
        }
        if let Some(landed) = landed() {
            return Entered::Landed(landed);
        }
        let (land, landing) = watch::channel(None);
        let flight = Arc::new(Flight {
            begun: begin(),
            landing,
        });
        flights.insert(key.clone(), Arc::clone(&flight));
        Entered::Leads(Lead {
            flights: Arc::clone(&self.flights),
            key: key.clone(),
            flight,
            land,
        })
    }
}

/// The right to load. Dropped without landing, it ends the flight, and one of the waiters takes over.
pub(crate) struct Lead<K: Hash + Eq, T> {
    flights: Arc<InFlight<K, T>>,
    key: K,
    flight: Arc<Flight<T>>,
    land: watch::Sender<Option<T>>,
}

impl<K: Hash + Eq, T> Lead<K, T> {
    pub(crate) fn begun(&self) -> Begun {
        self.flight.begun
    }

    pub(crate) fn key(&self) -> &K {
        &self.key
    }

    /// Ends the flight, then hands its value to all who wait. In this order: a reader that comes in between finds
    /// the entry, which was published before.
    pub(crate) fn land(self, value: T) {
        self.end();
        self.land.send_replace(Some(value));
    }

    fn end(&self) {
        let mut flights = self.flights.lock().unwrap_or_else(PoisonError::into_inner);
        if flights
            .get(&self.key)
            .is_some_and(|flight| Arc::ptr_eq(flight, &self.flight))
        {
            flights.remove(&self.key);
        }
    }
}

impl<K: Hash + Eq, T> Drop for Lead<K, T> {
    fn drop(&mut self) {
        // Before the sender goes, which wakes the waiters: they must not find a flight without a leader.
        self.end();
    }
}

/// A place among those who wait for a flight. It may be dropped at any time.
pub(crate) struct Wait<T>(Arc<Flight<T>>);

impl<T: Clone> Wait<T> {
    /// What the flight landed with; `None` if its leader was dropped.
    pub(crate) async fn landed(self) -> Option<T> {
        let mut landing = self.0.landing.clone();
        // The guard that `wait_for` gives is a lock, so it is not kept.
        landing.wait_for(Option::is_some).await.ok()?.clone()
    }
}
