//! Several keys of one cache at once, with one call of a loader for those that are missing.
//!
//! Owns the way of such a read. Keeps true: it waits for nobody while others may wait for it. It leads all it can,
//! lands all of that, and only then waits for the loads of others; two reads with the same keys in different order
//! would wait for each other otherwise.

use std::collections::HashMap;

use super::cache::{Cache, Look};
use super::counters::count;
use super::entry::{Answer, Loaded};
use super::flights::{Entered, Lead, Wait};
use super::lag::Sight;
use super::landing::Outcome;
use super::loading::LoadError;
use super::protocol::Protocol;
use super::slots::Place;
use crate::codegen::Key;

/// What has become of each key: `None` while it is missing.
type Found<V> = Vec<Option<Answer<V>>>;

/// What a loader gives for several keys.
pub(super) type LoadedMany<K, V> = Vec<(K, Loaded<V, <K as Key>::Tags>)>;

/// A key's position among those asked for, and its places known before the load.
struct Seat {
    position: usize,
    known: Vec<Place>,
}

impl<K: Key, V: Send + Sync + 'static, P: Protocol> Cache<K, V, P> {
    pub(crate) async fn get_many<E, F, Fut>(
        &self,
        keys: &[K],
        load: F,
    ) -> Result<Vec<Answer<V>>, LoadError<E>>
    where
        E: Send + Sync + 'static,
        F: Fn(Vec<K>) -> Fut,
        Fut: Future<Output = Result<LoadedMany<K, V>, E>>,
    {
        let mut found: Found<V> = keys.iter().map(|key| self.found(key)).collect();
        let mut refusals = vec![0; keys.len()];
        while found.iter().any(Option::is_none) {
            let (leads, waits) = self.enter_missing(keys, &mut found);
            if !leads.is_empty() {
                let wanted = leads.iter().map(|(_, lead)| lead.key().clone()).collect();
                let (loaded, sight) = self.call(|| load(wanted)).await;
                self.land_all(leads, loaded, sight, &mut found)?;
            }
            for (seat, wait) in waits {
                let (Some(key), Some(refusals)) =
                    (keys.get(seat.position), refusals.get_mut(seat.position))
                else {
                    continue;
                };
                if let Some(outcome) = self.wait(wait, &seat.known, refusals).await {
                    put(
                        &mut found,
                        seat.position,
                        self.typed(key, outcome).transpose()?,
                    );
                }
            }
        }
        Ok(found.into_iter().map(Option::flatten).collect())
    }

    fn found(&self, key: &K) -> Option<Answer<V>> {
        match self.look(key) {
            Look::Fresh(value) => Some(value),
            Look::Expired(..) | Look::Missing => {
                count(&self.core.counters.misses);
                None
            }
        }
    }

    #[expect(
        clippy::type_complexity,
        reason = "two lists of pairs, taken apart at the one call"
    )]
    fn enter_missing(
        &self,
        keys: &[K],
        found: &mut Found<V>,
    ) -> (
        Vec<(Seat, Lead<K, Outcome<V>>)>,
        Vec<(Seat, Wait<Outcome<V>>)>,
    ) {
        let (mut leads, mut waits) = (Vec::new(), Vec::new());
        for (position, (key, found)) in keys.iter().zip(found).enumerate() {
            if found.is_some() {
                continue;
            }
            let known = self.known(key);
            match self.enter(key, &known) {
                Entered::Landed(value) => *found = Some(value),
                Entered::Leads(lead) => leads.push((Seat { position, known }, lead)),
                Entered::Waits(wait) => waits.push((Seat { position, known }, wait)),
            }
        }
        (leads, waits)
    }

    /// Lands every flight this read leads, also when the loader failed or one of them can't be served.
    fn land_all<E: Send + Sync + 'static>(
        &self,
        leads: Vec<(Seat, Lead<K, Outcome<V>>)>,
        loaded: Result<LoadedMany<K, V>, LoadError<E>>,
        sight: Sight,
        found: &mut Found<V>,
    ) -> Result<(), LoadError<E>> {
        let (mut by_key, failed) = match loaded {
            Ok(loaded) => (loaded.into_iter().collect::<HashMap<_, _>>(), None),
            Err(error) => (HashMap::new(), Some(error)),
        };
        let mut first_error = None;
        for (seat, lead) in leads {
            let loaded = by_key.remove(lead.key()).unwrap_or_else(Loaded::none);
            let loaded = failed.clone().map_or(Ok(loaded), Err);
            match self.land(lead, &seat.known, loaded, sight) {
                Ok(value) => put(found, seat.position, Some(value)),
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
        first_error.map_or(Ok(()), Err)
    }
}

fn put<T>(found: &mut [Option<T>], position: usize, value: Option<T>) {
    if let Some(seat) = found.get_mut(position) {
        *seat = value;
    }
}
