//! The call of a loader: what can go wrong with it, and what must not come of it.
//!
//! Owns the error of a load and the order among nested loads. Knows no entries.

use std::any::Any;
use std::fmt;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::lag::Sight;
use crate::codegen::CacheDef;

tokio::task_local! {
    /// What this task is loading.
    static LOADING: Loading;
}

/// A load under way, as the reads of its loader see it.
struct Loading {
    /// The position of its cache in the order of clearing.
    order: u32,
    /// Whether something its loader read may be older than what was cleared: then so may be what it gives.
    lagging: Arc<AtomicBool>,
}

/// The loader around this read, if any, gets a value that may lag behind what was cleared.
pub(crate) fn hand_on(sight: Sight) {
    if sight == Sight::Lagging {
        // Outside a loader nothing is built from it.
        let _ = LOADING.try_with(|loading| loading.lagging.store(true, Ordering::Relaxed));
    }
}

/// Whether a read of this cache may wait for another reader's load.
///
/// Two loaders that each read what the other is loading would wait for each other for ever. So a loader waits only
/// for loads of caches before its own in the order of clearing, which is that of building one from another;
/// anything else it loads itself.
pub(crate) fn may_wait(def: &CacheDef) -> bool {
    LOADING
        .try_with(|loading| def.order < loading.order)
        .unwrap_or(true)
}

/// Why there is no value. All who waited for one load get the same error.
#[derive(Debug, thiserror::Error)]
pub enum LoadError<E> {
    /// The loader's own error; whether a retry helps is the loader's to say.
    #[error("{0}")]
    Failed(Arc<E>),
    /// The loader panicked. The next read calls it again.
    #[error("{0}")]
    Panicked(Arc<Panic>),
}

/// A loader's panic.
#[derive(Debug, PartialEq, Eq)]
pub struct Panic {
    /// The cache it loaded for.
    pub cache: &'static str,
    /// What it panicked with, where that was a text.
    pub message: String,
}

impl fmt::Display for Panic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the loader of `{}` panicked: {}",
            self.cache, self.message
        )
    }
}

impl<E> Clone for LoadError<E> {
    fn clone(&self) -> Self {
        match self {
            Self::Failed(error) => Self::Failed(Arc::clone(error)),
            Self::Panicked(panic) => Self::Panicked(Arc::clone(panic)),
        }
    }
}

/// A [`LoadError`] on its way to waiters, each of which may have a loader with an error type of its own.
#[derive(Clone)]
pub(crate) enum SharedError {
    Failed(Arc<dyn Any + Send + Sync>),
    Panicked(Arc<Panic>),
}

impl SharedError {
    pub(crate) fn of<E: Send + Sync + 'static>(error: &LoadError<E>) -> Self {
        match error {
            LoadError::Failed(error) => Self::Failed(Arc::<E>::clone(error)),
            LoadError::Panicked(panic) => Self::Panicked(Arc::clone(panic)),
        }
    }

    /// The error as this reader's type; `None` if its loader's errors are of another.
    pub(crate) fn into_typed<E: Send + Sync + 'static>(self) -> Option<LoadError<E>> {
        match self {
            Self::Failed(error) => error.downcast().ok().map(LoadError::Failed),
            Self::Panicked(panic) => Some(LoadError::Panicked(panic)),
        }
    }
}

/// Calls a loader and waits for it; also says what its nested reads saw. A panic, of the call or of the future,
/// becomes an error. Dropped, it drops the loader's future.
pub(crate) async fn run<T, E, Fut>(
    def: &'static CacheDef,
    load: impl FnOnce() -> Fut,
) -> (Result<T, LoadError<E>>, Sight)
where
    Fut: Future<Output = Result<T, E>>,
{
    let lagging = Arc::new(AtomicBool::new(false));
    let loading = Loading {
        order: def.order,
        lagging: Arc::clone(&lagging),
    };
    let result = called(def, loading, load).await;
    (result, Sight::lagging_if(lagging.load(Ordering::Relaxed)))
}

async fn called<T, E, Fut>(
    def: &'static CacheDef,
    loading: Loading,
    load: impl FnOnce() -> Fut,
) -> Result<T, LoadError<E>>
where
    Fut: Future<Output = Result<T, E>>,
{
    let panicked = |panic: Box<dyn Any + Send>| {
        LoadError::Panicked(Arc::new(Panic {
            cache: def.name,
            message: message(panic.as_ref()).to_owned(),
        }))
    };
    // Unwind safe: after a panic the future is only dropped, and nothing of ours was borrowed by it.
    let future = catch_unwind(AssertUnwindSafe(load)).map_err(panicked)?;
    let mut future = pin!(LOADING.scope(loading, future));
    poll_fn(
        |cx| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
            Ok(poll) => {
                poll.map(|loaded| loaded.map_err(|error| LoadError::Failed(Arc::new(error))))
            }
            Err(panic) => std::task::Poll::Ready(Err(panicked(panic))),
        },
    )
    .await
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&'static str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("with no text")
}
