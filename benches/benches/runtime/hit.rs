//! What a hit costs.

use std::convert::Infallible as Never;
use std::hint::black_box;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use cachex_runtime::local::Loaded;
use quick_cache::sync::Cache as QuickCache;

use crate::fixture::{self, Bench, Facet1, Facet2, Facet3, Page, Values, View};
use crate::measure::{Contender, interleaved, ratio};

/// Fits the processor's caches: what is measured is the work of a hit, and not the memory's.
const ENTRIES: u64 = 1000;
/// A round is shorter than the scheduler's slice, so that a busy machine spoils few of them.
const OPERATIONS: usize = 10_000;
const ROUNDS: usize = 501;

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
    let runtime = fixture::cachex();
    for id in 0..ENTRIES {
        let key = K::new(id, 1);
        let load = async || Ok::<_, Never>(cachex_runtime::tagged(fixture::view(id), key.tags()));
        assert!(ready(runtime.get_or_load(&key, load)).is_ok());
    }
    ready(moka.run_pending_tasks());
    let keys = shuffled::<K>();
    let loader = async || Err::<Loaded<View, _>, _>("a hit calls no loader");
    let unread = async || Err::<cachex_runtime::WithTags<View, Values>, _>("a hit calls no loader");
    let mut contenders: [Contender<'_>; 5] = [
        Box::new(|| each(&keys, |key| plain.get(key))),
        Box::new(|| each(&keys, |key| local.get(key))),
        Box::new(|| each(&keys, |key| ready(local.get_or_load(key, loader)))),
        Box::new(|| each(&keys, |key| ready(runtime.get_or_load(key, unread)))),
        Box::new(|| each(&keys, |key| ready(moka.get(key)))),
    ];
    let [plain, get, get_or_load, public, moka] =
        interleaved(ROUNDS, OPERATIONS, &mut contenders)[..]
    else {
        return;
    };
    let ratio = |what: &str, nanos, of, bar| ratio(&format!("hit_{name}_{what}"), nanos, of, bar);
    ratio("get_to_quick_cache", get, plain, 1.3);
    ratio("get_or_load_to_quick_cache", get_or_load, plain, 1.3);
    ratio("public_get_or_load_to_quick_cache", public, plain, 1.3);
    ratio("public_get_or_load_to_moka", public, moka, 0.35);
}

/// Calls `get` with every key; it must not be a call through a pointer, which would be a part of what is measured.
#[inline]
fn each<K, T>(keys: &[K], get: impl Fn(&K) -> T) {
    for key in keys {
        black_box(get(black_box(key)));
    }
}

/// The output of a future that has nothing to wait for.
fn ready<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a hit waits for nobody"),
    }
}
