//! The unit of work: the changes of one handler, applied together at its end.
//!
//! Owns which changes are contributed, in which order, and when the unit's own reads go past the caches. Knows no
//! HTTP. Keeps true: a function that ended well contributes whatever else happens; one that was dropped half-way
//! contributes what it declared; what is contributed is applied once, however the unit ends.

mod annotated;
mod current;
mod frame;
pub mod outcome;
mod reached;
mod work;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use self::annotated::{Annotated, Changes, Declaration, Executor, OnError};
pub use self::current::record;
pub(crate) use self::current::{CURRENT, Current, bypasses, of_current, scope, told};
pub(crate) use self::frame::Ending;
use self::frame::Frame;
use self::reached::Reached;
pub use self::work::{UnitFuture, Work, spawn, unit};
use crate::apply::Done;
use crate::cachex::Cachex;
use crate::codegen::{ErasedChange, Value};
use crate::loud;

/// How the unit's reads are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Reads {
    /// From the caches, but for those the unit's changes reach.
    #[default]
    Cached,
    /// All from the source: a client asked for more than this node has applied.
    #[cfg(feature = "axum")]
    Past,
}

/// An open unit of work, shared by its annotated functions and the tasks it spawned.
#[derive(Debug)]
pub(crate) struct Unit {
    /// `None`: none was installed; whatever the unit contributes is lost, loudly.
    cachex: Option<Cachex>,
    scope: Option<Value>,
    reads: Reads,
    reached: Reached,
    state: Mutex<State>,
}

/// Index into [`State::frames`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FrameId(usize);

impl FrameId {
    /// What is recorded outside any annotated function.
    const ROOT: Self = Self(0);
}

#[derive(Debug)]
struct State {
    frames: Vec<Frame>,
    /// The position of what is recorded next: the event lists changes in this order.
    next: u64,
    ended: bool,
    /// What was applied within the unit, for the answer to the request.
    done: Vec<Done>,
}

impl State {
    fn position(&mut self) -> u64 {
        self.next += 1;
        self.next
    }
}

impl Unit {
    pub(crate) fn open(cachex: Option<Cachex>, scope: Option<Value>, reads: Reads) -> Arc<Self> {
        let reached = Reached::new(cachex.as_ref());
        #[cfg(feature = "axum")]
        if reads == Reads::Past {
            reached.add_all();
        }
        Arc::new(Self {
            reached,
            cachex,
            scope,
            reads,
            state: Mutex::new(State {
                frames: vec![Frame::root()],
                next: 0,
                ended: false,
                done: Vec::new(),
            }),
        })
    }

    /// Whether a request of this scope, or of none, is already within this unit.
    #[cfg(feature = "axum")]
    pub(crate) fn covers(&self, cachex: &Cachex, scope: Option<&Value>) -> bool {
        let own = self.cachex.as_ref().is_some_and(|it| it.is(cachex));
        own && (scope.is_none() || scope == self.scope.as_ref()) && !self.state().ended
    }

    /// Held for the length of a push; nothing that can panic runs under it.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An annotated function starts; `None`: the unit has ended, and the function needs one of its own.
    fn enter(&self, changes: Vec<ErasedChange>, on_error: OnError) -> Option<FrameId> {
        self.reached.begin(&changes);
        let mut state = self.state();
        if state.ended {
            drop(state);
            self.reached.end();
            return None;
        }
        let since = state.position();
        state.frames.push(Frame::new(since, changes, on_error));
        Some(FrameId(state.frames.len() - 1))
    }

    /// An annotated function ends. If its unit has ended before it, its changes are applied by themselves.
    fn conclude(&self, frame: FrameId, ending: Ending) -> Option<Done> {
        let changes = {
            let mut state = self.state();
            let ended = state.ended;
            let frame = state.frames.get_mut(frame.0)?;
            frame.end(ending);
            ended.then(|| in_order(frame.take()))
        };
        self.reached.end();
        changes.and_then(|changes| self.apply(&changes))
    }

    /// Records a change for the end of the unit; after it, applies it by itself.
    fn record(&self, frame: FrameId, change: ErasedChange) -> Option<Done> {
        self.reached.add(std::slice::from_ref(&change));
        let late = {
            let mut state = self.state();
            let position = state.position();
            let ended = state.ended;
            match state.frames.get_mut(frame.0) {
                // A function that still runs gives its changes when it ends.
                Some(frame) if !ended || frame.is_running() => {
                    frame.record(position, change);
                    None
                }
                Some(_) | None => Some(change),
            }
        };
        late.and_then(|change| self.apply(&[change]))
    }

    /// The unit ends: what its functions contribute is applied, and everything it told is handed out. Functions
    /// that still run in other tasks apply their changes when they end.
    pub(crate) fn end(&self, ending: Ending) -> Ended {
        let changes = {
            let mut state = self.state();
            state.ended = true;
            if let Some(root) = state.frames.first_mut() {
                root.end(ending);
            }
            in_order(state.frames.iter_mut().flat_map(Frame::take).collect())
        };
        self.reached.end();
        let mut complaint = None;
        if let Some(mut done) = self.apply(&changes) {
            complaint = done.complaint.take();
            self.state().done.push(done);
        }
        Ended {
            done: std::mem::take(&mut self.state().done),
            complaint,
        }
    }

    /// Applies contributed changes; `None`: there are none.
    fn apply(&self, changes: &[ErasedChange]) -> Option<Done> {
        if changes.is_empty() {
            return None;
        }
        match &self.cachex {
            Some(cachex) => Some(cachex.apply_now(changes, self.scope.as_ref())),
            None => Some(Done::lost(changes)),
        }
    }
}

/// How a unit ended.
#[derive(Debug)]
#[must_use = "a complaint is to be raised where a panic does no harm"]
pub(crate) struct Ended {
    /// What was applied within it and at its end.
    pub(crate) done: Vec<Done>,
    complaint: Option<String>,
}

impl Ended {
    /// Panics under debug assertions where changes were lost or had no scope.
    pub(crate) fn complain(self) -> Vec<Done> {
        if let Some(complaint) = self.complaint {
            loud::complain(&complaint);
        }
        self.done
    }
}

/// A unit whose end is sure to come: dropped, it ends as cancelled or panicked.
#[derive(Debug)]
pub(crate) struct UnitGuard {
    unit: Arc<Unit>,
    open: bool,
}

impl UnitGuard {
    pub(crate) fn new(unit: Arc<Unit>) -> Self {
        Self { unit, open: true }
    }

    /// The unit's own code.
    fn current(&self) -> Current {
        Current::new(Arc::clone(&self.unit), FrameId::ROOT)
    }

    /// Ends the unit; what was applied within it and now.
    pub(crate) fn end(mut self, ending: Ending) -> Vec<Done> {
        self.open = false;
        self.unit.end(ending).complain()
    }
}

impl Drop for UnitGuard {
    fn drop(&mut self) {
        if self.open {
            // Counted and logged; a panic here could meet another one.
            drop(self.unit.end(Ending::Lost));
        }
    }
}

/// Contributions in the order of their positions. Stable: what one function declared keeps its attributes' order.
fn in_order(mut changes: Vec<(u64, ErasedChange)>) -> Vec<ErasedChange> {
    changes.sort_by_key(|(position, _)| *position);
    changes.into_iter().map(|(_, change)| change).collect()
}
