//! Where entries lie: `quick_cache`, which bounds them and picks what to evict.
//!
//! Knows neither validity's rules nor time. What the store offers beyond get and insert (`retain`, its own loading)
//! loses an invalidation that meets a load, and is not used.

use quick_cache::sync::Cache;

use super::entry::Entry;
use super::protocol::Protocol;
use super::slots::{Bumps, Slots, Walk};
use crate::codegen::Key;

/// What the slots said of the entry under a key.
pub(crate) enum Checked<V> {
    /// A copy of an entry that is valid.
    Valid(Entry<V>),
    /// There was one, and something it may belong to was cleared.
    Refused(Walk),
    /// There was none.
    Nothing,
}

/// The entries of one cache.
pub(crate) struct Store<K, V>(Cache<K, Entry<V>>);

impl<K: Key, V> Store<K, V> {
    pub(crate) fn new(max_entries: u64) -> Self {
        let capacity = usize::try_from(max_entries).unwrap_or(usize::MAX);
        Self(Cache::new(capacity.max(1)))
    }

    /// A copy of the entry, valid or not.
    #[inline]
    pub(crate) fn get(&self, key: &K) -> Option<Entry<V>> {
        self.0.get(key)
    }

    pub(crate) fn insert(&self, key: K, entry: Entry<V>) {
        self.0.insert(key, entry);
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Walks the slots of whatever lies under the key *now*: it may be newer than the copy that led here. A stale
    /// one is dropped on the way.
    ///
    /// It happens under the store's lock for a part of the keys, exclusively, as that is the only place where the
    /// entry itself can be seen; once per entry and bump, and no hit on a verified entry comes here.
    pub(crate) fn check<P: Protocol>(&self, key: &K, slots: &Slots, bumps: Bumps) -> Checked<V> {
        let mut checked = Checked::Nothing;
        self.0.remove_if(key, |entry| {
            let walk = entry.verify::<P>(slots, bumps);
            checked = match walk {
                Walk::Valid => Checked::Valid(entry.clone()),
                refused => Checked::Refused(refused),
            };
            walk != Walk::Valid
        });
        checked
    }
}
