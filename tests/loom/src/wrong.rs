//! The protocol with one rule replaced.

use crate::protocol::{Begun, Protocol, Step};
use crate::slots::{Bumps, Place, Sequence, Slots, Stamp, Walk};
use crate::sync::{AtomicU64, Ordering};

/// What is published is stamped when it is published.
pub(crate) struct StampedAtPublishing;

impl Protocol for StampedAtPublishing {
    fn publish(slots: &Slots, sequence: &Sequence, _: Begun) -> Begun {
        Self::begin(slots, sequence)
    }
}

/// What is published counts as verified for the count at publishing.
pub(crate) struct VerifiedAtPublishing;

impl Protocol for VerifiedAtPublishing {
    fn publish(slots: &Slots, _: &Sequence, begun: Begun) -> Begun {
        Begun {
            bumps: slots.bumps(),
            ..begun
        }
    }
}

/// A bump writes its number over whatever stands there.
pub(crate) struct PlainStore;

impl Protocol for PlainStore {
    fn bump(slots: &Slots, sequence: &Sequence, places: &[Place], _: impl FnMut(Step)) {
        let number = sequence.draw();
        for &place in places {
            slots.overwrite(place, number);
        }
        slots.count_bump();
    }
}

/// The count moves before the slot.
pub(crate) struct CountFirst;

impl Protocol for CountFirst {
    fn bump(slots: &Slots, sequence: &Sequence, places: &[Place], _: impl FnMut(Step)) {
        let number = sequence.draw();
        slots.count_bump();
        for &place in places {
            slots.raise(place, number);
        }
    }
}

/// The word that spares the walk is the largest number bumped.
pub(crate) struct LargestNumber;

impl Protocol for LargestNumber {
    fn bump(slots: &Slots, sequence: &Sequence, places: &[Place], _: impl FnMut(Step)) {
        let number = sequence.draw();
        for &place in places {
            slots.raise(place, number);
        }
        slots.count_largest(number);
    }
}

/// An entry is marked verified for the count as it is after the walk.
pub(crate) struct CountReadLate;

impl Protocol for CountReadLate {
    fn verify(
        slots: &Slots,
        _: Bumps,
        places: &[Place],
        stamp: Stamp,
        verified: &AtomicU64,
    ) -> Walk {
        let walk = slots.walk(places, stamp);
        if walk == Walk::Valid {
            verified.store(slots.bumps().0, Ordering::Relaxed);
        }
        walk
    }
}
