//! What a hit costs.
//!
//! All contenders hold the same keys and the same values as `Arc<V>`, and hash with what the store hashes with by
//! itself. Each is filled alone: filled in turns, their entries would lie among each other's and further apart than any
//! application has them. Where entries happen to lie in memory still makes a tenth of a hit, so it is measured with
//! several sets of entries one after the other, and the median of their ratios counts.
//!
//! With fifty tags the value is a page's, which holds what its tags are read from: so it is in a plain store, too. Of a
//! small value that doesn't, fifty slots lie between two neighbours where the plain store has one beside the other, and
//! a thousand of them are spread over five times as many pages of memory; that is measured as well.

use std::convert::Infallible as Never;
use std::hint::black_box;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use cachex_runtime::local::{Loaded, Local};
use cachex_runtime::{Cachex, WithTags};
use quick_cache::sync::Cache as QuickCache;

use crate::fixture::{self, Bench, Digest, Facet1, Facet2, Facet3, Page, Values};
use crate::measure::{Contender, compared, interleaved, ratio};

/// Fits the processor's caches: what is measured is the work of a hit, and not the memory's.
const ENTRIES: u64 = 1000;
/// A round is shorter than the scheduler's slice, so that a busy machine spoils few of them.
const OPERATIONS: usize = 10_000;
const ROUNDS: usize = 61;
/// Sets of entries.
const SETS: u64 = 9;

// The contenders' positions.
const PLAIN: usize = 0;
const GET: usize = 1;
const GET_OR_LOAD: usize = 2;
const PUBLIC: usize = 3;
const PUBLIC_GET: usize = 4;
const BESIDE: usize = 5;
const MOKA: usize = 6;

/// A store by itself.
pub(crate) type Plain<K> = QuickCache<K, Arc<<K as Bench>::View>>;

pub(crate) fn measure(installed: &Cachex) {
    measure_key::<Facet1>("one_facet", installed);
    measure_key::<Facet2>("two_facets", installed);
    measure_key::<Facet3>("three_facets", installed);
    measure_key::<Page>("fifty_tags", installed);
    measure_key::<Digest>("fifty_tags_beside_the_value", installed);
}

/// Keys of a set in an order no prefetcher knows.
fn shuffled<K: Bench>(set: u64) -> Vec<K> {
    let mut state = 88_172_645_463_325_252_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % ENTRIES
    };
    let key = |_| K::new(set * ENTRIES + next(), 1);
    (0..OPERATIONS).map(key).collect()
}

/// What holds the entries.
struct Stores<'a, K: Bench> {
    plain: Plain<K>,
    moka: moka::future::Cache<K, Arc<K::View>>,
    local: &'a Local<K, K::View>,
    /// The process's runtime, and one beside it.
    runtimes: [&'a Cachex; 2],
}

impl<K: Bench> Stores<'_, K> {
    fn fill(&self, set: u64) {
        let keys = || (set * ENTRIES..(set + 1) * ENTRIES).map(|id| K::new(id, 1));
        for key in keys() {
            let view = Arc::new(key.view());
            self.plain.insert(key, view);
        }
        for key in keys() {
            let view = Arc::new(key.view());
            ready(self.moka.insert(key, view));
        }
        ready(self.moka.run_pending_tasks());
        for key in keys() {
            let loaded = Loaded::tagged(key.view(), key.tags());
            self.local.prime(&key, loaded);
        }
        for runtime in self.runtimes {
            keys().for_each(|key| load(runtime, &key));
        }
    }
}

/// Has a runtime keep the view of a key.
pub(crate) fn load<K: Bench>(runtime: &Cachex, key: &K) {
    let load = async || Ok::<_, Never>(cachex_runtime::tagged(key.view(), key.tags()));
    assert!(ready(runtime.get_or_load(key, load)).is_ok());
}

