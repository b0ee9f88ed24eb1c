//! What `#[cached]` makes of loaders of every form: which key, when they run, what their readers get.
//!
//! No test sleeps: a load that is to be met in flight waits at a gate.

#![allow(dead_code, reason = "not every key and change is used here")]
#![expect(clippy::unwrap_used, reason = "a failed expectation is the report")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use cachex::{LoadError, WithTags, cached, tagged};
use tokio::sync::Semaphore;
use uuid::Uuid;

mod cache {
    cachex::schema!("tests/cached.yaml");
}

const POST: Uuid = Uuid::from_u128(1);
const AUTHOR: Uuid = Uuid::from_u128(2);

#[derive(Debug, PartialEq)]
struct Post {
    title: &'static str,
}

impl cachex::Tagged<cache::PostById> for Post {
    fn tags(&self) -> cache::PostByIdTags {
        cache::PostByIdTags { author: AUTHOR }
    }
}

#[derive(Debug, PartialEq)]
struct Failed;

/// The source of truth: counts what is read of it, and answers only once it may.
struct Source {
    loads: AtomicUsize,
    gate: Semaphore,
}

impl Source {
    fn open() -> Self {
        Self {
            loads: AtomicUsize::new(0),
            gate: Semaphore::new(Semaphore::MAX_PERMITS),
        }
    }

    fn shut() -> Self {
        Self {
            gate: Semaphore::new(0),
            ..Self::open()
        }
    }

    async fn read(&self) {
        self.loads.fetch_add(1, Ordering::Relaxed);
        self.gate.acquire().await.unwrap().forget();
    }

    fn loads(&self) -> usize {
        self.loads.load(Ordering::Relaxed)
    }
}

#[cached(post_by_id)]
async fn post(source: &Source, id: Uuid) -> Result<Post, Failed> {
    source.read().await;
    Ok(Post { title: "one" })
}

#[tokio::test]
async fn a_value_is_loaded_once_until_it_is_stale() {
    let test = cachex::testing::runtime(&cache::SCHEMA);
    let source = Source::open();
    for _ in 0..3 {
        assert_eq!(post(&source, POST).await.unwrap().title, "one");
    }
    assert_eq!(source.loads(), 1);
    // Another key is another entry; what its tags say finds the first.
    post(&source, AUTHOR).await.unwrap();
    assert_eq!(source.loads(), 2);
    let renamed = cache::user::update_only(AUTHOR).name();
    renamed.apply(test.cachex()).await;
    post(&source, POST).await.unwrap();
    assert_eq!(source.loads(), 3);
}

#[cached(post_by_slug)]
async fn by_slug(
    source: &Source,
    slug: &str,
) -> Result<Option<WithTags<Uuid, cache::PostBySlugTags>>, Failed> {
    source.read().await;
    let found = slug == "there";
    Ok(found.then(|| tagged(POST, cache::PostBySlugTags { id: POST })))
}

#[tokio::test]
async fn that_there_is_none_is_kept_and_normalised_keys_are_one() {
    let test = cachex::testing::runtime(&cache::SCHEMA);
    let source = Source::open();
    for _ in 0..2 {
        assert_eq!(by_slug(&source, "missing").await.unwrap(), None);
        assert_eq!(by_slug(&source, "MISSING").await.unwrap(), None);
        assert_eq!(
            by_slug(&source, "there").await.unwrap().as_deref(),
            Some(&POST)
        );
    }
    assert_eq!(source.loads(), 2);
    // "There is none" belongs to every id.
    let created = cache::post::create(Uuid::max());
    created.apply(test.cachex()).await;
    by_slug(&source, "missing").await.unwrap();
    by_slug(&source, "there").await.unwrap();
    assert_eq!(source.loads(), 3);
}

/// A handler's extractor.
struct Path<T>(T);

#[cached(titles)]
async fn titles(
    Path((author, page)): Path<(Option<Uuid>, u32)>,
    filter: &[&str],
    source: Arc<Source>,
) -> Result<Vec<String>, Failed> {
    source.read().await;
    Ok(vec![format!("{author:?} {page} {filter:?}")])
}

