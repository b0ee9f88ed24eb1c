//! The two races: a load against a bump, and a verification against bumps.

use loom::sync::atomic::{AtomicU64, Ordering};
use loom::sync::{Arc, Mutex};
use loom::thread;

use crate::protocol::{Begun, Protocol, Sound};
use crate::slots::{Place, Ranges, Sequence, Slots, Walk};
use crate::wrong;

/// A row, the slots of its cache, and the entry under its key.
struct World {
    row: AtomicU64,
    sequence: Sequence,
    slots: Slots,
    entry: Mutex<Option<Entry>>,
}

#[derive(Clone)]
struct Entry {
    value: u64,
    begun: Begun,
    verified: Arc<AtomicU64>,
}

/// The region of the row, and one that is not the entry's.
const MINE: u64 = 0;
const FOREIGN: u64 = 1;

impl World {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            row: AtomicU64::new(0),
            sequence: Sequence::default(),
            slots: Slots::new(Ranges {
                fixed: 1,
                unknown: 0,
                hashed: 2,
            }),
            entry: Mutex::new(None),
        })
    }

    fn place(&self, region: u64) -> Place {
        self.slots.hashed(region)
    }

    /// Writes the row, then clears its region.
    fn write<P: Protocol>(&self) {
        self.row.fetch_add(1, Ordering::AcqRel);
        self.clear::<P>(MINE);
    }

    fn clear<P: Protocol>(&self, region: u64) {
        P::bump(&self.slots, &self.sequence, &[self.place(region)], |_| ());
    }

    fn load<P: Protocol>(&self) {
        let begun = P::begin(&self.slots, &self.sequence);
        let value = self.row.load(Ordering::Acquire);
        let begun = P::publish(&self.slots, &self.sequence, begun);
        let entry = Entry {
            value,
            begun,
            verified: Arc::new(AtomicU64::new(begun.bumps.0)),
        };
        *self.entry.lock().unwrap() = Some(entry);
    }

    /// The value of a hit.
    fn hit<P: Protocol>(&self) -> Option<u64> {
        let entry = self.entry.lock().unwrap().clone()?;
        self.check::<P>(&entry)
    }

    /// As the runtime does: compared with the count as it is, then asked again for the one it is marked with.
    fn check<P: Protocol>(&self, entry: &Entry) -> Option<u64> {
        let bumps = self.slots.bumps();
        let verified = entry.verified.load(Ordering::Relaxed) == bumps.0;
        let places = [self.place(MINE)];
        let walk = || {
            P::verify(
                &self.slots,
                self.slots.bumps(),
                &places,
                entry.begun.stamp,
                &entry.verified,
            )
        };
        (verified || walk() == Walk::Valid).then_some(entry.value)
    }
}

/// A load runs while the row is written and cleared. Whoever reads after that has the new row or loads it.
fn load_bump_publish<P: Protocol>() {
    loom::model(|| {
        let world = World::new();
        let loading = {
            let world = Arc::clone(&world);
            thread::spawn(move || world.load::<P>())
        };
        world.write::<P>();
        // Acknowledged; the load may still be under way, or done.
        assert_ne!(
            world.hit::<P>(),
            Some(0),
            "stale, read while the load is under way"
        );
        loading.join().unwrap();
        assert_ne!(world.hit::<P>(), Some(0), "stale, read after the load");
    });
}

/// Two writers and a load: the second write may overtake the first.
fn overtaken<P: Protocol>() {
    loom::model(|| {
        let world = World::new();
        let slower = {
            let world = Arc::clone(&world);
            thread::spawn(move || world.clear::<P>(MINE))
        };
        world.load::<P>();
        world.write::<P>();
        slower.join().unwrap();
        assert_ne!(world.hit::<P>(), Some(0), "stale");
    });
}

/// The entry is verified while its region and another one are cleared. It is in the reader's hand already, as the
/// store's lock would only hide orderings.
fn bump_verify<P: Protocol>() {
    loom::model(|| {
        let world = World::new();
        world.load::<P>();
        let entry = world.entry.lock().unwrap().clone().unwrap();
        let run = |run: fn(&World)| {
            let world = Arc::clone(&world);
            thread::spawn(move || run(&world))
        };
        let writer = run(World::write::<P>);
        let foreign = run(|world| world.clear::<P>(FOREIGN));
        world.check::<P>(&entry);
        writer.join().unwrap();
        assert_eq!(world.check::<P>(&entry), None, "stale");
        foreign.join().unwrap();
    });
}

#[test]
fn a_load_that_meets_a_bump_is_never_served() {
    load_bump_publish::<Sound>();
}

#[test]
#[should_panic(expected = "stale")]
fn a_load_stamped_at_publishing_is() {
    load_bump_publish::<wrong::StampedAtPublishing>();
}

#[test]
#[should_panic(expected = "stale")]
fn a_load_verified_at_publishing_is() {
    load_bump_publish::<wrong::VerifiedAtPublishing>();
}

#[test]
fn an_overtaken_bump_lowers_nothing() {
    overtaken::<Sound>();
}

#[test]
#[should_panic(expected = "stale")]
fn a_plain_store_does() {
    overtaken::<wrong::PlainStore>();
}

#[test]
fn a_verified_entry_has_seen_every_bump_it_was_verified_for() {
    bump_verify::<Sound>();
}

#[test]
#[should_panic(expected = "stale")]
fn with_the_count_first_it_has_not() {
    bump_verify::<wrong::CountFirst>();
}

#[test]
#[should_panic(expected = "stale")]
fn with_the_largest_number_for_a_count_it_has_not() {
    bump_verify::<wrong::LargestNumber>();
}

#[test]
#[should_panic(expected = "stale")]
fn with_the_count_read_after_the_walk_it_has_not() {
    bump_verify::<wrong::CountReadLate>();
}
