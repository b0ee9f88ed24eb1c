//! What an entry takes beside its value and the store's own bytes. The bar is 64 with one to three facets.

use std::sync::Arc;

use quick_cache::sync::Cache as QuickCache;
use stats_alloc::Region as Allocations;

use crate::ALLOCATOR;
use crate::fixture::{self, Bench, Facet1, Facet3, Page, View};

const ENTRIES: u64 = 100_000;

pub(crate) fn measure() {
    measure_key::<Facet1>("one_facet");
    measure_key::<Facet3>("three_facets");
    measure_key::<Page>("fifty_tags");
}

fn measure_key<K: Bench>(name: &str) {
    let by_value = QuickCache::<K, View>::new(1 << 21);
    let by_value =
        per_entry(|| (0..ENTRIES).for_each(|id| by_value.insert(K::new(id, 1), fixture::view(id))));
    let shared = QuickCache::<K, Arc<View>>::new(1 << 21);
    let shared = per_entry(|| {
        (0..ENTRIES).for_each(|id| shared.insert(K::new(id, 1), Arc::new(fixture::view(id))));
    });
    let caches = fixture::caches();
    // Its store is made by the first look.
    assert!(fixture::local::<K>(&caches).get(&K::new(0, 1)).is_none());
    let entry = per_entry(|| fixture::fill::<K>(&caches, 0, ENTRIES, 1));
    let line = |kind: &str, store: f64, of: &str| {
        let over = entry - store;
        println!(
            "bytes entry_{name}{kind} {over:.1}  # {entry:.1} - {store:.1}, what a store of `{of}` takes"
        );
    };
    line("", shared, "Arc<V>");
    line("_by_value", by_value, "V");
}

/// Bytes that stay allocated, for each entry.
fn per_entry(fill: impl FnOnce()) -> f64 {
    let allocations = Allocations::new(ALLOCATOR);
    fill();
    let change = allocations.change();
    (change.bytes_allocated - change.bytes_deallocated) as f64 / ENTRIES as f64
}