#[tokio::test]
async fn the_key_is_made_of_parameters_by_name_wherever_they_are_bound() {
    let _test = cachex::testing::runtime(&cache::SCHEMA);
    let source = Arc::new(Source::open());
    let read = |author, page, filter: &'static [&'static str]| {
        titles(Path((author, page)), filter, Arc::clone(&source))
    };
    let mut seen = Vec::new();
    for _ in 0..2 {
        for (author, page, filter) in [
            (None, 1, &["a"][..]),
            (None, 2, &["a"]),
            (Some(AUTHOR), 1, &["a"]),
            (None, 1, &["b"]),
        ] {
            seen.push(read(author, page, filter).await.unwrap());
        }
    }
    assert_eq!(source.loads(), 4);
    let (first, second) = seen.split_at(4);
    assert_eq!(first, second);
    seen.dedup();
    assert_eq!(seen.len(), 8);
}

trait Posts {
    async fn post(&self, id: Uuid) -> Result<Arc<Post>, LoadError<Failed>>;
}

struct Store<S> {
    source: S,
}

impl<S: AsRef<Source>> Store<S> {
    #[cached(post_by_id)]
    async fn method(&self, id: Uuid) -> Result<Post, Failed> {
        self.source.as_ref().read().await;
        Ok(Post { title: "method" })
    }
}

impl<S: AsRef<Source>> Posts for Store<S> {
    #[cached(post_by_id)]
    async fn post(&self, id: Uuid) -> Result<Post, Failed> {
        self.source.as_ref().read().await;
        Ok(Post { title: "trait" })
    }
}

#[cached(post_by_id)]
async fn generic<S>(source: S, id: Uuid) -> Result<Post, Failed>
where
    S: AsRef<Source>,
{
    source.as_ref().read().await;
    Ok(Post { title: "generic" })
}

#[tokio::test]
async fn methods_and_generic_functions_load_for_the_same_cache() {
    let _test = cachex::testing::runtime(&cache::SCHEMA);
    let source = Arc::new(Source::open());
    let store = Store {
        source: Arc::clone(&source),
    };
    assert_eq!(store.method(POST).await.unwrap().title, "method");
    assert_eq!(store.post(POST).await.unwrap().title, "method");
    assert_eq!(Posts::post(&store, AUTHOR).await.unwrap().title, "trait");
    assert_eq!(generic(&source, AUTHOR).await.unwrap().title, "trait");
    let other = Uuid::max();
    assert_eq!(generic(&source, other).await.unwrap().title, "generic");
    assert_eq!(source.loads(), 3);
}

#[cached(post_by_id)]
async fn failing(source: &Source, id: Uuid, fails: bool) -> Result<Post, Failed> {
    source.read().await;
    if fails {
        return Err(Failed);
    }
    let title: Result<&'static str, Failed> = Ok("late");
    Ok(Post { title: title? })
}

#[tokio::test]
async fn an_error_is_handed_on_and_not_kept() {
    let _test = cachex::testing::runtime(&cache::SCHEMA);
    let source = Source::open();
    let failed = failing(&source, POST, true).await;
    assert!(matches!(failed, Err(LoadError::Failed(error)) if *error == Failed));
    assert_eq!(failing(&source, POST, false).await.unwrap().title, "late");
    assert_eq!(failing(&source, POST, true).await.unwrap().title, "late");
    assert_eq!(source.loads(), 2);
}

#[tokio::test]
async fn readers_that_miss_together_load_once_and_share_the_error() {
    let _test = cachex::testing::runtime(&cache::SCHEMA);
    let source = Source::shut();
    let opened = async {
        while source.loads() == 0 {
            tokio::task::yield_now().await;
        }
        source.gate.add_permits(8);
    };
    let read = || failing(&source, POST, true);
    let (one, two, three, ()) = tokio::join!(read(), read(), read(), opened);
    let errors = [one, two, three].map(|result| match result {
        Err(LoadError::Failed(error)) => error,
        other => unreachable!("{other:?}"),
    });
    assert_eq!(source.loads(), 1);
    assert!(errors.iter().all(|error| Arc::ptr_eq(error, &errors[0])));
}