fn measure_key<K: Bench>(name: &str, installed: &Cachex) {
    let caches = fixture::caches();
    let beside = fixture::cachex();
    let stores = Stores {
        plain: Plain::<K>::new(1 << 21),
        moka: moka::future::Cache::new(1 << 21),
        local: fixture::local::<K>(&caches),
        runtimes: [installed, &beside],
    };
    let sets: Vec<_> = (0..SETS).map(|set| measure_set(&stores, set)).collect();
    let line = |what: &str, of: [usize; 2], bar| {
        let (nanos, of) = compared(&sets, of);
        ratio(&format!("hit_{name}_{what}"), nanos, of, bar);
    };
    line("get_to_quick_cache", [GET, PLAIN], Some(1.3));
    line(
        "get_or_load_to_quick_cache",
        [GET_OR_LOAD, PLAIN],
        Some(1.3),
    );
    line("public_get_to_quick_cache", [PUBLIC_GET, PLAIN], Some(1.3));
    line(
        "public_get_or_load_to_quick_cache",
        [PUBLIC, PLAIN],
        Some(1.3),
    );
    line("public_get_or_load_to_moka", [PUBLIC, MOKA], Some(0.35));
    line(
        "uninstalled_get_or_load_to_quick_cache",
        [BESIDE, PLAIN],
        None,
    );
}

/// Nanoseconds of each contender.
fn measure_set<K: Bench>(stores: &Stores<'_, K>, set: u64) -> Vec<f64> {
    stores.fill(set);
    let keys = shuffled::<K>(set);
    let Stores {
        plain, moka, local, ..
    } = stores;
    let [installed, beside] = stores.runtimes;
    let loader = async || Err::<Loaded<K::View, _>, _>("a hit calls no loader");
    // A loader of its own for each: with one, their reads are one function, which is called and not inlined as that of
    // an application's one place is.
    let unread = async || Err::<WithTags<K::View, Values>, _>("a hit calls no loader");
    let unread_beside = async || Err::<WithTags<K::View, Values>, _>("a hit calls no loader");
    let mut contenders: [Contender<'_>; 7] = [
        Box::new(|| each(&keys, |key| plain.get(key))),
        Box::new(|| each(&keys, |key| local.get(key))),
        Box::new(|| awaited(&keys, |key| local.get_or_load(key, loader))),
        Box::new(|| awaited(&keys, |key| installed.get_or_load(key, unread))),
        Box::new(|| each(&keys, |key| installed.get::<K, K::View>(key))),
        Box::new(|| awaited(&keys, |key| beside.get_or_load(key, unread_beside))),
        Box::new(|| awaited(&keys, |key| moka.get(key))),
    ];
    interleaved(ROUNDS, OPERATIONS, &mut contenders)
}

/// Calls `get` with every key; it must not be a call through a pointer, which would be a part of what is measured.
#[inline]
fn each<K, T>(keys: &[K], get: impl Fn(&K) -> T) {
    for key in keys {
        black_box(get(black_box(key)));
    }
}

/// Like [`each`], for what is awaited. The context is the executor's, which has it before there is a hit.
#[inline]
fn awaited<'a, K, F: Future>(keys: &'a [K], read: impl Fn(&'a K) -> F) {
    let context = &mut Context::from_waker(Waker::noop());
    for key in keys {
        black_box(ready_in(context, read(black_box(key))));
    }
}

/// The output of a future that has nothing to wait for.
pub(crate) fn ready<F: Future>(future: F) -> F::Output {
    ready_in(&mut Context::from_waker(Waker::noop()), future)
}

/// Like [`ready`], in a context that is there.
#[expect(
    clippy::inline_always,
    reason = "out of line the future is moved first, which is no part of a hit"
)]
#[inline(always)]
pub(crate) fn ready_in<F: Future>(context: &mut Context<'_>, future: F) -> F::Output {
    match pin!(future).poll(context) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a hit waits for nobody"),
    }
}
