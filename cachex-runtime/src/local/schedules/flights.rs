//! Invalidations that meet a load in flight.

use super::*;
use crate::local::protocol::Begun;
use crate::local::slots::{Place, Slots, Walk};

/// The entry is stamped when it is published, as a cache does that only remembers when an entry was stored.
pub(super) struct StampedAtPublishing;

impl Protocol for StampedAtPublishing {
    fn publish(slots: &Slots, _: Begun) -> Begun {
        Self::begin(slots)
    }
}

/// What is not there is not cleared.
pub(super) struct ClearsWhatIsThere;

impl Protocol for ClearsWhatIsThere {
    fn bump(_: &Slots, _: &[Place], _: impl FnMut(Step)) {}
}

/// A waiter takes whatever comes of the flight it joined.
pub(super) struct TakesAnything;

impl Protocol for TakesAnything {
    fn takes(_: Walk, _: Walk) -> bool {
        true
    }
}

/// A waiter looks at the slots it knew when it joined.
pub(super) struct TakesTheKnown;

impl Protocol for TakesTheKnown {
    fn takes(known: Walk, _: Walk) -> bool {
        known == Walk::Valid
    }
}

/// The loader has read the old row when the post is cleared; it lands, and somebody reads.
fn load_in_flight<P: Protocol>() -> Option<&'static str> {
    let (posts, _) = posts::<P>();
    let (table, gate) = (Table::holding("old", &[7]), Gate::shut());
    let mut loading = read_later(&posts, 1, &table, &gate);
    assert!(start(&mut loading).is_none());
    table.write("new", &[7]);
    clear_at_once(&posts, &post(1));
    gate.lift();
    now(loading).unwrap();
    read(&posts, 1, &table)
}

#[test]
fn an_entry_is_as_old_as_the_beginning_of_its_load() {
    assert_eq!(load_in_flight::<Sound>(), Some("new"));
    assert_eq!(load_in_flight::<StampedAtPublishing>(), Some("old"));
}

/// The same, and no post, no entry and no region was ever seen before.
#[test]
fn a_region_is_cleared_before_any_entry_of_it_exists() {
    assert_eq!(load_in_flight::<Sound>(), Some("new"));
    assert_eq!(load_in_flight::<ClearsWhatIsThere>(), Some("old"));
}

/// The author is cleared while the load is in flight; a reader that knows the post's id alone comes late.
fn late_reader<P: Protocol>() -> Option<&'static str> {
    let (posts, _) = posts::<P>();
    let (table, gate) = (Table::holding("old", &[7]), Gate::shut());
    let mut loading = read_later(&posts, 1, &table, &gate);
    assert!(start(&mut loading).is_none());
    table.write("new", &[7]);
    clear_at_once(&posts, &author(7));
    let open = Gate::open();
    let mut late = read_later(&posts, 1, &table, &open);
    assert!(
        start(&mut late).is_none(),
        "nothing it knows speaks against joining"
    );
    gate.lift();
    now(loading).unwrap();
    now(late).unwrap()
}

#[test]
fn a_late_reader_checks_the_tags_it_did_not_know_when_it_joined() {
    assert_eq!(late_reader::<Sound>(), Some("new"));
    assert_eq!(late_reader::<TakesAnything>(), Some("old"));
    assert_eq!(late_reader::<TakesTheKnown>(), Some("old"));
}

/// The post has moved to an author nobody knew it had when that author is cleared.
fn tag_found_by_the_load<P: Protocol>() -> Option<&'static str> {
    let (posts, _) = posts::<P>();
    let (table, gate) = (Table::holding("of author 7", &[7]), Gate::shut());
    read(&posts, 1, &table);
    table.write("old", &[8]);
    clear_at_once(&posts, &post(1));
    let mut loading = read_later(&posts, 1, &table, &gate);
    assert!(start(&mut loading).is_none());
    table.write("new", &[8]);
    clear_at_once(&posts, &author(8));
    gate.lift();
    now(loading).unwrap();
    read(&posts, 1, &table)
}

#[test]
fn a_tag_found_by_the_load_was_cleared_while_it_ran() {
    assert_eq!(tag_found_by_the_load::<Sound>(), Some("new"));
    assert_eq!(tag_found_by_the_load::<StampedAtPublishing>(), Some("old"));
}

/// A reader that knows better doesn't wait for a load that is outdated already.
#[test]
fn a_reader_joins_no_load_that_its_key_was_cleared_since() {
    let (posts, _) = posts::<Sound>();
    let (table, gate) = (Table::holding("old", &[7]), Gate::shut());
    let mut loading = read_later(&posts, 1, &table, &gate);
    assert!(start(&mut loading).is_none());
    table.write("new", &[7]);
    clear_at_once(&posts, &post(1));
    assert_eq!(read(&posts, 1, &table), Some("new"));
    gate.lift();
    assert_eq!(now(loading).unwrap(), Some("old"), "that read began before");
    assert_eq!(
        read(&posts, 1, &table),
        Some("new"),
        "the late landing did not put the old row back"
    );
    assert_eq!(posts.core.counters.snapshot(0).loads, 2);
}

/// Between a reader's look and its leading a load, another load landed.
#[test]
fn a_waiter_that_is_refused_for_ever_takes_what_began_after_it() {
    struct RefusesAll;
    impl Protocol for RefusesAll {
        fn takes(_: Walk, _: Walk) -> bool {
            false
        }
    }
    let (posts, _) = posts::<RefusesAll>();
    let table = Table::holding("first", &[7]);
    let gates = [Gate::shut(), Gate::shut(), Gate::shut()];
    let never = Gate::shut();
    let mut leader = read_later(&posts, 1, &table, &gates[0]);
    assert!(start(&mut leader).is_none());
    let mut waiter = read_later(&posts, 1, &table, &never);
    assert!(start(&mut waiter).is_none());
    for (round, name) in ["second", "third", "fourth"].into_iter().enumerate() {
        // The next leader is there before the waiter wakes: the post was cleared, so it can't join.
        table.write(name, &[7]);
        clear_at_once(&posts, &post(1));
        let next_gate = gates.get(round + 1).cloned().unwrap_or_else(Gate::shut);
        let mut next = read_later(&posts, 1, &table, &next_gate);
        assert!(start(&mut next).is_none());
        gates[round].lift();
        now(leader).unwrap();
        leader = next;
        if let Some(answer) = start(&mut waiter) {
            assert_eq!((round, answer.unwrap()), (2, Some("third")));
            return;
        }
    }
    panic!("it waits for ever");
}
