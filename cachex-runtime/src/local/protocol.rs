//! The rules that keep the promise, one function each, each with the schedule that breaks it.
//!
//! Owns the order of steps in a bump, a load, a hit and a join. [`Sound`] is the one protocol of the runtime; its
//! functions are the defaults. A test that wants to see a rule broken implements the trait and replaces one of
//! them, so what fails is this code with one line changed.

use super::slots::{Place, Slots, Stamp, Stamped, Walk};

/// What a load takes with it when it begins.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Begun {
    /// Whatever is cleared with a larger number makes the loaded value stale.
    pub(crate) stamp: Stamp,
    /// Up to where the loader is sure to see what was written: the stamp, or less where it may lag behind the
    /// primary. What is kept is as old as that.
    pub(crate) seen: Stamp,
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
    /// The outer cache before the one it is built from, or its number drawn before that is cleared: a load between them
    /// builds a new outer entry from the old inner one. The count before a slot, or between the two: a reader in between stamps the entry anew with a number
    /// it has not seen.
    fn bump(slots: &Slots, places: &[Place], mut after: impl FnMut(Step)) {
        let number = slots.draw();
        after(Step::Drawn);
        for &place in places {
            slots.raise(place, number);
            after(Step::Raised);
        }
        slots.count_bump();
        after(Step::Counted);
    }

    /// The stamp of what begins now.
    ///
    /// The count is read first, then what was drawn: so many having been counted and no more drawn later, it is these
    /// that were counted. Read the other way round, one that is under way may be missing among them, and one that was
    /// drawn in between be counted in its place.
    fn now(slots: &Slots) -> Stamp {
        let bumps = slots.bumps();
        slots.drawn().counted(bumps)
    }

    /// A load begins with its stamp.
    ///
    /// The stamp after the loader: an invalidation between the loader's read of the row and the stamp would be
    /// older than the entry, and the old row would be served for a whole TTL.
    fn begin(slots: &Slots) -> Begun {
        let stamp = Self::now(slots);
        Begun { stamp, seen: stamp }
    }

    /// What the entry is published with: what its load began with. Anything read at publishing would vouch for
    /// invalidations the loader has not seen.
    fn publish(_slots: &Slots, begun: Begun) -> Begun {
        begun
    }

    /// The slots of an entry whose tags are not known, beside those of its key: the unknown slot of each facet that
    /// binds a tag.
    ///
    /// Without them "there is none" outlives the row that appears.
    fn unknown(places: Vec<Place>) -> Vec<Place> {
        places
    }

    /// A hit on an entry whose stamp isn't the count: walks all slots, and stamps the entry anew with what was read
    /// *before*, if no bump was under way then.
    ///
    /// Read after the walk, the new stamp may include a bump whose slot the walk had already passed; while a bump is
    /// under way, one whose slot is raised later.
    fn verify(slots: &Slots, places: &[Place], stamped: &Stamped) -> Walk {
        let now = Self::now(slots);
        let walk = slots.walk(places, stamped.get());
        if walk == Walk::Valid && now.is_settled() {
            stamped.set(now);
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
