//! Reads: what loaders may return, and reads inside a unit of work.

use std::cell::Cell;
use std::sync::Arc;

use cachex_runtime::codegen::{ErasedAction, record};
use cachex_runtime::testing::runtime;
use cachex_runtime::{Cachex, Tagged, tagged};

use crate::blog::{
    ByTopic, PostById, PostByIdTags, PostPages, PostPagesTags, SCHEMA, change, created, updated,
};
use crate::units::annotated;

/// A value that knows its tags.
#[derive(Debug, PartialEq)]
pub(crate) struct Post {
    author: i64,
}

impl Tagged<PostById> for Post {
    fn tags(&self) -> PostByIdTags {
        PostByIdTags {
            author: self.author,
        }
    }
}

impl cachex_runtime::codegen::Holds<Post> for PostById {}

async fn author(cx: &Cachex, loads: &Cell<u32>, author: i64) -> Option<Arc<Post>> {
    let found = cx.get_or_load(&PostById(1), || async {
        loads.set(loads.get() + 1);
        Ok::<_, ()>(Some(Post { author }))
    });
    found.await.unwrap()
}

#[tokio::test]
async fn a_loader_gives_a_value_that_knows_its_tags() {
    let test = runtime(&SCHEMA);
    let loads = Cell::new(0);
    assert_eq!(author(test.cachex(), &loads, 7).await.unwrap().author, 7);
    assert_eq!(author(test.cachex(), &loads, 8).await.unwrap().author, 7);
    let renamed = |author| change(&crate::blog::USER, ErasedAction::Update, &[author]);
    test.apply(renamed(8));
    assert_eq!(author(test.cachex(), &loads, 8).await.unwrap().author, 7);
    assert_eq!(loads.get(), 1);
    test.apply(renamed(7));
    assert_eq!(author(test.cachex(), &loads, 9).await.unwrap().author, 9);
}

#[tokio::test]
async fn or_a_value_with_its_tags_beside_it() {
    let test = runtime(&SCHEMA);
    let key = PostPages {
        category: None,
        page: 1,
    };
    let load = async |items: Vec<i64>| {
        let loaded = test.cachex().get_or_load(&key, || async {
            let tags = PostPagesTags {
                item: items.clone(),
            };
            Ok::<_, ()>(tagged(items, tags))
        });
        loaded.await.unwrap()
    };
    assert_eq!(*load(vec![1, 2]).await, [1, 2]);
    test.apply(updated(3).setting_title());
    assert_eq!(*load(vec![3]).await, [1, 2]);
    test.apply(updated(2).setting_title());
    assert_eq!(*load(vec![3]).await, [3]);
}

trait Titled {
    fn setting_title(self) -> Self;
}

impl Titled for cachex_runtime::codegen::ErasedChange {
    fn setting_title(self) -> Self {
        crate::blog::Told::setting(self, &[crate::blog::TITLE])
    }
}

#[tokio::test]
async fn or_any_value_where_the_cache_has_no_tags() {
    let test = runtime(&SCHEMA);
    let key = ByTopic("rust".to_owned());
    let found: Arc<&str> = test
        .cachex()
        .get_or_load(&key, || async { Ok::<_, ()>("x") })
        .await
        .unwrap();
    assert_eq!(*found, "x");
    assert_eq!(test.cachex().get::<_, &str>(&key), Some(Some(found)));
}

#[tokio::test]
async fn or_none_where_there_may_be_none() {
    let test = runtime(&SCHEMA);
    let none = test
        .cachex()
        .get_or_load(&PostById(1), || async { Ok::<_, ()>(None::<Post>) });
    assert_eq!(none.await.unwrap(), None);
    let known: Option<Option<Arc<Post>>> = test.cachex().get(&PostById(1));
    assert_eq!(known, Some(None));
}

/// A negative entry belongs to every region a tag binds, and to its id.
#[tokio::test]
async fn a_row_that_appears_ends_the_knowledge_that_there_is_none() {
    let test = runtime(&SCHEMA);
    let none = test
        .cachex()
        .get_or_load(&PostById(1), || async { Ok::<_, ()>(None::<Post>) });
    none.await.unwrap();
    test.apply(created(1));
    assert_eq!(test.cachex().get::<_, Post>(&PostById(1)), None);
}

