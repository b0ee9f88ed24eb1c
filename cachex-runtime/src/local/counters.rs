//! What a cache counts.
//!
//! Knows nothing else. Hits are counted on the fastest path there is, where one more locked instruction would cost a
//! fifth of a hit: each thread counts on a number of its own, by a plain load and store. Behind the look, as the store's
//! locked instructions would wait for that, too.

use std::array;
use std::cell::Cell;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};

/// More than most machines run threads at a time.
const STRIPES: usize = 64;

/// A number on a cache line of its own.
#[derive(Debug, Default)]
#[repr(align(64))]
struct Stripe(AtomicU64);

impl Stripe {
    #[inline]
    fn add(&self) {
        self.0.store(self.0.load(Relaxed) + 1, Relaxed);
    }
}

/// Counts threads, to give each its stripe.
static THREADS: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// Out of range until the thread counts for the first time.
    static STRIPE: Cell<usize> = const { Cell::new(usize::MAX) };
}

/// Gives this thread its stripe. It can't unwind, and says so: else what a hit found would be written to memory for as
/// long as it takes to count.
#[cold]
extern "C" fn new_stripe() -> usize {
    let stripe = THREADS.fetch_add(1, Relaxed) % STRIPES;
    STRIPE.set(stripe);
    stripe
}

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
    /// One more hit. Where there are more threads than stripes, two that count in the same instant count one.
    #[inline]
    pub(crate) fn count_hit(&self) {
        match self.hits.get(STRIPE.get()) {
            Some(stripe) => stripe.add(),
            // Its first one.
            None => self
                .hits
                .get(new_stripe())
                .into_iter()
                .for_each(Stripe::add),
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

/// What one cache has counted since it was made. The numbers are not read at one instant.
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
