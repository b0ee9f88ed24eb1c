//! How long the search for equal keys may take, in steps.
//!
//! Owns the bound. Knows no clock: the same schema is decided, or not, on every machine.

/// Steps that may still be taken, all together. One is two edges of automata that are compared, or a character of a
/// template that is laid out. Keys that people write need a few each, however many caches there are; keys made to be
/// as alike as they can be would take minutes. Whoever runs out of it says so.
#[derive(Debug)]
pub(super) struct Effort {
    left: usize,
}

/// A second or so in a compiler that is not optimised, as one that runs in a proc macro isn't.
const STEPS: usize = 600_000;

impl Default for Effort {
    fn default() -> Self {
        Self { left: STEPS }
    }
}

impl Effort {
    /// Takes steps. False where there are not so many left; then there are none any more.
    pub(super) fn spend(&mut self, steps: usize) -> bool {
        let enough = self.left >= steps;
        self.left = if enough { self.left - steps } else { 0 };
        enough
    }

    /// Whether something was not decided, or may not have been.
    pub(super) fn is_used_up(&self) -> bool {
        self.left == 0
    }
}

#[cfg(test)]
impl Effort {
    /// Steps taken so far.
    pub(super) fn spent(&self) -> usize {
        STEPS - self.left
    }

    /// As if so many were allowed.
    pub(super) fn of(steps: usize) -> Self {
        Self { left: steps }
    }
}
