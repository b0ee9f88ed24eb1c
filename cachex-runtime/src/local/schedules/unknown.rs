//! Entries whose tags are not known: they belong to every region a tag binds.

use super::*;
use crate::local::slots::{Place, Slots};

/// The region's own slot alone is raised.
pub(super) struct ForgetsTheUnknown;

impl Protocol for ForgetsTheUnknown {
    fn bump(slots: &Slots, places: &[Place], after: impl FnMut(Step)) {
        Sound::bump(slots, &places[..1], after);
    }
}

/// The count moves between the region's slot and the unknown one.
pub(super) struct CountInBetween;

impl Protocol for CountInBetween {
    fn bump(slots: &Slots, places: &[Place], mut after: impl FnMut(Step)) {
        let number = slots.draw();
        after(Step::Drawn);
        slots.raise(places[0], number);
        slots.count_bump();
        after(Step::Counted);
        for &place in &places[1..] {
            slots.raise(place, number);
        }
    }
}

/// An entry whose tags aren't known has the slots of its key alone.
pub(super) struct HoldsNoUnknown;

impl Protocol for HoldsNoUnknown {
    fn unknown(_: Vec<Place>) -> Vec<Place> {
        Vec::new()
    }
}

/// There is no such post; then it is written, by an author whose region is cleared. A reader comes in between.
fn row_appears<P: Protocol>() -> Option<&'static str> {
    let (posts, _) = posts::<P>();
    let table = Table::default();
    assert_eq!(read(&posts, 1, &table), None);
    table.write("new", &[7]);
    clear(&posts, &author(7), |step| {
        if step == Step::Counted {
            read(&posts, 1, &table);
        }
    });
    read(&posts, 1, &table)
}

#[test]
fn there_is_none_belongs_to_every_author() {
    assert_eq!(row_appears::<Sound>(), Some("new"));
    assert_eq!(row_appears::<ForgetsTheUnknown>(), None);
    assert_eq!(row_appears::<CountInBetween>(), None);
    assert_eq!(row_appears::<HoldsNoUnknown>(), None);
}

/// More authors than the cache keeps slots for.
fn too_many_tags<P: Protocol>() -> Option<&'static str> {
    let (posts, _) = posts::<P>();
    let authors: Vec<u32> = (0..65).collect();
    let table = Table::holding("old", &authors);
    read(&posts, 1, &table);
    table.write("new", &authors);
    clear_at_once(&posts, &author(64));
    read(&posts, 1, &table)
}

#[test]
fn too_many_tags_count_as_unknown() {
    assert_eq!(too_many_tags::<Sound>(), Some("new"));
    assert_eq!(too_many_tags::<ForgetsTheUnknown>(), Some("old"));
}

#[test]
fn another_posts_identity_does_not_touch_it() {
    let (posts, _) = posts::<Sound>();
    let table = Table::default();
    assert_eq!(read(&posts, 1, &table), None);
    table.write("new", &[7]);
    clear_at_once(&posts, &post(2));
    assert_eq!(read(&posts, 1, &table), None, "kept for its negative TTL");
}
