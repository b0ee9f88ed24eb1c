//! A read inside a unit of work, between its write and its end: it sees what the unit wrote, and nobody else does.
//!
//! The naive variant is the same store asked without a look at the unit; moka is asked the same way.

use std::convert::Infallible as Never;

use cachex_runtime::clock::Clock;
use cachex_runtime::codegen::{ErasedAction, NoTags, SYSTEM, notice, record};
use cachex_runtime::local::{Caches, Loaded};
use cachex_runtime::testing::{Runtime, runtime};
use moka::future::Cache as Moka;

use crate::blog::{ByTopic, SCHEMA};

enum Cache {
    Cachex(Box<Runtime>),
    Naive(Caches),
    Moka(Moka<u32, &'static str>),
}

impl Cache {
    fn cachex() -> Self {
        Self::Cachex(Box::new(runtime(&SCHEMA)))
    }

    fn naive() -> Self {
        Self::Naive(Caches::new(&SCHEMA, &Clock::manual()))
    }

    fn moka() -> Self {
        Self::Moka(Moka::new(100))
    }

    /// A read whose loader sees this row.
    async fn read(&self, row: &'static str) -> &'static str {
        let key = ByTopic("rust".to_owned());
        match self {
            Self::Cachex(test) => {
                let load = async || Ok::<_, Never>(row);
                *test.cachex().get_or_load(&key, load).await.unwrap()
            }
            Self::Naive(caches) => {
                let local = caches.of::<_, &'static str>().unwrap();
                let load = async || Ok::<_, Never>(Loaded::tagged(row, NoTags));
                *local.get_or_load(&key, load).await.unwrap().unwrap()
            }
            Self::Moka(moka) => moka.get_with(1, async { row }).await,
        }
    }

    /// What a unit reads that has written "new" on its own transaction; then it fails, and the transaction with it.
    async fn read_in_unit(&self) -> &'static str {
        let mut seen = "";
        let work = cachex_runtime::unit(async {
            record(notice(&SYSTEM, None, ErasedAction::Delete));
            seen = self.read("new").await;
            Err::<(), _>(())
        });
        let failed = match self {
            Self::Cachex(test) => work.on(test.cachex()).await,
            // It takes the change, and clears nothing as it fails.
            Self::Naive(_) | Self::Moka(_) => {
                let other = runtime(&SCHEMA);
                work.on(other.cachex()).await
            }
        };
        assert!(failed.is_err());
        seen
    }
}

async fn over_an_entry(cache: Cache) -> &'static str {
    assert_eq!(cache.read("old").await, "old");
    cache.read_in_unit().await
}

#[tokio::test]
async fn a_unit_sees_what_it_wrote() {
    assert_eq!(over_an_entry(Cache::cachex()).await, "new");
    assert_eq!(over_an_entry(Cache::naive()).await, "old");
    assert_eq!(over_an_entry(Cache::moka()).await, "old");
}

async fn after_the_unit(cache: Cache) -> &'static str {
    assert_eq!(cache.read_in_unit().await, "new");
    cache.read("old").await
}

#[tokio::test]
async fn nobody_sees_what_was_never_committed() {
    assert_eq!(after_the_unit(Cache::cachex()).await, "old");
    assert_eq!(after_the_unit(Cache::naive()).await, "new");
    assert_eq!(after_the_unit(Cache::moka()).await, "new");
}

/// The reads of others are none of the unit's business: they hit as before.
#[tokio::test]
async fn beside_the_unit_the_entry_is_served() {
    let cache = Cache::cachex();
    assert_eq!(cache.read("old").await, "old");
    let Cache::Cachex(test) = &cache else {
        unreachable!("it was made one")
    };
    let (begun, end) = (tokio::sync::Notify::new(), tokio::sync::Notify::new());
    let unit = async {
        let work = cachex_runtime::unit(async {
            record(notice(&SYSTEM, None, ErasedAction::Delete));
            begun.notify_one();
            end.notified().await;
        });
        work.on(test.cachex()).await;
    };
    let beside = async {
        begun.notified().await;
        let seen = cache.read("newer").await;
        end.notify_one();
        seen
    };
    assert_eq!(tokio::join!(unit, beside).1, "old");
    assert_eq!(cache.read("newer").await, "newer");
}