/// What `#[cached]` expands to.
#[tokio::test]
async fn a_cached_function_finds_its_runtime() {
    let loads = Cell::new(0);
    let read = async || {
        let load = async || {
            loads.set(loads.get() + 1);
            Ok::<_, ()>(Some(Post { author: 1 }))
        };
        let found = cachex_runtime::codegen::cached(Some(&PostById(1)), load).await;
        found.unwrap().unwrap().author
    };
    assert_eq!((read().await, read().await), (1, 1));
    assert_eq!(loads.replace(0), 2, "without a runtime nothing is kept");
    let test = runtime(&SCHEMA);
    assert_eq!((read().await, read().await), (1, 1));
    assert_eq!(loads.replace(0), 1);
    // Within a unit of work it is the unit's.
    let other = Cachex::builder(&SCHEMA).build();
    cachex_runtime::unit(async {
        read().await;
    })
    .on(&other)
    .await;
    assert_eq!(loads.get(), 1);
    assert!(other.get::<_, Post>(&PostById(1)).is_some());
    drop(test);
}

#[tokio::test]
async fn an_error_is_the_loaders_own() {
    let test = runtime(&SCHEMA);
    let failed = test
        .cachex()
        .get_or_load(&PostById(1), || async { Err::<Option<Post>, _>("away") });
    assert_eq!(failed.await.unwrap_err().to_string(), "away");
}

#[tokio::test]
async fn several_keys_are_loaded_at_once() {
    let test = runtime(&SCHEMA);
    let calls = Cell::new(0);
    let keys = [PostById(1), PostById(2), PostById(3)];
    let read = async || {
        let found = test.cachex().get_many(&keys, |missing| {
            calls.set(calls.get() + 1);
            let found = missing.into_iter().filter(|key| key.0 != 2);
            let found: Vec<_> = found
                .map(|key| (key.clone(), Some(Post { author: key.0 })))
                .collect();
            async { Ok::<_, ()>(found) }
        });
        let found = found.await.unwrap();
        found
            .into_iter()
            .map(|post| post.map(|post| post.author))
            .collect::<Vec<_>>()
    };
    assert_eq!(read().await, [Some(1), None, Some(3)]);
    assert_eq!(read().await, [Some(1), None, Some(3)]);
    assert_eq!(calls.get(), 1);
}

/// Between its write and its end the unit sees its own write, and nobody else sees it before the commit.
#[tokio::test]
async fn a_unit_reads_what_it_wrote_past_the_caches() {
    let test = runtime(&SCHEMA);
    let (cx, loads) = (test.cachex(), Cell::new(0));
    author(cx, &loads, 1).await;
    annotated(vec![updated(1)], async {
        assert_eq!(
            author(cx, &loads, 2).await.unwrap().author,
            2,
            "it hit the old entry"
        );
        assert_eq!(cx.get::<_, Post>(&PostById(1)), None);
        assert_eq!(
            author(cx, &loads, 3).await.unwrap().author,
            3,
            "it stored what may be rolled back"
        );
        Err::<(), _>(())
    })
    .await
    .unwrap_err();
    assert_eq!(
        author(cx, &loads, 4).await.unwrap().author,
        1,
        "it was rolled back"
    );
}

#[tokio::test]
async fn so_does_one_that_records_from_its_first_record_on() {
    let test = runtime(&SCHEMA);
    let (cx, loads) = (test.cachex(), Cell::new(0));
    author(cx, &loads, 1).await;
    cachex_runtime::unit(async {
        assert_eq!(author(cx, &loads, 2).await.unwrap().author, 1);
        record(updated(1));
        assert_eq!(author(cx, &loads, 3).await.unwrap().author, 3);
    })
    .await;
    assert_eq!(author(cx, &loads, 4).await.unwrap().author, 4);
}

