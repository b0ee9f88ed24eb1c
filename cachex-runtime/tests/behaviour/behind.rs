//! Entries past their TTL, served while a task reloads them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use cachex_runtime::codegen::{
    Always, CacheDef, ErasedAction, Holds, Key, NoTags, Revalidated, SYSTEM, SchemaDef, Value,
    notice, param,
};
use cachex_runtime::testing::{Runtime, runtime};
use futures_util::FutureExt as _;
use tokio::sync::Semaphore;
use tokio::task::yield_now;

static RATE: CacheDef = CacheDef {
    name: "rate",
    key: (&[("rate:", 0)], ""),
    dimensions: &[param("id")],
    facets: &[1],
    ttl: Some(Duration::from_mins(1)),
    stale_while_revalidate: Duration::from_mins(1),
    ..CacheDef::DEFAULT
};
static SCHEMA: SchemaDef = SchemaDef {
    namespace: "bank",
    scope: None,
    entities: &[],
    caches: &[&RATE],
};

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Rate(u32);

impl Key for Rate {
    type Tags = NoTags;
    type Presence = Revalidated<Always>;
    const CACHE: u32 = 0;

    fn schema() -> &'static SchemaDef {
        &SCHEMA
    }

    fn params(&self) -> Vec<Value> {
        vec![Value(self.0.to_string().into())]
    }
}

impl Holds<u32> for Rate {}

/// A source that is slow: each load reads its number, counts, and waits for a permit.
#[derive(Debug, Clone)]
struct Source {
    number: Arc<AtomicU32>,
    loads: Arc<AtomicU32>,
    gate: Arc<Semaphore>,
}

impl Source {
    fn new() -> Self {
        Self {
            number: Arc::new(AtomicU32::new(1)),
            loads: Arc::default(),
            gate: Arc::new(Semaphore::new(1)),
        }
    }

    fn loads(&self) -> u32 {
        self.loads.load(Ordering::Relaxed)
    }

    fn write(&self, number: u32) {
        self.number.store(number, Ordering::Relaxed);
    }

    async fn read(self) -> Result<u32, String> {
        let number = self.number.load(Ordering::Relaxed);
        self.loads.fetch_add(1, Ordering::Relaxed);
        self.gate.acquire().await.unwrap().forget();
        Ok(number)
    }
}

async fn read(test: &Runtime, source: &Source) -> u32 {
    let source = source.clone();
    let found = test.cachex().get_or_load(&Rate(1), || source.read()).await;
    *found.unwrap()
}

/// What a read gives, which must not wait for the reload.
fn at_once(test: &Runtime, source: &Source) -> u32 {
    read(test, source).now_or_never().unwrap()
}

/// A runtime with an entry that has just expired, of which the source knows better.
async fn expired() -> (Runtime, Source) {
    let (test, source) = (runtime(&SCHEMA), Source::new());
    assert_eq!(read(&test, &source).await, 1);
    test.clock().advance(Duration::from_secs(61));
    source.write(2);
    (test, source)
}

#[tokio::test]
async fn who_finds_it_gets_it_at_once_and_one_task_reloads_it() {
    let (test, source) = expired().await;
    assert_eq!(at_once(&test, &source), 1);
    assert_eq!(at_once(&test, &source), 1);
    yield_now().await;
    assert_eq!(at_once(&test, &source), 1);
    assert_eq!(source.loads(), 2, "the first load, and one reload");
    source.gate.add_permits(1);
    yield_now().await;
    assert_eq!(at_once(&test, &source), 2);
    assert_eq!(source.loads(), 2);
}

#[tokio::test]
async fn an_invalidation_is_obeyed_by_the_reload_that_it_meets() {
    let (test, source) = expired().await;
    assert_eq!(at_once(&test, &source), 1);
    yield_now().await;
    source.write(3);
    test.apply(notice(&SYSTEM, None, ErasedAction::Delete));
    source.gate.add_permits(2);
    assert_eq!(read(&test, &source).await, 3);
    yield_now().await;
    assert_eq!(at_once(&test, &source), 3, "the reload had read 2");
}

#[tokio::test]
async fn past_the_window_the_reader_waits() {
    let (test, source) = expired().await;
    test.clock().advance(Duration::from_mins(1));
    source.gate.add_permits(1);
    assert_eq!(read(&test, &source).await, 2);
}

#[test]
fn outside_a_tokio_runtime_the_reader_reloads_it_itself() {
    let tokio = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let (test, source) = tokio.block_on(expired());
    source.gate.add_permits(1);
    assert_eq!(at_once(&test, &source), 2);
}

#[tokio::test]
async fn the_task_ends_with_its_runtime() {
    let (test, source) = expired().await;
    assert_eq!(at_once(&test, &source), 1);
    yield_now().await;
    assert_eq!(Arc::strong_count(&source.loads), 2, "the reload holds one");
    drop(test);
    yield_now().await;
    assert_eq!(Arc::strong_count(&source.loads), 1);
}
