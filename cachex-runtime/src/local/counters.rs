//! What a cache counts.
//!
//! Knows nothing else. Hits are counted on the fastest path there is, so they are spread over several numbers: on
//! one, the threads would wait for each other at every hit.

use std::array;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

const STRIPES: usize = 16;

/// A number on a cache line (pair of lines, where they are fetched in pairs) of its own.
#[derive(Debug, Default)]
#[repr(align(128))]
struct Stripe(AtomicU64);

#[derive(Debug)]
pub(crate) struct Counters {
    hits: [Stripe; STRIPES],
    pub(crate) misses: AtomicU64,
    pub(crate) foreign_misses: AtomicU64,
    pub(crate) stale_hits: AtomicU64,
    pub(crate) loads: AtomicU64,
    pub(crate) load_errors: AtomicU64,
    pub(crate) invalidations: AtomicU64,
}

impl Default for Counters {
    fn default() -> Self {
        Self {
            hits: array::from_fn(|_| Stripe::default()),
            misses: AtomicU64::new(0),
            foreign_misses: AtomicU64::new(0),
            stale_hits: AtomicU64::new(0),
            loads: AtomicU64::new(0),
            load_errors: AtomicU64::new(0),
            invalidations: AtomicU64::new(0),
        }
    }
}

impl Counters {
    /// Counts a hit of the value at `address`: readers of one value share a line anyway, its count of references.
    #[inline]
    pub(crate) fn hit(&self, address: usize) {
        if let Some(stripe) = self.hits.get((address >> 6) % STRIPES) {
            stripe.0.fetch_add(1, Relaxed);
        }
    }

    pub(crate) fn snapshot(&self, entries: usize) -> Stats {
        Stats {
            hits: self.hits.iter().map(|stripe| stripe.0.load(Relaxed)).sum(),
            misses: self.misses.load(Relaxed),
            foreign_misses: self.foreign_misses.load(Relaxed),
            stale_hits: self.stale_hits.load(Relaxed),
            loads: self.loads.load(Relaxed),
            load_errors: self.load_errors.load(Relaxed),
            invalidations: self.invalidations.load(Relaxed),
            entries,
        }
    }
}

/// One more.
pub(crate) fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Relaxed);
}

/// What one cache has counted since it was made. Each number is exact, but they are not read at one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stats {
    /// Reads answered by an entry within its TTL.
    pub hits: u64,
    /// Reads that found no entry, or none that could be served.
    pub misses: u64,
    /// Misses because another region in the same slot was cleared.
    pub foreign_misses: u64,
    /// Reads answered by an entry past its TTL.
    pub stale_hits: u64,
    /// Calls of a loader.
    pub loads: u64,
    /// Calls of a loader that failed or panicked.
    pub load_errors: u64,
    /// Regions cleared.
    pub invalidations: u64,
    /// Entries in the store, the stale ones among them.
    pub entries: usize,
}
