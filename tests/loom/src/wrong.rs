//! The protocol with one rule replaced.

use crate::protocol::{Begun, Protocol, Step};
use crate::slots::{Place, Slots, Stamp, Stamped, Walk};

/// What is published is stamped when it is published.
pub(crate) struct StampedAtPublishing;

impl Protocol for StampedAtPublishing {
    fn publish(slots: &Slots, _: Begun) -> Begun {
        Self::begin(slots)
    }
}

/// A bump writes its number over whatever stands there.
pub(crate) struct PlainStore;

impl Protocol for PlainStore {
    fn bump(slots: &Slots, places: &[Place], _: impl FnMut(Step)) {
        let number = slots.draw();
        for &place in places {
            slots.overwrite(place, number);
        }
        slots.count_bump();
    }
}

/// The count moves before the slot.
pub(crate) struct CountFirst;

impl Protocol for CountFirst {
    fn bump(slots: &Slots, places: &[Place], _: impl FnMut(Step)) {
        let number = slots.draw();
        slots.count_bump();
        for &place in places {
            slots.raise(place, number);
        }
    }
}

/// The word that spares the walk is the largest number bumped.
pub(crate) struct LargestNumber;

impl Protocol for LargestNumber {
    fn bump(slots: &Slots, places: &[Place], _: impl FnMut(Step)) {
        let number = slots.draw();
        for &place in places {
            slots.raise(place, number);
        }
        slots.count_largest(number);
    }
}

/// An entry is stamped anew with what is read after the walk.
pub(crate) struct ReadLate;

impl Protocol for ReadLate {
    fn verify(slots: &Slots, places: &[Place], stamped: &Stamped) -> Walk {
        let walk = slots.walk(places, stamped.get());
        let now = Self::now(slots);
        if walk == Walk::Valid && now.is_settled() {
            stamped.set(now);
        }
        walk
    }
}

/// An entry is stamped anew while a bump is under way.
pub(crate) struct StampsAnewAnyway;

impl Protocol for StampsAnewAnyway {
    fn verify(slots: &Slots, places: &[Place], stamped: &Stamped) -> Walk {
        let now = Self::now(slots);
        let walk = slots.walk(places, stamped.get());
        if walk == Walk::Valid {
            stamped.set(now);
        }
        walk
    }
}

/// What was drawn is read before the count.
pub(crate) struct DrawnFirst;

impl Protocol for DrawnFirst {
    fn now(slots: &Slots) -> Stamp {
        let drawn = slots.drawn();
        drawn.counted(slots.bumps())
    }
}
