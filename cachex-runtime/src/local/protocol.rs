//! The rules that keep the promise, one function each, each with the schedule that breaks it.
//!
//! Owns the order of steps in a bump, a load, a hit and a join. [`Sound`] is the one protocol of the runtime; its
//! functions are the defaults. A test that wants to see a rule broken implements the trait and replaces one of
//! them, so what fails is this code with one line changed.

use super::slots::{Bumps, Place, Sequence, Slots, Stamp, Walk};
use super::sync::{AtomicU64, Ordering};

/// What a load takes with it when it begins.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Begun {
    /// Whatever is cleared with a larger number makes the loaded value stale.
    pub(crate) stamp: Stamp,
    /// Up to where the loader is sure to see what was written: the stamp, or less where it may lag behind the
    /// primary. What is kept is as old as that.
    pub(crate) seen: Stamp,
    /// What the entry's `verified` starts with.
    pub(crate) bumps: Bumps,
}

/// Where a bump stands; a test may let a reader run in between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The number is drawn.
    Drawn,
    /// One more slot is raised.
    Raised,
    /// The count has moved; the bump is done.
    Counted,
}

/// The rules of the in-process tier.
pub(crate) trait Protocol: Send + Sync + 'static {
    /// Clears one region: draws a number for it alone, raises its slot and, for a tag's facet, the unknown slot,
    /// and then moves the count, once.
    ///
    /// One number for several regions, or the outer cache before the one it is built from: a load between them
    /// builds a new outer entry from the old inner one. The count before a slot, or between the two: a reader in
    /// between marks the entry verified for a count that isn't moved again.
    fn bump(slots: &Slots, sequence: &Sequence, places: &[Place], mut after: impl FnMut(Step)) {
        let number = sequence.draw();
        after(Step::Drawn);
        for &place in places {
            slots.raise(place, number);
            after(Step::Raised);
        }
        slots.count_bump();
        after(Step::Counted);
    }

    /// A load begins: the stamp, then the count.
    ///
    /// The stamp after the loader: an invalidation between the loader's read of the row and the stamp would be
    /// older than the entry, and the old row would be served for a whole TTL.
    fn begin(slots: &Slots, sequence: &Sequence) -> Begun {
        let stamp = sequence.now();
        Begun {
            stamp,
            seen: stamp,
            bumps: slots.bumps(),
        }
    }

    /// What the entry is published with: what its load began with. Anything read at publishing would vouch for
    /// invalidations the loader has not seen.
    fn publish(_slots: &Slots, _sequence: &Sequence, begun: Begun) -> Begun {
        begun
    }

    /// The slots of an entry whose tags are not known, beside those of its key: the unknown slot of each facet that
    /// binds a tag.
    ///
    /// Without them "there is none" outlives the row that appears.
    fn unknown(places: Vec<Place>) -> Vec<Place> {
        places
    }

    /// A hit whose count has moved: walks all slots, and marks the entry verified for the count read *before*.
    ///
    /// Read after the walk, the count may include a bump whose slot the walk had already passed.
    fn verify(
        slots: &Slots,
        bumps: Bumps,
        places: &[Place],
        stamp: Stamp,
        verified: &AtomicU64,
    ) -> Walk {
        let walk = slots.walk(places, stamp);
        if walk == Walk::Valid {
            // Relaxed: that all slots were valid at this count stays true whoever reads it, and when.
            verified.store(bumps.0, Ordering::Relaxed);
        }
        walk
    }

    /// Whether a load in flight may be waited for, of which the slots known before it lands say `known`.
    ///
    /// A load that is outdated already gives a value the waiter would refuse.
    fn joins(known: Walk) -> bool {
        known == Walk::Valid
    }

    /// Whether a waiter takes what was delivered: `known` are the slots it knew when it joined, `all` those of the
    /// loaded tags as well.
    ///
    /// Without the second check a reader joins a load by its key alone, and gets the old value of a tag.
    fn takes(_known: Walk, all: Walk) -> bool {
        all == Walk::Valid
    }
}

/// The protocol as it is.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sound;

impl Protocol for Sound {}
