//! The caches a unit's changes reach: its own reads of them neither hit nor store.
//!
//! Until the unit ends nothing of its changes is cleared, so what lies in these caches is older than what it wrote,
//! and what it would store might be rolled back. Asked on every read, so it is bits in atomics and no lock.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use crate::cachex::Cachex;
use crate::change;
use crate::codegen::ErasedChange;

#[derive(Debug)]
pub(super) struct Reached {
    cachex: Option<Cachex>,
    /// A bit for each cache.
    caches: Box<[AtomicU64]>,
    /// The unit itself and its functions that still run; with none left nothing is passed by any more.
    open: AtomicU32,
}

impl Reached {
    pub(super) fn new(cachex: Option<&Cachex>) -> Self {
        let count = cachex.map_or(0, |cachex| cachex.inner.schema.caches.len());
        Self {
            cachex: cachex.cloned(),
            caches: (0..count.div_ceil(64)).map(|_| AtomicU64::new(0)).collect(),
            open: AtomicU32::new(1),
        }
    }

    /// A function starts that declares these.
    pub(super) fn begin(&self, changes: &[ErasedChange]) {
        self.open.fetch_add(1, Ordering::AcqRel);
        self.add(changes);
    }

    pub(super) fn add(&self, changes: &[ErasedChange]) {
        let Some(cachex) = &self.cachex else { return };
        let schema = cachex.inner.schema;
        for cache in changes.iter().flat_map(|it| change::reached(schema, it)) {
            self.pass(cachex, cache);
        }
    }

    /// All caches of the schema.
    #[cfg(feature = "axum")]
    pub(super) fn add_all(&self) {
        let Some(cachex) = &self.cachex else { return };
        for cache in cachex.inner.schema.caches {
            self.pass(cachex, cache.index);
        }
    }

    /// Counted before the bit is set: whoever finds the bit set finds the count moved, too.
    fn pass(&self, cachex: &Cachex, cache: u32) {
        let Some(word) = self.caches.get(cache as usize / 64) else {
            return;
        };
        cachex.caches.pass(cache);
        let bit = 1 << (cache % 64);
        if word.fetch_or(bit, Ordering::AcqRel) & bit != 0 {
            cachex.caches.pass_no_more(cache);
        }
    }

    /// The unit, or one of its functions, ends.
    pub(super) fn end(&self) {
        self.open.fetch_sub(1, Ordering::AcqRel);
    }

    #[inline]
    pub(super) fn contains(&self, cache: u32) -> bool {
        self.caches
            .get(cache as usize / 64)
            .is_some_and(|word| word.load(Ordering::Acquire) >> (cache % 64) & 1 == 1)
            && self.open.load(Ordering::Acquire) > 0
    }
}

impl Drop for Reached {
    /// Not when the unit ends: a late task of its might begin anew in the same instant. It costs reads of the same
    /// caches a look for their unit, no more.
    fn drop(&mut self) {
        let Some(cachex) = &self.cachex else { return };
        for (word, first) in self.caches.iter_mut().zip((0..).step_by(64)) {
            let word = *word.get_mut();
            (0..64)
                .filter(|bit| word >> bit & 1 == 1)
                .for_each(|bit| cachex.caches.pass_no_more(first + bit));
        }
    }
}
