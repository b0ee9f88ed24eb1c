//! How long an entry is good for, as far as time goes.
//!
//! Owns TTL, jitter and the two stale windows. Knows no slots: whoever asks has found the entry valid already.

use rand::RngExt as _;

use crate::clock::{Deadline, Moment, Nanos};
use crate::codegen::CacheDef;

/// What time says of an entry that is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Age {
    /// Within its TTL.
    Fresh,
    /// Past it; served while one caller reloads.
    Revalidating,
    /// Past that as well; served if the reload fails.
    Reserve,
    /// Of no use any more.
    Over,
}

/// The durations of one cache.
#[derive(Debug)]
pub(crate) struct Lifetimes {
    ttl: Option<Nanos>,
    negative: Option<Nanos>,
    jitter: u8,
    revalidate: Nanos,
    reserve: Nanos,
}

impl Lifetimes {
    pub(crate) fn new(def: &CacheDef) -> Self {
        let revalidate = Nanos::from(def.stale_while_revalidate);
        Self {
            ttl: def.ttl.map(Nanos::from),
            negative: def.negative_ttl.map(Nanos::from),
            jitter: def.jitter.min(100),
            revalidate,
            // An entry good enough to be served while somebody reloads is good enough when that fails.
            reserve: Nanos::from(def.stale_if_error).max(revalidate),
        }
    }

    /// When a value loaded now expires.
    pub(crate) fn expiry(&self, now: Moment) -> Deadline {
        self.ttl.map_or(Deadline::NEVER, |ttl| {
            Deadline::after(now, self.jittered(ttl))
        })
    }

    /// When "there is none" expires; `None`: it isn't kept.
    pub(crate) fn negative_expiry(&self, now: Moment) -> Option<Deadline> {
        self.negative
            .map(|ttl| Deadline::after(now, self.jittered(ttl)))
    }

    /// Entries filled together must not expire together.
    fn jittered(&self, ttl: Nanos) -> Nanos {
        let most = ttl.0 / 100 * u64::from(self.jitter);
        match most {
            0 => ttl,
            most => Nanos(ttl.0 - rand::rng().random_range(0..=most)),
        }
    }

    pub(crate) fn age(&self, now: Moment, deadline: Deadline) -> Age {
        let expires = deadline.moment();
        if deadline == Deadline::NEVER || deadline.is_after(now.step()) {
            Age::Fresh
        } else if now < expires.after(self.revalidate) {
            Age::Revalidating
        } else if now < expires.after(self.reserve) {
            Age::Reserve
        } else {
            Age::Over
        }
    }
}
