//! What the table of slots takes, and that a part of it that isn't there forgets nothing.

use crate::local::protocol::{Protocol, Sound};
use crate::local::slots::{Place, Ranges, Slots, Walk};

/// Of a cache of 10 000 entries with a tag.
fn slots() -> Slots {
    Slots::new(Ranges {
        fixed: 3,
        unknown: 4096,
        hashed: 65_536,
    })
}

#[test]
fn three_thousand_declared_caches_take_little_until_they_are_cleared() {
    let slots = slots();
    slots.walk(&[slots.hashed(7)], Sound::now(&slots));
    assert!(slots.bytes() * 3000 < 10 << 20, "looking makes nothing");
    slots.raise(Place::WHOLE, slots.draw());
    assert!(slots.bytes() * 3000 < 22 << 20, "nor does `system.delete`");
}

#[test]
fn a_slot_counts_whether_or_not_its_chunk_was_there() {
    let slots = slots();
    let (mine, beside, far) = (slots.hashed(7), slots.hashed(8), slots.hashed(60_000));
    let before = Sound::now(&slots);
    slots.raise(mine, slots.draw());
    assert_eq!(slots.walk(&[mine], before), Walk::Stale);
    assert_eq!(slots.walk(&[mine], Sound::now(&slots)), Walk::Valid);
    assert_eq!(slots.walk(&[beside, far], before), Walk::Valid);
}
