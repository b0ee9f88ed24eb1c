//! What an entry takes beside its value and the store's own bytes, slots included, and what a cache takes that is
//! only declared.
//!
//! "The store's own and the value" is measured in two ways, as a store may hold its values in two: as `Arc<V>`, which
//! is what readers get, or as `V`, where a reader gets a copy; there the `Arc`'s counts are part of what is added. The
//! bar of 64 bytes is for one to three facets. An entry of fifty tags has 51 slots of four bytes, in a box of their own.

use std::sync::Arc;

use cachex_runtime::clock::Clock;
use cachex_runtime::local::Caches;
use quick_cache::sync::Cache as QuickCache;
use stats_alloc::Region as Allocations;

use crate::ALLOCATOR;
use crate::fixture::{self, Bench, Digest, Facet1, Facet3};

const ENTRIES: u64 = 100_000;
const BAR: f64 = 64.0;

pub(crate) fn measure() {
    measure_key::<Facet1>("one_facet");
    measure_key::<Facet3>("three_facets");
    measure_key::<Digest>("fifty_tags");
    let declared = fixture::declared(DECLARED);
    let mut caches = None;
    let bytes = allocated(|| caches = Some(Caches::new(declared, &Clock::manual())));
    let bytes = bytes / DECLARED as f64;
    drop(caches);
    println!(
        "bytes declared_cache_of_10000_entries {bytes:.0}  # while nothing of it is read or cleared"
    );
}

const DECLARED: usize = 3000;

fn measure_key<K: Bench>(name: &str) {
    let keys = || (0..ENTRIES).map(|id| K::new(id, 1));
    let by_value = QuickCache::<K, K::View>::new(1 << 21);
    let by_value = per_entry(|| {
        keys().for_each(|key| {
            let view = key.view();
            by_value.insert(key, view);
        });
    });
    let shared = QuickCache::<K, Arc<K::View>>::new(1 << 21);
    let shared = per_entry(|| {
        keys().for_each(|key| {
            let view = Arc::new(key.view());
            shared.insert(key, view);
        });
    });
    let caches = fixture::caches();
    // Its store is made when it is asked for.
    assert_eq!(fixture::local::<K>(&caches).entries(), 0);
    let entry = per_entry(|| fixture::fill::<K>(&caches, 0, ENTRIES, 1));
    let line = |kind: &str, store: f64, of: &str| {
        let over = entry - store;
        let verdict = match name {
            "fifty_tags" => "",
            _ if over <= BAR => ", bar 64: holds",
            _ => ", bar 64: MISSED",
        };
        println!(
            "bytes entry_{name}{kind} {over:.1}  # {entry:.1} - {store:.1}, what a store of `{of}` takes{verdict}"
        );
    };
    line("", shared, "Arc<V>");
    line("_by_value", by_value, "V");
}

/// Bytes that stay allocated, for each entry.
fn per_entry(fill: impl FnOnce()) -> f64 {
    allocated(fill) / ENTRIES as f64
}

fn allocated(make: impl FnOnce()) -> f64 {
    let allocations = Allocations::new(ALLOCATOR);
    make();
    let change = allocations.change();
    (change.bytes_allocated - change.bytes_deallocated) as f64
}
