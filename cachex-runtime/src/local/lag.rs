//! Loaders that may lag behind the primary (`source: { replica: … }`).
//!
//! Owns how far back such a loader is sure to see: not up to the moment it is called, but up to the lag before it.
//! So an entry is stamped with the number the sequence had then, and all rules hold as they stand: what was loaded
//! within the lag after a bump of one of its regions is older than that bump and isn't kept, and nothing needs to be
//! cleared a second time when the lag is over.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::slots::Stamp;
use crate::clock::{Moment, Nanos};

/// Whether what a loader gave may be older than what had been cleared when it was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sight {
    /// No.
    Clear,
    /// It may; it is given to those who asked, and kept by nobody.
    Lagging,
}

impl Sight {
    pub(crate) fn lagging_if(lagging: bool) -> Self {
        if lagging { Self::Lagging } else { Self::Clear }
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self::lagging_if(self == Self::Lagging || other == Self::Lagging)
    }
}

/// The recent bumps of one cache.
#[derive(Debug)]
pub(crate) struct Lag {
    span: Nanos,
    // Held for a push or a look at what is younger than the lag.
    recent: Mutex<VecDeque<Bump>>,
}

/// All bumps that began in one instant of the clock.
#[derive(Debug, Clone, Copy)]
struct Bump {
    at: Moment,
    /// The stamp of a load just before the first of them: none of their numbers is in it.
    before: Stamp,
}

impl Lag {
    pub(crate) fn new(span: Duration) -> Self {
        Self {
            span: Nanos::from(span),
            recent: Mutex::default(),
        }
    }

    /// A bump begins. Told before its number is drawn: whoever begins with a stamp that includes the number finds
    /// this.
    pub(crate) fn note(&self, at: Moment, before: Stamp) {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        while recent.front().is_some_and(|bump| self.is_over(bump, at)) {
            recent.pop_front();
        }
        match recent.back_mut() {
            Some(last) if last.at == at => last.before = last.before.min(before),
            _ => recent.push_back(Bump { at, before }),
        }
    }

    /// Up to where a load sees that begins now with this stamp.
    pub(crate) fn seen(&self, now: Moment, stamp: Stamp) -> Stamp {
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let young = recent.iter().filter(|bump| !self.is_over(bump, now));
        young.map(|bump| bump.before).fold(stamp, Stamp::min)
    }

    fn is_over(&self, bump: &Bump, now: Moment) -> bool {
        bump.at.after(self.span) <= now
    }
}
