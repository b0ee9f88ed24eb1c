//! The schedules that break a cache whose rules are left out, played step by step.
//!
//! Each is a function over the protocol: it gives what a read returned that began after the invalidation was
//! acknowledged. With the sound protocol that must be the new value; with the one rule replaced that the schedule is
//! about it must be the old one, and so it is with moka's `get_with`. Nothing sleeps: a loader stands at a gate, or
//! a reader is called between two steps of a bump.

mod beneath;
mod bumps;
mod flights;
mod lag;
mod peers;
mod random;
mod reads;
mod replaced;
mod room;
mod stale;
mod table;
mod unknown;

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use super::cache::Cache;
use super::core::Core;
use super::entry::Loaded;
use super::loading::LoadError;
use super::protocol::{Protocol, Sound, Step};
use super::slots::Place;
use crate::clock::Clock;
use crate::codegen::{
    CacheDef, Cardinality, DimensionDef, DimensionKind, Key, Perhaps, Region, SchemaDef, Tags,
    Value,
};

/// A post with its authors' names; facets: its identity, and each author.
static POST: CacheDef = CacheDef {
    index: 0,
    order: 0,
    name: "post_by_id",
    key: (&[("post:", 0)], ""),
    dimensions: &[
        DimensionDef {
            name: "id",
            kind: DimensionKind::Param,
            cardinality: Cardinality::One,
        },
        DimensionDef {
            name: "author",
            kind: DimensionKind::Tag,
            cardinality: Cardinality::Many,
        },
    ],
    facets: &[0b01, 0b10],
    ttl: Some(Duration::from_mins(1)),
    jitter: 0,
    stale_while_revalidate: Duration::from_mins(1),
    stale_if_error: Duration::from_mins(2),
    negative_ttl: Some(Duration::from_mins(1)),
    max_entries: 10_000,
    max_tags: 64,
    format: 1,
    scoped: false,
    replica_lag: None,
};

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Post(u32);

/// The authors of a post.
#[derive(Debug, Clone)]
struct Authors(Vec<u32>);

impl Tags for Authors {
    fn values(&self) -> Vec<Vec<Value>> {
        vec![self.0.iter().copied().map(value).collect()]
    }
}

impl Key for Post {
    type Tags = Authors;
    type Presence = Perhaps;
    const CACHE: u32 = 0;

    fn schema() -> &'static SchemaDef {
        static SCHEMA: SchemaDef = SchemaDef {
            namespace: "blog",
            scope: None,
            entities: &[],
            caches: &[&POST],
        };
        &SCHEMA
    }

    fn scope(&self) -> Option<Value> {
        None
    }

    fn params(&self) -> Vec<Value> {
        vec![value(self.0)]
    }
}

fn value(of: u32) -> Value {
    Value(of.to_string().into())
}

/// The region of one post.
fn post(id: u32) -> Region {
    region(0, id)
}

/// The region of all posts of an author.
fn author(id: u32) -> Region {
    region(1, id)
}

fn region(facet: u16, id: u32) -> Region {
    Region {
        cache: 0,
        scope: None,
        facet: Some(facet),
        values: vec![value(id)],
    }
}

/// What a loader gives, and where it is read from: a table of one row, or none.
type Row = Option<(&'static str, Vec<u32>)>;

#[derive(Debug, Clone, Default)]
struct Table(Arc<Mutex<Row>>);

impl Table {
    fn holding(name: &'static str, authors: &[u32]) -> Self {
        let table = Self::default();
        table.write(name, authors);
        table
    }

    fn write(&self, name: &'static str, authors: &[u32]) {
        *self.0.lock().unwrap() = Some((name, authors.to_vec()));
    }

    fn read(&self) -> Loaded<&'static str, Authors> {
        match self.0.lock().unwrap().clone() {
            Some((name, authors)) => Loaded::tagged(name, Authors(authors)),
            None => Loaded::none(),
        }
    }
}

type Posts<P> = Cache<Post, &'static str, P>;
type Read = Result<Option<&'static str>, LoadError<String>>;

fn posts<P: Protocol>() -> (Posts<P>, Clock) {
    let clock = Clock::manual();
    (posts_like(&POST, &clock), clock)
}

fn posts_like<P: Protocol>(def: &'static CacheDef, clock: &Clock) -> Posts<P> {
    let core = || Core::new(def, clock.clone());
    // Slots are seeded anew at each start. No schedule is about two regions that share one by chance.
    let core = std::iter::repeat_with(core)
        .take(100)
        .find(are_apart)
        .unwrap();
    Cache::new(Arc::new(core))
}

/// Whether no two of the regions that schedules clear or read share a slot.
fn are_apart(core: &Core) -> bool {
    let regions = (1..=3).map(post).chain((0..=65).map(author));
    let places: Vec<_> = regions
        .map(|region| core.placer.cleared(&core.slots, &region)[0])
        .collect();
    let shared = |(i, one): (usize, &Place)| {
        places[..i]
            .iter()
            .any(|other| core.slots.share(*one, *other))
    };
    !places.iter().enumerate().any(shared)
}

/// Clears a region; `between` runs after each step.
fn clear<P: Protocol>(posts: &Posts<P>, region: &Region, between: impl FnMut(Step)) {
    posts.core.clear_observed::<P>(region, between);
}

/// Clears a region as one step.
fn clear_at_once<P: Protocol>(posts: &Posts<P>, region: &Region) {
    clear(posts, region, |_| ());
}

/// A read from start to end with a loader that answers at once.
fn read<P: Protocol>(posts: &Posts<P>, id: u32, table: &Table) -> Option<&'static str> {
    now(read_later(posts, id, table, &Gate::open())).unwrap()
}

/// A read whose loader reads the table, then waits at a gate.
fn read_later<'a, P: Protocol>(
    posts: &'a Posts<P>,
    id: u32,
    table: &'a Table,
    gate: &Gate,
) -> Pin<Box<dyn Future<Output = Read> + 'a>> {
    let gate = gate.clone();
    Box::pin(async move {
        let key = Post(id);
        let load = || async {
            let row = table.read();
            gate.passed().await;
            Ok(row)
        };
        let answer = posts.get_or_load(&key, load).await?;
        Ok(answer.map(|value| *value))
    })
}

/// Holds a loader until it is opened.
#[derive(Debug, Clone)]
struct Gate(Arc<tokio::sync::Semaphore>);

impl Gate {
    fn shut() -> Self {
        Self(Arc::new(tokio::sync::Semaphore::new(0)))
    }

    fn open() -> Self {
        Self(Arc::new(tokio::sync::Semaphore::new(1)))
    }

    fn lift(&self) {
        self.0.add_permits(1);
    }

    async fn passed(&self) {
        self.0.acquire().await.unwrap().forget();
    }
}

/// Runs a future until it waits for something.
fn start<F: Future + Unpin>(future: &mut F) -> Option<F::Output> {
    match Pin::new(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}

/// Runs a future that has nothing to wait for.
fn now<F: Future + Unpin>(mut future: F) -> F::Output {
    start(&mut future).unwrap_or_else(|| panic!("it waits for somebody"))
}
