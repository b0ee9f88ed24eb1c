//! Units of work outside HTTP, and tasks that carry theirs along.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;
use tokio::task::JoinHandle;
use tokio::task::futures::TaskLocalFuture;

use super::annotated::Changes;
use super::outcome::Outcome;
use super::{CURRENT, Current, Ending, Reads, Unit, UnitGuard};
use crate::cachex::Cachex;
use crate::codegen::Value;
use crate::values::Encode;

/// A unit of work around a job, a consumer of messages, a command: the changes of all annotated functions in it, and
/// those it records, are applied together at its end.
///
/// ```ignore
/// cachex::unit(async { import(&rows).await }).scope(tenant).await?;
/// ```
pub fn unit<F>(work: F) -> Work<F>
where
    F: Future,
    F::Output: Outcome,
{
    Work {
        future: work,
        cachex: None,
        scope: None,
    }
}

/// A unit of work that hasn't started, from [`unit()`].
#[derive(Debug)]
#[must_use = "a unit of work does nothing until it is awaited"]
pub struct Work<F> {
    future: F,
    cachex: Option<Cachex>,
    scope: Option<Value>,
}

impl<F> Work<F> {
    /// The scope of the changes in it.
    pub fn scope(mut self, scope: impl Encode) -> Self {
        self.scope = Some(scope.encode());
        self
    }

    /// On this runtime instead of the process's default.
    pub fn on(mut self, cachex: &Cachex) -> Self {
        self.cachex = Some(cachex.clone());
        self
    }
}

impl<F> IntoFuture for Work<F>
where
    F: Future,
    F::Output: Outcome,
{
    type Output = F::Output;
    type IntoFuture = UnitFuture<F>;

    fn into_future(self) -> UnitFuture<F> {
        let cachex = self.cachex.or_else(Cachex::installed);
        let guard = UnitGuard::new(Unit::open(cachex, self.scope, Reads::Cached));
        UnitFuture {
            work: guard.around(self.future),
            guard: Some(guard),
        }
    }
}

pin_project! {
    /// A unit of work under way. Dropped, its functions that had started contribute what they declared; so does
    /// what it recorded itself.
    // The work stands first: dropped before the guard, its functions have concluded when the unit ends.
    #[derive(Debug)]
    pub struct UnitFuture<F> {
        #[pin]
        work: TaskLocalFuture<Current, F>,
        guard: Option<UnitGuard>,
    }
}

impl<F> Future for UnitFuture<F>
where
    F: Future,
    F::Output: Outcome,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let output = ready!(this.work.poll(context));
        let ending = Ending::of(output.succeeded());
        if let Some(guard) = this.guard.take() {
            guard.end(ending);
        }
        Poll::Ready(output)
    }
}

impl Ending {
    /// Of the unit's own code.
    pub(crate) fn of(succeeded: bool) -> Self {
        if succeeded {
            Self::Succeeded(Changes::AsDeclared)
        } else {
            Self::Failed
        }
    }
}

impl UnitGuard {
    /// Work within the unit.
    pub(crate) fn around<F: Future>(&self, work: F) -> TaskLocalFuture<Current, F> {
        CURRENT.scope(self.current(), work)
    }
}

/// Spawns a task that carries the unit of work along: what it records while the unit is open belongs to it, what
/// comes later is applied when it comes. Outside units it is tokio's `spawn`, and panics like it outside a runtime.
pub fn spawn<F>(task: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    match Current::get() {
        Some(current) => tokio::spawn(CURRENT.scope(current, task)),
        None => tokio::spawn(task),
    }
}
