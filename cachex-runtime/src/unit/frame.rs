//! What one annotated function contributes to its unit.

use super::annotated::{Changes, OnError};
use crate::codegen::ErasedChange;

/// How a function, or a unit, ended.
#[derive(Debug)]
pub(crate) enum Ending {
    /// Well.
    Succeeded(Changes),
    /// With a failure: nothing was committed.
    Failed,
    /// Cancelled or panicked: what it committed by then nobody knows.
    Lost,
}

/// An annotated function within a unit, or the unit's own code.
#[derive(Debug)]
pub(super) struct Frame {
    /// When it started: what its attributes declare counts as recorded then, so that the handler's first attribute
    /// is the unit's head whatever its body records.
    since: u64,
    declared: Vec<ErasedChange>,
    recorded: Vec<(u64, ErasedChange)>,
    on_error: OnError,
    /// `None`: it runs.
    ending: Option<Ending>,
}

impl Frame {
    pub(super) fn new(since: u64, declared: Vec<ErasedChange>, on_error: OnError) -> Self {
        Self {
            since,
            declared,
            recorded: Vec::new(),
            on_error,
            ending: None,
        }
    }

    /// The unit's own code: it declares nothing.
    pub(super) fn root() -> Self {
        Self::new(0, Vec::new(), OnError::Nothing)
    }

    pub(super) fn is_running(&self) -> bool {
        self.ending.is_none()
    }

    pub(super) fn record(&mut self, position: u64, change: ErasedChange) {
        self.recorded.push((position, change));
    }

    pub(super) fn end(&mut self, ending: Ending) {
        self.ending = Some(ending);
    }

    /// What it contributes, each at its position, and once. One that still runs contributes when it ends.
    pub(super) fn take(&mut self) -> Vec<(u64, ErasedChange)> {
        let declared = match (&mut self.ending, self.on_error) {
            (None, _) => return Vec::new(),
            (Some(Ending::Failed), OnError::Nothing) => {
                self.recorded.clear();
                return Vec::new();
            }
            (Some(Ending::Succeeded(Changes::Exactly(exact))), _) => std::mem::take(exact),
            (Some(_), _) => std::mem::take(&mut self.declared),
        };
        let since = self.since;
        let declared = declared.into_iter().map(|change| (since, change));
        declared.chain(self.recorded.drain(..)).collect()
    }
}
