//! The rule in all its circumstances, and each of its parts left out.

use super::{Authors, Change, Count, Expired, Join, Rules, Settled, Slots, Stamp, Unknowns};
use crate::{Expected, Variant};

const RULE: Rules = Rules {
    changes: &[Change::RenameA, Change::Move],
    authors: Authors::A,
    slots: [0, 1, 2, 3],
    join: Join::Known,
    unknowns: Unknowns::None,
    count: Count::Last,
    settled: Settled::Counted,
    stamp: Stamp::BeforeLoad,
    expired: Expired::Reloaded,
    checks_hits: true,
    plain_store: false,
    reads_late: false,
    stamps_anyway: false,
    stamp_of_key: false,
};

const RENAME: Rules = Rules {
    changes: &[Change::RenameA],
    ..RULE
};
const RENAME_TWICE: Rules = Rules {
    changes: &[Change::RenameA, Change::RenameA],
    ..RULE
};
const MOVE: Rules = Rules {
    changes: &[Change::Move],
    ..RULE
};
/// Over an entry that says there is none.
const CREATE: Rules = Rules {
    changes: &[Change::Create],
    authors: Authors::Nobody,
    unknowns: Unknowns::Bumped,
    ..RULE
};

/// The rule and what is tempting instead.
pub(crate) fn variants() -> Vec<Variant> {
    let mut variants = rule();
    variants.extend(unknown());
    variants.extend(loads_without());
    variants.extend(bumps_without());
    variants.extend(entries_without());
    variants
}

fn holds(name: &str, rules: Rules, evictions: u8) -> Variant {
    Variant::of(name, Expected::Holds, Slots { rules, evictions })
}

fn broken(name: &str, rules: Rules) -> Variant {
    let evictions = 1;
    Variant::of(name, Expected::Broken, Slots { rules, evictions })
}

fn rule() -> Vec<Variant> {
    let shared = |slots| Rules { slots, ..RULE };
    let expired = |expired, of| Rules { expired, ..of };
    let walks = Rules {
        count: Count::None,
        settled: Settled::Never,
        ..RULE
    };
    let never = Rules {
        settled: Settled::Never,
        ..RULE
    };
    let joined = Rules {
        join: Join::AlwaysChecked,
        ..RULE
    };
    vec![
        holds("the rule: a rename and a move", RULE, 1),
        holds("the rule: two renames", RENAME_TWICE, 0),
        holds("two authors share a slot", shared([0, 1, 1, 3]), 0),
        holds(
            "the identity and an author share a slot",
            shared([0, 0, 2, 3]),
            0,
        ),
        holds(
            "every load is joined, and all slots checked then",
            joined,
            0,
        ),
        holds("each hit walks", walks, 1),
        holds("a new entry is walked by its first hit", never, 0),
        holds(
            "served while it is reloaded: a rename",
            expired(Expired::Served, RENAME),
            0,
        ),
        holds(
            "served while it is reloaded: a move",
            expired(Expired::Served, MOVE),
            0,
        ),
        holds(
            "served where the loader fails: a rename",
            expired(Expired::StandsIn, RENAME),
            0,
        ),
        holds(
            "served where the loader fails: a move",
            expired(Expired::StandsIn, MOVE),
            0,
        ),
    ]
}

/// Entries whose tags are not known.
fn unknown() -> Vec<Variant> {
    let of = |changes, authors| Rules {
        changes,
        authors,
        ..CREATE
    };
    let appears = of(&[Change::Create, Change::RenameA], Authors::Nobody);
    let goes = of(&[Change::Delete, Change::RenameA], Authors::A);
    let many = of(&[Change::RenameA, Change::RenameB], Authors::TooMany);
    vec![
        holds("a row appears over a negative entry", CREATE, 1),
        holds("a row appears and its author is renamed", appears, 0),
        holds("a row goes and its author is renamed", goes, 0),
        holds(
            "two of more authors than an entry may have are renamed",
            many,
            0,
        ),
    ]
}

fn loads_without() -> Vec<Variant> {
    let join = |join, of| Rules { join, ..of };
    let stamp = |stamp, of| Rules { stamp, ..of };
    let known_again = join(Join::KnownAgain, RENAME);
    vec![
        broken("who waits checks nothing", join(Join::KnownOnly, RENAME)),
        broken(
            "who waits checks what was known before the load",
            known_again,
        ),
        broken(
            "every load is joined, nothing checked",
            join(Join::Always, MOVE),
        ),
        broken(
            "the stamp is taken after the load",
            stamp(Stamp::AfterLoad, MOVE),
        ),
        broken(
            "the stamp is that of publishing",
            stamp(Stamp::AtPublishing, RENAME),
        ),
    ]
}

fn bumps_without() -> Vec<Variant> {
    let count = |count, of| Rules { count, ..of };
    let plain = Rules {
        plain_store: true,
        ..RENAME_TWICE
    };
    let shared = Rules {
        plain_store: true,
        slots: [0, 0, 2, 3],
        ..RULE
    };
    let forgotten = Rules {
        unknowns: Unknowns::Forgotten,
        ..CREATE
    };
    vec![
        broken("a bump writes over a later one", plain),
        broken(
            "a bump writes over that of a region which shares its slot",
            shared,
        ),
        broken(
            "the count is moved before the slot",
            count(Count::BeforeSlot, RENAME),
        ),
        broken(
            "the count is moved between the two slots",
            count(Count::BetweenSlots, CREATE),
        ),
        broken(
            "the count is moved after `apply` returned",
            count(Count::AfterReturn, RENAME),
        ),
        broken("the slot of unknown tags is not bumped", forgotten),
    ]
}

fn entries_without() -> Vec<Variant> {
    let expired = |expired, of| Rules { expired, ..of };
    let unchecked = Rules {
        checks_hits: false,
        ..MOVE
    };
    let late = Rules {
        reads_late: true,
        ..MOVE
    };
    let anyway = Rules {
        stamps_anyway: true,
        ..RULE
    };
    let of_key = Rules {
        stamp_of_key: true,
        ..RULE
    };
    let negative = Rules {
        unknowns: Unknowns::Unchecked,
        ..CREATE
    };
    let served = expired(Expired::ServedUnchecked, MOVE);
    let stands_in = expired(Expired::StandsInUnchecked, RENAME);
    vec![
        broken("a hit is not checked", unchecked),
        broken("the new stamp is read after the walk", late),
        broken("stamped anew while a bump is under way", anyway),
        broken("the stamp is kept beside the key", of_key),
        broken("a negative entry has no slot of unknown tags", negative),
        broken("an expired entry is served unchecked", served),
        broken(
            "what stands in for a failed load is handed on unchecked",
            stands_in,
        ),
    ]
}