#[tokio::test]
async fn what_the_plan_does_not_reach_is_read_from_the_caches() {
    let test = runtime(&SCHEMA);
    let (cx, topic) = (test.cachex(), ByTopic("rust".to_owned()));
    let read = async |value: u32| {
        *cx.get_or_load(&topic, || async move { Ok::<_, ()>(value) })
            .await
            .unwrap()
    };
    read(1).await;
    annotated(vec![updated(1).setting_title()], async {
        assert_eq!(read(2).await, 1);
        Ok::<_, ()>(())
    })
    .await
    .unwrap();
    annotated(vec![updated(1)], async {
        assert_eq!(read(3).await, 3);
        Ok::<_, ()>(())
    })
    .await
    .unwrap();
}

/// Other tasks read as ever: the unit's writes are not committed yet.
#[tokio::test]
async fn other_tasks_read_from_the_caches_all_the_while() {
    let test = runtime(&SCHEMA);
    let cx = test.cachex().clone();
    author(&cx, &Cell::new(0), 1).await;
    annotated(vec![updated(1)], async {
        let elsewhere = tokio::spawn(async move { cx.get::<_, Post>(&PostById(1)) });
        assert!(elsewhere.await.unwrap().is_some());
        Ok::<_, ()>(())
    })
    .await
    .unwrap();
}

/// A task that outlives its unit isn't kept from the caches for ever.
#[tokio::test]
async fn a_task_that_reads_after_its_unit_hits_again() {
    let test = runtime(&SCHEMA);
    let cx = test.cachex().clone();
    let (go, gate) = tokio::sync::oneshot::channel::<()>();
    let task = cachex_runtime::unit(async {
        record(updated(1));
        Some(cachex_runtime::spawn(async move {
            gate.await.unwrap();
            cx.get::<_, Post>(&PostById(1)).is_some()
        }))
    })
    .await
    .unwrap();
    author(test.cachex(), &Cell::new(0), 1).await;
    go.send(()).unwrap();
    assert!(task.await.unwrap());
}

/// Nothing of it is cleared by this unit.
#[tokio::test]
async fn reads_of_another_runtime_hit_inside_a_unit() {
    let _test = runtime(&SCHEMA);
    let other = Cachex::builder(&SCHEMA).build();
    author(&other, &Cell::new(0), 1).await;
    annotated(vec![updated(1)], async {
        assert_eq!(author(&other, &Cell::new(0), 2).await.unwrap().author, 1);
        Ok::<_, ()>(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn reads_after_the_unit_hit_again() {
    let test = runtime(&SCHEMA);
    let (cx, loads) = (test.cachex(), Cell::new(0));
    annotated(vec![updated(1)], async { Ok::<_, ()>(()) })
        .await
        .unwrap();
    author(cx, &loads, 1).await;
    author(cx, &loads, 2).await;
    assert_eq!(loads.get(), 1);
}

#[tokio::test]
async fn a_read_on_a_callers_transaction_neither_hits_nor_stores() {
    let test = runtime(&SCHEMA);
    let (cx, loads) = (test.cachex(), Cell::new(0));
    let within = async |author: i64| {
        let read = cx.get_or_load_in(author, &PostById(1), |author| async move {
            Ok::<_, ()>(Some(Post { author }))
        });
        read.await.unwrap().unwrap().author
    };
    assert_eq!(within(1).await, 1);
    assert_eq!(
        author(cx, &loads, 2).await.unwrap().author,
        2,
        "it was stored"
    );
    assert_eq!(within(3).await, 3, "it was a hit");
}

#[tokio::test]
async fn several_keys_too_are_read_past_the_caches_inside_a_unit() {
    let test = runtime(&SCHEMA);
    let cx = test.cachex();
    let read = async |author: i64| {
        let keys = [PostById(1), PostById(1)];
        let found = cx.get_many(&keys, |keys| {
            let found: Vec<_> = keys
                .into_iter()
                .map(|key| (key, Some(Post { author })))
                .collect();
            async { Ok::<_, ()>(found) }
        });
        let found: Vec<_> = found
            .await
            .unwrap()
            .into_iter()
            .flatten()
            .map(|it| it.author)
            .collect();
        found
    };
    assert_eq!(read(1).await, [1, 1]);
    annotated(vec![updated(1)], async {
        assert_eq!(read(2).await, [2, 2]);
        Ok::<_, ()>(())
    })
    .await
    .unwrap();
}
