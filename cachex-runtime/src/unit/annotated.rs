//! What `#[invalidates]` expands to: a guard around a function's body.
//!
//! Owns the three ways a function ends. Outside a unit of work the function is one of its own.

use std::sync::Arc;

use super::{CURRENT, Current, Ending, Reads, Unit};
use crate::cachex::Cachex;
use crate::codegen::ErasedChange;
use crate::loud;

/// What a function's attributes declare.
#[derive(Debug)]
pub struct Declaration {
    /// Its path, for messages.
    pub function: &'static str,
    /// In the attributes' order, with all that the parameters tell; the rest is unknown.
    pub changes: Vec<ErasedChange>,
    /// What a failure contributes.
    pub on_error: OnError,
    /// Whose transaction it works in.
    pub executor: Executor,
}

/// What a function that fails contributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnError {
    /// Nothing: its writes were rolled back.
    Nothing,
    /// What it declared and recorded (`on_error = invalidate`): it commits before it fails.
    Invalidate,
}

/// Whose transaction a function works in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Executor {
    /// One of its own, committed when the function ends.
    Own,
    /// Its caller's: a transaction or an executor stands among its parameters.
    Callers,
}

/// The changes of a function that ended well.
#[derive(Debug)]
pub enum Changes {
    /// What it declared: nothing in them comes from the success value.
    AsDeclared,
    /// These, in the attributes' order.
    Exactly(Vec<ErasedChange>),
}

/// An annotated function while it runs. Dropped without having succeeded or failed, it was cancelled or panicked.
#[derive(Debug)]
#[must_use = "dropped at once, the function counts as cancelled"]
pub struct Annotated {
    current: Current,
    unit: Belongs,
    running: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Belongs {
    /// The function joined an open unit.
    Joined,
    /// The unit is the function's own and ends with it.
    Own,
}

impl Annotated {
    /// The function starts. From here on the unit's reads of what it declares go past the caches.
    pub fn enter(declaration: Declaration) -> Self {
        let Declaration {
            function,
            changes,
            on_error,
            executor,
        } = declaration;
        let open = Current::get();
        if let Some(Current { unit, .. }) = &open
            && let Some(frame) = unit.enter(changes.clone(), on_error)
        {
            return Self {
                current: Current::new(Arc::clone(unit), frame),
                unit: Belongs::Joined,
                running: true,
            };
        }
        if cfg!(debug_assertions) && executor == Executor::Callers {
            tracing::warn!(
                function,
                "works in its caller's transaction, but there is no unit of work around it: \
                 what it declares is cleared before the commit"
            );
        }
        Self::own(open, changes, on_error)
    }

    /// A unit of its own: of the ended unit's runtime in a task that outlived it, else of the process's default.
    fn own(ended: Option<Current>, changes: Vec<ErasedChange>, on_error: OnError) -> Self {
        let unit = match ended {
            Some(Current { unit, .. }) => {
                Unit::open(unit.cachex.clone(), unit.scope.clone(), unit.reads)
            }
            None => Unit::open(Cachex::installed(), None, Reads::Cached),
        };
        let frame = unit.enter(changes, on_error);
        Self {
            // A unit that was just opened hasn't ended.
            current: Current::new(unit, frame.unwrap_or(super::FrameId::ROOT)),
            unit: Belongs::Own,
            running: true,
        }
    }

    /// The body of an async function, within the function's unit.
    pub fn run<F: Future>(&self, body: F) -> impl Future<Output = F::Output> + use<F> {
        CURRENT.scope(self.current.clone(), body)
    }

    /// The body of a sync function.
    pub fn run_now<T>(&self, body: impl FnOnce() -> T) -> T {
        CURRENT.sync_scope(self.current.clone(), body)
    }

    /// The function ended well. A unit of its own is applied when this returns; dropped before, it is applied with
    /// what was declared.
    #[expect(clippy::unused_async, reason = "a shared store is waited for here")]
    pub async fn succeed(self, changes: Changes) {
        self.succeed_now(changes);
    }

    /// The same for sync functions.
    pub fn succeed_now(mut self, changes: Changes) {
        self.end(Ending::Succeeded(changes));
    }

    /// The function failed. What annotated functions within it contribute stands all the same.
    #[expect(clippy::unused_async, reason = "a shared store is waited for here")]
    pub async fn fail(self) {
        self.fail_now();
    }

    /// The same for sync functions.
    pub fn fail_now(mut self) {
        self.end(Ending::Failed);
    }

    fn end(&mut self, ending: Ending) {
        if let Some(complaint) = self.conclude(ending) {
            loud::complain(&complaint);
        }
    }

    /// Ends the function, and its unit if that is its own; what there is to complain about.
    fn conclude(&mut self, ending: Ending) -> Option<String> {
        self.running = false;
        let Current { unit, frame } = &self.current;
        // What the unit's own code recorded: there is none outside the function.
        let late = unit.conclude(*frame, ending);
        let mut complaint = late.and_then(|done| done.complaint);
        if self.unit == Belongs::Own {
            complaint = complaint.or(unit.end(Ending::Failed).complaint);
        }
        complaint
    }
}

impl Drop for Annotated {
    fn drop(&mut self) {
        if self.running {
            // Counted and logged; a panic here could meet another one.
            self.conclude(Ending::Lost);
        }
    }
}
