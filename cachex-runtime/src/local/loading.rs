//! The call of a loader: what can go wrong with it, and what must not come of it.
//!
//! Owns the error of a load and the order among nested loads. Knows no entries.

use std::any::Any;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;

use crate::codegen::CacheDef;

tokio::task_local! {
    /// The position of the cache this task is loading for, in the order of clearing.
    static LOADING: u32;
}

/// Whether a read of this cache may wait for another reader's load.
///
/// Two loaders that each read what the other is loading would wait for each other for ever. So a loader waits only
/// for loads of caches before its own in the order of clearing, which is that of building one from another;
/// anything else it loads itself.
pub(crate) fn may_wait(def: &CacheDef) -> bool {
    LOADING
        .try_with(|loading| def.order < *loading)
        .unwrap_or(true)
}

/// Why there is no value. All who waited for one load get the same error.
#[derive(Debug, thiserror::Error)]
pub enum LoadError<E> {
    /// The loader's own error; whether a retry helps is the loader's to say.
    #[error("{0}")]
    Failed(Arc<E>),
    /// The loader panicked. The next read calls it again.
    #[error("the loader of `{cache}` panicked: {message}")]
    Panicked {
        /// The cache it loaded for.
        cache: &'static str,
        /// The panic's message, where it had one.
        message: Arc<str>,
    },
}

impl<E> Clone for LoadError<E> {
    fn clone(&self) -> Self {
        match self {
            Self::Failed(error) => Self::Failed(Arc::clone(error)),
            Self::Panicked { cache, message } => Self::Panicked {
                cache,
                message: Arc::clone(message),
            },
        }
    }
}

/// A [`LoadError`] on its way to waiters, each of which may have a loader with an error type of its own.
#[derive(Clone)]
pub(crate) enum SharedError {
    Failed(Arc<dyn Any + Send + Sync>),
    Panicked {
        cache: &'static str,
        message: Arc<str>,
    },
}

impl SharedError {
    pub(crate) fn of<E: Send + Sync + 'static>(error: &LoadError<E>) -> Self {
        match error {
            LoadError::Failed(error) => Self::Failed(Arc::<E>::clone(error)),
            LoadError::Panicked { cache, message } => Self::Panicked {
                cache,
                message: Arc::clone(message),
            },
        }
    }

    /// The error as this reader's type; `None` if its loader's errors are of another.
    pub(crate) fn into_typed<E: Send + Sync + 'static>(self) -> Option<LoadError<E>> {
        match self {
            Self::Failed(error) => error.downcast().ok().map(LoadError::Failed),
            Self::Panicked { cache, message } => Some(LoadError::Panicked { cache, message }),
        }
    }
}

/// Calls a loader and waits for it. A panic, of the call or of the future, becomes an error. Dropped, it drops the
/// loader's future.
pub(crate) async fn run<T, E, Fut>(
    def: &'static CacheDef,
    load: impl FnOnce() -> Fut,
) -> Result<T, LoadError<E>>
where
    Fut: Future<Output = Result<T, E>>,
{
    let panicked = |panic: Box<dyn Any + Send>| LoadError::Panicked {
        cache: def.name,
        message: message(panic.as_ref()).into(),
    };
    // Unwind safe: after a panic the future is only dropped, and nothing of ours was borrowed by it.
    let future = catch_unwind(AssertUnwindSafe(load)).map_err(panicked)?;
    let mut future = pin!(LOADING.scope(def.order, future));
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
        .unwrap_or("no message")
}
