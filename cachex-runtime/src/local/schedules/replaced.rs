//! An entry that takes another one's place under the same key.

use std::cell::Cell;

use super::*;
use crate::clock::Deadline;
use crate::local::entry::Entry;
use crate::local::protocol::Begun;
use crate::local::slots::{Bumps, Slots, Stamp, Walk};
use crate::local::sync::AtomicU64;

thread_local! {
    /// The count the one key of the schedule was last verified for.
    static VERIFIED: Cell<u64> = const { Cell::new(0) };
}

/// What was verified is kept beside the key: it vouches for whatever entry lies under it.
struct VerifiedBesideTheKey;

impl Protocol for VerifiedBesideTheKey {
    fn publish(_: &Slots, _: &Sequence, begun: Begun) -> Begun {
        Begun {
            bumps: Bumps(begun.bumps.0.max(VERIFIED.get())),
            ..begun
        }
    }

    fn verify(
        slots: &Slots,
        bumps: Bumps,
        places: &[Place],
        stamp: Stamp,
        verified: &AtomicU64,
    ) -> Walk {
        let walk = Sound::verify(slots, bumps, places, stamp, verified);
        if walk == Walk::Valid {
            VERIFIED.set(bumps.0);
        }
        walk
    }
}

/// A load has the old row, and found nothing cleared when it was about to publish. Before it does, the post is
/// written and cleared, another load publishes the new row, and a reader verifies that, as something else was cleared
/// meanwhile. Then the old row lands over the new one.
fn lands_late<P: Protocol>() -> Option<&'static str> {
    VERIFIED.set(0);
    let (posts, _) = posts::<P>();
    let table = Table::holding("new", &[7]);
    let begun = posts.core.begin::<P>();
    let places = posts.known(&Post(1));
    clear_at_once(&posts, &post(1));
    assert_eq!(read(&posts, 1, &table), Some("new"));
    clear_at_once(&posts, &post(2));
    assert_eq!(read(&posts, 1, &table), Some("new"));
    let Begun { seen, bumps, .. } = P::publish(&posts.core.slots, &posts.core.sequence, begun);
    let old = Entry::new(Deadline::NEVER, (seen, bumps), &places);
    posts.store.insert(Post(1), old, Some(Arc::new("old")));
    read(&posts, 1, &table)
}

#[test]
fn what_was_verified_goes_with_the_entry_it_was_verified_of() {
    assert_eq!(lands_late::<Sound>(), Some("new"));
    assert_eq!(lands_late::<VerifiedBesideTheKey>(), Some("old"));
}
