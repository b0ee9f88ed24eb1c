//! Two bumps under way at once.

use super::*;
use crate::local::slots::{Place, Slots, Stamped, Walk};

/// A bump writes its number, whatever stands there.
pub(super) struct PlainStore;

impl Protocol for PlainStore {
    fn bump(slots: &Slots, places: &[Place], mut after: impl FnMut(Step)) {
        let number = slots.draw();
        after(Step::Drawn);
        for &place in places {
            slots.overwrite(place, number);
            after(Step::Raised);
        }
        slots.count_bump();
        after(Step::Counted);
    }
}

/// The word that spares the walk is the largest number bumped.
pub(super) struct LargestNumber;

impl Protocol for LargestNumber {
    fn bump(slots: &Slots, places: &[Place], mut after: impl FnMut(Step)) {
        let number = slots.draw();
        after(Step::Drawn);
        for &place in places {
            slots.raise(place, number);
            after(Step::Raised);
        }
        slots.count_largest(number);
        after(Step::Counted);
    }
}

/// The count moves before the slots do.
pub(super) struct CountFirst;

impl Protocol for CountFirst {
    fn bump(slots: &Slots, places: &[Place], mut after: impl FnMut(Step)) {
        let number = slots.draw();
        slots.count_bump();
        after(Step::Counted);
        for &place in places {
            slots.raise(place, number);
            after(Step::Raised);
        }
    }
}

/// An entry that was found valid is stamped anew, whatever is under way.
pub(super) struct StampsAnewAnyway;

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

/// One bump has drawn its number; a load begins; another bump overtakes the first and is done before it.
fn overtaken<P: Protocol>() -> Option<&'static str> {
    let (posts, _) = posts::<P>();
    let (table, gate) = (Table::holding("old", &[7]), Gate::shut());
    let mut loading = read_later(&posts, 1, &table, &gate);
    clear(&posts, &post(1), |step| {
        if step == Step::Drawn {
            assert!(start(&mut loading).is_none());
            table.write("new", &[7]);
            clear_at_once(&posts, &post(1));
        }
    });
    gate.lift();
    now(loading).unwrap();
    read(&posts, 1, &table)
}

#[test]
fn of_two_bumps_published_out_of_order_the_later_number_stays() {
    assert_eq!(overtaken::<Sound>(), Some("new"));
    assert_eq!(overtaken::<PlainStore>(), Some("old"));
}

/// A page of fifty tags is hit, by one comparison. A bump of one of them has drawn its number when a bump of
/// another region overtakes it, and a reader finds the page valid in between.
fn page_of_fifty<P: Protocol>() -> Option<&'static str> {
    let (posts, _) = posts::<P>();
    let authors: Vec<u32> = (0..50).collect();
    let table = Table::holding("old", &authors);
    read(&posts, 1, &table);
    table.write("new", &authors);
    clear(&posts, &author(3), |step| {
        if step == Step::Drawn {
            clear_at_once(&posts, &author(65));
            assert_eq!(
                read(&posts, 1, &table),
                Some("old"),
                "nothing of it is cleared yet"
            );
        }
    });
    read(&posts, 1, &table)
}

#[test]
fn the_count_moves_for_the_overtaken_bump_too() {
    assert_eq!(page_of_fifty::<Sound>(), Some("new"));
    assert_eq!(page_of_fifty::<LargestNumber>(), Some("old"));
}

#[test]
fn nothing_is_stamped_anew_while_a_bump_is_under_way() {
    assert_eq!(page_of_fifty::<StampsAnewAnyway>(), Some("old"));
}

/// A load begins while a bump is under way. When that is done, its entry is walked once, and hit by the count from then
/// on.
#[test]
fn what_was_loaded_meanwhile_is_stamped_anew_when_the_bump_is_done() {
    let (posts, _) = posts::<Sound>();
    let table = Table::holding("new", &[7]);
    clear(&posts, &author(65), |step| {
        if step == Step::Drawn {
            read(&posts, 1, &table);
        }
    });
    let is_hit_by_the_count = || posts.just_landed(&Post(1)).is_some();
    assert!(!is_hit_by_the_count());
    assert_eq!(read(&posts, 1, &table), Some("new"));
    assert!(is_hit_by_the_count());
    assert_eq!(posts.core.counters.snapshot(0).loads, 1);
}

/// A reader comes in as soon as the count has moved, and marks the entry verified if it can.
fn count_order<P: Protocol>() -> Option<&'static str> {
    let (posts, _) = posts::<P>();
    let table = Table::holding("old", &[7]);
    read(&posts, 1, &table);
    table.write("new", &[7]);
    clear(&posts, &post(1), |step| {
        if step == Step::Counted {
            read(&posts, 1, &table);
        }
    });
    read(&posts, 1, &table)
}

#[test]
fn the_count_moves_after_the_slot() {
    assert_eq!(count_order::<Sound>(), Some("new"));
    assert_eq!(count_order::<CountFirst>(), Some("old"));
}
