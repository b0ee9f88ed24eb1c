//! The two races: a load against a bump, and a verification against bumps.

use loom::sync::atomic::{AtomicU64, Ordering};
use loom::sync::{Arc, Mutex};
use loom::thread;

use crate::protocol::{Protocol, Sound};
use crate::slots::{Place, Ranges, Slots, Stamped, Walk};
use crate::wrong;

/// A row, the slots of its cache, and the entry under its key.
struct World {
    row: AtomicU64,
    slots: Slots,
    entry: Mutex<Option<Entry>>,
}

#[derive(Clone)]
struct Entry {
    value: u64,
    stamped: Arc<Stamped>,
}

/// The region of the row, and one that is not the entry's.
const MINE: u64 = 0;
const FOREIGN: u64 = 1;

impl World {
    fn new() -> Arc<Self> {
        let world = Self {
            row: AtomicU64::new(0),
            slots: Slots::new(Ranges {
                fixed: 1,
                unknown: 0,
                hashed: 2,
            }),
            entry: Mutex::new(None),
        };
        // The slots' chunk is there before anybody runs: how it is made is the standard library's matter, of which loom
        // sees nothing.
        world.clear::<Sound>(FOREIGN);
        Arc::new(world)
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
        P::bump(&self.slots, &[self.place(region)], |_| ());
    }

    fn load<P: Protocol>(&self) {
        let begun = P::begin(&self.slots);
        let value = self.row.load(Ordering::Acquire);
        let begun = P::publish(&self.slots, begun);
        let stamped = Arc::new(Stamped::new(begun.seen));
        let entry = Entry { value, stamped };
        *self.entry.lock().unwrap() = Some(entry);
    }

    /// The value of a hit.
    fn hit<P: Protocol>(&self) -> Option<u64> {
        let entry = self.entry.lock().unwrap().clone()?;
        self.check::<P>(&entry)
    }

    /// As the runtime does: compared with the count as it is, else walked.
    fn check<P: Protocol>(&self, entry: &Entry) -> Option<u64> {
        let verified = entry.stamped.get().is_at(self.slots.bumps());
        (verified || self.walk::<P>(entry) == Walk::Valid).then_some(entry.value)
    }

    fn walk<P: Protocol>(&self, entry: &Entry) -> Walk {
        P::verify(&self.slots, &[self.place(MINE)], &entry.stamped)
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

/// The entry is walked while its region and another one are cleared. It is in the reader's hand already, as the
/// store's lock would only hide orderings; what has it walk is left out, for a third bump would be needed for it.
///
/// At most three times a thread is interrupted where it could go on. Without that bound the search takes six minutes, and
/// finds no more.
fn bump_verify<P: Protocol>() {
    let mut bounded = loom::model::Builder::new();
    bounded.preemption_bound = Some(3);
    bounded.check(|| {
        let world = World::new();
        world.load::<P>();
        let entry = world.entry.lock().unwrap().clone().unwrap();
        let run = |run: fn(&World)| {
            let world = Arc::clone(&world);
            thread::spawn(move || run(&world))
        };
        let writer = run(World::write::<P>);
        let foreign = run(|world| world.clear::<P>(FOREIGN));
        world.walk::<P>(&entry);
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
fn an_overtaken_bump_lowers_nothing() {
    overtaken::<Sound>();
}

#[test]
#[should_panic(expected = "stale")]
fn a_plain_store_does() {
    overtaken::<wrong::PlainStore>();
}

#[test]
fn an_entry_has_seen_every_bump_it_was_stamped_anew_with() {
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
fn with_a_stamp_read_after_the_walk_it_has_not() {
    bump_verify::<wrong::ReadLate>();
}

#[test]
#[should_panic(expected = "stale")]
fn stamped_anew_while_a_bump_is_under_way_it_has_not() {
    bump_verify::<wrong::StampsAnewAnyway>();
}

#[test]
#[should_panic(expected = "stale")]
fn with_the_count_read_after_what_was_drawn_it_has_not() {
    bump_verify::<wrong::DrawnFirst>();
}
