//! What a hit costs.

use std::hint::black_box;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use cachex_runtime::local::Loaded;
use quick_cache::sync::Cache as QuickCache;

use crate::fixture::{self, Bench, Facet1, Facet2, Facet3, Page, View};
use crate::measure::{Contender, interleaved, ratio};

/// Fits the processor's caches: what is measured is the work of a hit, and not the memory's.
const ENTRIES: u64 = 1000;
const OPERATIONS: usize = 100_000;
const ROUNDS: usize = 101;

pub(crate) fn measure() {
    measure_key::<Facet1>("one_facet");
    measure_key::<Facet2>("two_facets");
    measure_key::<Facet3>("three_facets");
    measure_key::<Page>("fifty_tags");
}

/// Keys in an order no prefetcher knows.
fn shuffled<K: Bench>() -> Vec<K> {
    let mut state = 88_172_645_463_325_252_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % ENTRIES
    };
    (0..OPERATIONS).map(|_| K::new(next(), 1)).collect()
}

fn measure_key<K: Bench>(name: &str) {
    let caches = fixture::caches();
    let local = fixture::local::<K>(&caches);
    fixture::fill::<K>(&caches, 0, ENTRIES, 1);
    let plain = QuickCache::<K, Arc<View>>::new(1 << 21);
    let moka = moka::future::Cache::<K, Arc<View>>::new(1 << 21);
    for id in 0..ENTRIES {
        plain.insert(K::new(id, 1), Arc::new(fixture::view(id)));
        ready(moka.insert(K::new(id, 1), Arc::new(fixture::view(id))));
    }
    ready(moka.run_pending_tasks());
    let keys = shuffled::<K>();
    let each =
        |get: &dyn Fn(&K) -> bool| assert!(keys.iter().all(|key| black_box(get(black_box(key)))));
    let loader = async || Err::<Loaded<View, _>, _>("a hit calls no loader");
    let mut contenders: [Contender<'_>; 4] = [
        Box::new(|| each(&|key| plain.get(key).is_some())),
        Box::new(|| each(&|key| local.get(key).is_some())),
        Box::new(|| each(&|key| ready(local.get_or_load(key, loader)).is_ok())),
        Box::new(|| each(&|key| ready(moka.get(key)).is_some())),
    ];
    let [plain, get, get_or_load, moka] = interleaved(ROUNDS, OPERATIONS, &mut contenders)[..]
    else {
        return;
    };
    ratio(&format!("hit_{name}_to_quick_cache"), get, plain, 1.3);
    ratio(
        &format!("hit_{name}_get_or_load_to_quick_cache"),
        get_or_load,
        plain,
        1.3,
    );
    ratio(&format!("hit_{name}_to_moka"), get, moka, 0.35);
}

/// The output of a future that has nothing to wait for.
fn ready<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a hit waits for nobody"),
    }
}
