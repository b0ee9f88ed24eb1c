//! Loaders that run behind the reader: the reader gets an entry past its TTL at once, and a task reloads it.
//!
//! Owns what such a loader must be, and the tasks. A task outlives its reader, so its loader owns what it uses; that
//! is asked of loaders of caches with `stale_while_revalidate`, and of no others. Keeps true: the tasks end with
//! their runtime.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use tokio::runtime::Handle;
use tokio::task::JoinSet;

/// Loaders run in their reader.
#[derive(Debug)]
pub enum Here {}

/// Loaders may run behind it.
#[derive(Debug)]
pub enum Behind {}

/// A load that has not begun, and owns what it uses.
pub type Detached<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A loader of a cache whose loaders run [`Here`] or [`Behind`] their readers.
#[diagnostic::on_unimplemented(
    message = "the cache has `stale_while_revalidate`, so its loader runs behind the reader",
    label = "it must own what it uses, and be `Send`",
    note = "clone what it borrows, and move it in: `let pool = pool.clone(); cx.get_or_load(&key, async move || …)`"
)]
pub trait Reloads<Where, T>: Sized {
    /// The load as it can be given to a task; the loader back where it need not be able to.
    fn detach(self) -> Result<Detached<T>, Self>;
}

// Of any type: what is no loader is told once, by whoever calls it.
impl<F, T> Reloads<Here, T> for F {
    fn detach(self) -> Result<Detached<T>, Self> {
        Err(self)
    }
}

impl<F, Fut> Reloads<Behind, Fut::Output> for F
where
    F: FnOnce() -> Fut + Send + 'static,
    Fut: Future + Send + 'static,
{
    fn detach(self) -> Result<Detached<Fut::Output>, Self> {
        Ok(Box::pin(async move { self().await }))
    }
}

/// The tasks of one runtime. Dropped, they are cancelled.
#[derive(Debug, Default)]
pub(crate) struct Tasks {
    // Held for the length of a push.
    running: Mutex<JoinSet<()>>,
}

impl Tasks {
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static, on: &Handle) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        // What has ended is forgotten here, so that there are never more than run at a time, and one.
        while running.try_join_next().is_some() {}
        running.spawn_on(task, on);
    }
}
