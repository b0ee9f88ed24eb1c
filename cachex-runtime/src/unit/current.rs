//! Where this task is: in which unit of work, in which annotated function.

use std::sync::Arc;

use super::{FrameId, Reads, Unit};
use crate::apply::Done;
use crate::cachex::Cachex;
use crate::codegen::{ErasedChange, Value};
use crate::loud;

tokio::task_local! {
    /// Absent outside units.
    pub(crate) static CURRENT: Current;
}

/// A function within a unit.
#[derive(Debug, Clone)]
pub(crate) struct Current {
    pub(super) unit: Arc<Unit>,
    pub(super) frame: FrameId,
}

impl Current {
    pub(super) fn new(unit: Arc<Unit>, frame: FrameId) -> Self {
        Self { unit, frame }
    }

    #[cfg(feature = "axum")]
    pub(crate) fn unit(&self) -> &Unit {
        &self.unit
    }

    pub(crate) fn get() -> Option<Self> {
        CURRENT.try_with(Clone::clone).ok()
    }
}

impl Cachex {
    /// The runtime of the open unit of work, else the process's default.
    pub fn current() -> Option<Self> {
        let of_unit = CURRENT.try_with(|current| current.unit.cachex.clone());
        of_unit.ok().flatten().or_else(Self::installed)
    }
}

/// What a look at the runtime of the open unit of work gives: without a clone of it, which would cost as much as a hit.
#[inline]
pub(crate) fn of_current<T>(look: impl FnOnce(&Cachex) -> Option<T>) -> Option<T> {
    let found = CURRENT.try_with(|current| current.unit.cachex.as_ref().and_then(look));
    found.ok().flatten()
}

/// The scope of the open unit.
pub(crate) fn scope() -> Option<Value> {
    CURRENT
        .try_with(|current| current.unit.scope.clone())
        .ok()
        .flatten()
}

/// Whether a read goes past a cache: the open unit may have written what lies in it.
#[cold]
pub(crate) fn bypasses(cachex: &Cachex, cache: u32) -> bool {
    CURRENT
        .try_with(|current| {
            let unit = &current.unit;
            let own = unit.cachex.as_ref().is_some_and(|it| it.is(cachex));
            own && (unit.reads != Reads::Cached || unit.reached.contains(cache))
        })
        .unwrap_or(false)
}

/// Something was told within a unit: the answer to its request tells it, too.
pub(crate) fn told(done: Done) {
    // Outside units there is no answer to put it in.
    let _ = CURRENT.try_with(|current| current.unit.state().done.push(done));
}

/// Records a change in the open unit: it is applied at the unit's end, if the annotated function around it ends well.
/// Outside any unit, and after its end, it is applied at once.
pub fn record(change: ErasedChange) {
    let done = if let Some(current) = Current::get() {
        current.unit.record(current.frame, change)
    } else {
        Unit::open(Cachex::installed(), None, Reads::Cached).apply(&[change])
    };
    if let Some(complaint) = done.and_then(|done| done.complaint) {
        loud::complain(&complaint);
    }
}
