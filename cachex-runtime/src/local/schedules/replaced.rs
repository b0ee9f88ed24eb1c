//! An entry that takes another one's place under the same key.

use std::cell::Cell;

use super::*;
use crate::clock::Deadline;
use crate::local::entry::Entry;
use crate::local::protocol::Begun;
use crate::local::slots::{Slots, Stamp, Stamped, Walk};

thread_local! {
    /// The stamp that the one key of the schedule was last found valid with.
    static STAMP: Cell<Option<Stamp>> = const { Cell::new(None) };
}

/// The stamp is kept beside the key: it vouches for whatever entry lies under it.
struct StampedBesideTheKey;

impl Protocol for StampedBesideTheKey {
    fn publish(_: &Slots, begun: Begun) -> Begun {
        let seen = STAMP.get().map_or(begun.seen, |it| it.max(begun.seen));
        Begun { seen, ..begun }
    }

    fn verify(slots: &Slots, places: &[Place], stamped: &Stamped) -> Walk {
        let walk = Sound::verify(slots, places, stamped);
        if walk == Walk::Valid {
            STAMP.set(Some(stamped.get()));
        }
        walk
    }
}

/// A load has the old row, and found nothing cleared when it was about to publish. Before it does, the post is
/// written and cleared, another load publishes the new row, and a reader verifies that, as something else was cleared
/// meanwhile. Then the old row lands over the new one.
fn lands_late<P: Protocol>() -> Option<&'static str> {
    STAMP.set(None);
    let (posts, _) = posts::<P>();
    let table = Table::holding("new", &[7]);
    let begun = posts.core.begin::<P>();
    let places = posts.known(&Post(1));
    clear_at_once(&posts, &post(1));
    assert_eq!(read(&posts, 1, &table), Some("new"));
    clear_at_once(&posts, &post(2));
    assert_eq!(read(&posts, 1, &table), Some("new"));
    let Begun { seen, .. } = P::publish(&posts.core.slots, begun);
    let old = Entry::new(Deadline::NEVER, seen, &places);
    posts.store.insert(Post(1), old, Some(Arc::new("old")));
    read(&posts, 1, &table)
}

#[test]
fn a_stamp_goes_with_the_entry_it_was_made_for() {
    assert_eq!(lands_late::<Sound>(), Some("new"));
    assert_eq!(lands_late::<StampedBesideTheKey>(), Some("old"));
}
