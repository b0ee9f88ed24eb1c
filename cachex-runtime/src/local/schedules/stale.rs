//! Entries past their TTL: served after time has passed, never after an invalidation.

use std::cell::Cell;

use super::flights::StampedAtPublishing;
use super::*;
use crate::local::behind::Stale;
use crate::local::slots::{Place, Slots, Stamped, Walk};

thread_local! {
    /// Whether the entry is past its TTL, for the variant that would not look at its slots then.
    static EXPIRED: Cell<bool> = const { Cell::new(false) };
}

/// The TTL is looked at first; past it, that somebody reloads is enough.
struct ServesExpiredUnchecked;

impl Protocol for ServesExpiredUnchecked {
    fn joins(known: Walk) -> bool {
        EXPIRED.get() || Sound::joins(known)
    }

    fn verify(slots: &Slots, places: &[Place], stamped: &Stamped) -> Walk {
        if EXPIRED.get() {
            return Walk::Valid;
        }
        Sound::verify(slots, places, stamped)
    }
}

fn expire(clock: &Clock) {
    clock.advance(Duration::from_secs(61));
    EXPIRED.set(true);
}

/// A reload of an expired entry has read the old row when the post is cleared. Gives what a read gets that begins
/// then, and what one gets after the reload has landed.
fn revalidation<P: Protocol>() -> [Option<&'static str>; 2] {
    EXPIRED.set(false);
    let (posts, clock) = posts::<P>();
    let (table, gate) = (Table::holding("old", &[7]), Gate::shut());
    read(&posts, 1, &table);
    expire(&clock);
    let mut reloading = read_later(&posts, 1, &table, &gate);
    assert!(start(&mut reloading).is_none());
    assert_eq!(
        read(&posts, 1, &table),
        Some("old"),
        "served while one reader reloads"
    );
    table.write("new", &[7]);
    clear_at_once(&posts, &post(1));
    let open = Gate::open();
    let during = start(&mut read_later(&posts, 1, &table, &open))
        .unwrap()
        .unwrap();
    gate.lift();
    now(reloading).unwrap();
    EXPIRED.set(false);
    [during, read(&posts, 1, &table)]
}

#[test]
fn an_expired_entry_is_checked_before_it_is_served() {
    assert_eq!(revalidation::<Sound>(), [Some("new"); 2]);
    assert_eq!(revalidation::<ServesExpiredUnchecked>()[0], Some("old"));
    assert_eq!(revalidation::<StampedAtPublishing>()[1], Some("old"));
}

/// A reader finds an expired entry, and a reload of it begins behind it; it has read the old row when the post is
/// cleared. Gives what a read gets that begins then, and what one gets after the reload has landed.
fn reload_behind<P: Protocol>() -> [Option<&'static str>; 2] {
    EXPIRED.set(false);
    let (posts, clock) = posts::<P>();
    let (table, gate) = (Table::holding("old", &[7]), Gate::shut());
    read(&posts, 1, &table);
    expire(&clock);
    let Stale::Reload(served, reload) = posts.stale(&Post(1)) else {
        panic!("it is past its TTL, and nobody reloads it")
    };
    assert_eq!(served.as_deref(), Some(&"old"), "at once");
    let load = async || {
        let row = table.read();
        gate.passed().await;
        Ok::<_, String>(row)
    };
    let mut reloading = Box::pin(posts.reload(reload, load));
    assert!(start(&mut reloading).is_none());
    let Stale::Serve(also) = posts.stale(&Post(1)) else {
        panic!("one reload is enough")
    };
    assert_eq!(also.as_deref(), Some(&"old"));
    table.write("new", &[7]);
    clear_at_once(&posts, &post(1));
    let during = match posts.stale(&Post(1)) {
        Stale::Serve(value) | Stale::Reload(value, _) => value.map(|value| *value),
        Stale::Nothing => read(&posts, 1, &table),
    };
    gate.lift();
    now(reloading);
    EXPIRED.set(false);
    [during, read(&posts, 1, &table)]
}

#[test]
fn a_reload_behind_its_reader_is_as_old_as_its_beginning() {
    assert_eq!(reload_behind::<Sound>(), [Some("new"); 2]);
    assert_eq!(reload_behind::<ServesExpiredUnchecked>()[0], Some("old"));
    assert_eq!(reload_behind::<StampedAtPublishing>()[1], Some("old"));
}

#[test]
fn a_reload_that_is_dropped_is_left_to_the_next_reader() {
    let (posts, clock) = posts::<Sound>();
    read(&posts, 1, &Table::holding("old", &[7]));
    expire(&clock);
    let first = posts.stale(&Post(1));
    assert!(matches!(first, Stale::Reload(..)));
    assert!(matches!(posts.stale(&Post(1)), Stale::Serve(_)));
    drop(first);
    assert!(matches!(posts.stale(&Post(1)), Stale::Reload(..)));
}

/// A read whose loader fails.
fn failing<'a, P: Protocol>(
    posts: &'a Posts<P>,
    gate: &Gate,
) -> Pin<Box<dyn Future<Output = Read> + 'a>> {
    let gate = gate.clone();
    Box::pin(async move {
        let load = || async {
            gate.passed().await;
            Err("the database is away".to_owned())
        };
        let answer = posts.get_or_load(&Post(1), load).await?;
        Ok(answer.map(|value| *value))
    })
}

/// The loader fails, after an invalidation or without one; leader and waiter get the same.
fn load_fails<P: Protocol>(cleared: bool) -> [Read; 2] {
    EXPIRED.set(false);
    let (posts, clock) = posts::<P>();
    let gate = Gate::shut();
    read(&posts, 1, &Table::holding("old", &[7]));
    clock.advance(Duration::from_mins(1));
    expire(&clock);
    let mut leader = failing(&posts, &gate);
    assert!(start(&mut leader).is_none());
    let mut waiter = failing(&posts, &gate);
    assert!(start(&mut waiter).is_none());
    if cleared {
        clear_at_once(&posts, &author(7));
    }
    gate.lift();
    gate.lift();
    [now(leader), now(waiter)]
}

#[test]
fn an_expired_entry_stands_in_for_a_load_that_fails() {
    for read in load_fails::<Sound>(false) {
        assert_eq!(read.unwrap(), Some("old"));
    }
}

#[test]
fn a_cleared_entry_stands_in_for_nothing() {
    for read in load_fails::<Sound>(true) {
        assert_eq!(read.unwrap_err().to_string(), "the database is away");
    }
    for read in load_fails::<ServesExpiredUnchecked>(true) {
        assert_eq!(read.unwrap(), Some("old"));
    }
}

#[test]
fn past_both_windows_an_entry_is_over() {
    let (posts, clock) = posts::<Sound>();
    let table = Table::holding("old", &[7]);
    read(&posts, 1, &table);
    table.write("new", &[7]);
    clock.advance(Duration::from_secs(59));
    assert_eq!(read(&posts, 1, &table), Some("old"));
    clock.advance(Duration::from_secs(122));
    assert!(now(failing(&posts, &Gate::open())).is_err());
    assert_eq!(read(&posts, 1, &table), Some("new"));
}
