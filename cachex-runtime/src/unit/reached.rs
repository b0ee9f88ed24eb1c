//! The caches a unit's changes reach: its own reads of them neither hit nor store.
//!
//! Until the unit ends nothing of its changes is cleared, so what lies in these caches is older than what it wrote,
//! and what it would store might be rolled back. Asked on every read, so it is bits in atomics and no lock.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use crate::cachex::Cachex;
use crate::change;
use crate::codegen::{ErasedChange, SchemaDef};

#[derive(Debug)]
pub(super) struct Reached {
    schema: Option<&'static SchemaDef>,
    /// A bit for each cache.
    caches: Box<[AtomicU64]>,
    /// The unit itself and its functions that still run; with none left nothing is passed by any more.
    open: AtomicU32,
}

impl Reached {
    pub(super) fn new(cachex: Option<&Cachex>) -> Self {
        let schema = cachex.map(|cachex| cachex.inner.schema);
        let words = schema.map_or(0, |schema| schema.caches.len().div_ceil(64));
        Self {
            schema,
            caches: (0..words).map(|_| AtomicU64::new(0)).collect(),
            open: AtomicU32::new(1),
        }
    }

    /// A function starts that declares these.
    pub(super) fn begin(&self, changes: &[ErasedChange]) {
        self.open.fetch_add(1, Ordering::AcqRel);
        self.add(changes);
    }

    pub(super) fn add(&self, changes: &[ErasedChange]) {
        let Some(schema) = self.schema else { return };
        for cache in changes.iter().flat_map(|it| change::reached(schema, it)) {
            if let Some(word) = self.caches.get(cache as usize / 64) {
                word.fetch_or(1 << (cache % 64), Ordering::AcqRel);
            }
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
