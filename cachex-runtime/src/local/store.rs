//! Where entries lie: `quick_cache`, which bounds them and picks what to evict.
//!
//! Knows neither validity's rules nor time. What the store offers beyond get and insert (`retain`, its own loading)
//! loses an invalidation that meets a load, and is not used.

use std::cell::Cell;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use quick_cache::Equivalent;
use quick_cache::sync::Cache;

use super::entry::{Answer, Entry};
use super::protocol::Protocol;
use super::slots::{Bumps, Slots, Walk};
use crate::clock::{Deadline, Step};
use crate::codegen::Key;

/// What the slots said of the entry under a key.
pub(crate) enum Checked<V> {
    /// It is valid; its value, and when it expires.
    Valid(Answer<V>, Deadline),
    /// There was one, and something it may belong to was cleared.
    Refused(Walk),
    /// There was none.
    Nothing,
}

/// The entries of one cache. What isn't the value stands beside the key: the store shows keys where they lie, to
/// compare them, and hands out values only as copies. So a hit copies no more than the store's own does, and an
/// entry is verified in its place.
pub(crate) struct Store<K, V>(Cache<Keyed<K>, Answer<V>>);

/// A key in the store, with its entry. As a key it is the key alone; another entry replaces both.
struct Keyed<K> {
    key: K,
    entry: Entry,
}

impl<K: Hash> Hash for Keyed<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

impl<K: PartialEq> PartialEq for Keyed<K> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl<K: Eq> Eq for Keyed<K> {}

/// A key that is looked for, of which only an entry is found that may be served just so: an entry that isn't is passed
/// over like one of another key. Said beside what is found it would be written, read and tested on every hit, and a
/// write before one of the store's locked instructions is waited for there. A struct rather than a closure: each
/// pointer less is seen in what a hit costs.
///
/// `Site` is the place that looks. Each has a look-up of its own in the compiled program, which can be made part of it;
/// one that several places shared would be called, and be handed this through memory.
struct Hitting<'a, K, Site> {
    key: &'a K,
    bumps: Bumps,
    now: Step,
    site: PhantomData<Site>,
}

impl<K: Hash, Site> Hash for Hitting<'_, K, Site> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

impl<K: Eq, Site> Equivalent<Keyed<K>> for Hitting<'_, K, Site> {
    #[inline]
    fn equivalent(&self, Keyed { key, entry }: &Keyed<K>) -> bool {
        entry.is_fresh(self.bumps, self.now) && self.key == key
    }
}

/// A key that is looked for, and what looks at its entry: called under the lock of a part of the store.
struct Looking<'a, K, S> {
    key: &'a K,
    see: S,
}

impl<K: Hash, S> Hash for Looking<'_, K, S> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

impl<K: Eq, S: Fn(&Entry)> Equivalent<Keyed<K>> for Looking<'_, K, S> {
    #[inline]
    fn equivalent(&self, other: &Keyed<K>) -> bool {
        let found = *self.key == other.key;
        if found {
            (self.see)(&other.entry);
        }
        found
    }
}

impl<K: Key, V> Store<K, V> {
    pub(crate) fn new(max_entries: u64) -> Self {
        let capacity = usize::try_from(max_entries).unwrap_or(usize::MAX);
        Self(Cache::new(capacity.max(1)))
    }

    /// The value under a key, if its entry is verified for this count and within its TTL.
    #[inline]
    pub(crate) fn get<Site>(&self, key: &K, bumps: Bumps, now: Step) -> Option<Answer<V>> {
        let site = PhantomData::<Site>;
        self.0.get(&Hitting {
            key,
            bumps,
            now,
            site,
        })
    }

    pub(crate) fn insert(&self, key: K, entry: Entry, value: Answer<V>) {
        self.0.insert(Keyed { key, entry }, value);
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Walks the slots of whatever lies under the key *now*: it may be newer than what led here. A stale one is
    /// dropped on the way.
    ///
    /// It happens under the store's lock for a part of the keys, exclusively, so that nothing newer is dropped in
    /// its place; once per entry and bump, and no hit on a verified entry comes here.
    pub(crate) fn check<P: Protocol>(&self, key: &K, slots: &Slots, bumps: Bumps) -> Checked<V> {
        let (walk, expires) = (Cell::new(Walk::Stale), Cell::new(Deadline::NEVER));
        let see = |entry: &Entry| {
            walk.set(entry.verify::<P>(slots, bumps));
            expires.set(entry.expires());
        };
        let mut checked = Checked::Nothing;
        // Spares readers of other keys the lock, as most misses have no entry.
        if !self.0.contains_key(&Looking {
            key,
            see: |_: &Entry| (),
        }) {
            return checked;
        }
        self.0.remove_if(&Looking { key, see }, |value| {
            checked = match walk.get() {
                Walk::Valid => Checked::Valid(value.clone(), expires.get()),
                refused => Checked::Refused(refused),
            };
            walk.get() != Walk::Valid
        });
        checked
    }
}
