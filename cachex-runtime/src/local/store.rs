//! Where entries lie: `quick_cache`, which bounds them and picks what to evict.
//!
//! Knows neither validity's rules nor time. What the store offers beyond get and insert (`retain`, its own loading)
//! loses an invalidation that meets a load, and is not used.

use std::cell::Cell;
use std::hash::{Hash, Hasher};

use quick_cache::Equivalent;
use quick_cache::sync::Cache;

use super::entry::{Answer, Entry};
use super::protocol::Protocol;
use super::slots::{Slots, Walk};
use crate::clock::Deadline;
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

/// A key that is looked for, and what is asked about its entry. An entry for which that says no is passed over like one
/// of another key: said beside what is found, the answer would be written, read and tested on every hit, and a write
/// before one of the store's locked instructions is waited for there.
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

impl<K: Eq, S: Fn(&Entry) -> bool> Equivalent<Keyed<K>> for Looking<'_, K, S> {
    #[inline]
    fn equivalent(&self, other: &Keyed<K>) -> bool {
        *self.key == other.key && (self.see)(&other.entry)
    }
}

impl<K: Key, V> Store<K, V> {
    pub(crate) fn new(max_entries: u64) -> Self {
        let capacity = usize::try_from(max_entries).unwrap_or(usize::MAX);
        Self(Cache::new(capacity.max(1)))
    }

    /// The value under a key, if its entry is found to be good: that is asked under the store's lock for a part of the
    /// keys.
    #[inline]
    pub(crate) fn get(&self, key: &K, is_good: impl Fn(&Entry) -> bool) -> Option<Answer<V>> {
        self.0.get(&Looking { key, see: is_good })
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
    pub(crate) fn check<P: Protocol>(&self, key: &K, slots: &Slots) -> Checked<V> {
        let (walk, expires) = (Cell::new(Walk::Stale), Cell::new(Deadline::NEVER));
        let see = |entry: &Entry| {
            walk.set(entry.verify::<P>(slots));
            expires.set(entry.expires());
            true
        };
        let mut checked = Checked::Nothing;
        // Spares readers of other keys the lock, as most misses have no entry.
        if !self.0.contains_key(&Looking {
            key,
            see: |_: &Entry| true,
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
