//! The cache in process: a fixed table of slots, loads in flight, readers that join them, tags that are known only once
//! a value is loaded.
//!
//! One key. Its regions: the identity, author A and author B (tags, known after the load), and the slot for entries whose
//! tags aren't known. Two regions may share a slot.

mod read;
mod variants;
mod write;

pub(crate) use variants::variants;

use crate::search::Model;

/// The regions of the one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Region {
    Id,
    AuthorA,
    AuthorB,
    Unknown,
}

/// Who wrote the row: the tags of its entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Authors {
    A,
    B,
    /// There is no row: a negative entry.
    Nobody,
    /// Both: more than an entry may have tags.
    TooMany,
}

/// What a writer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    RenameA,
    RenameB,
    /// The row goes to author B.
    Move,
    Create,
    Delete,
}

/// When a reader joins a load, and what is checked when the value is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Join {
    /// Where the slots known so far are valid; then all of them again.
    Known,
    /// The same, the slots known so far again.
    KnownAgain,
    /// The same, nothing more.
    KnownOnly,
    Always,
    /// Always; all slots are checked then.
    AlwaysChecked,
}

/// What becomes of the slot for unknown tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unknowns {
    /// Every entry knows its tags.
    None,
    /// Bumped behind the tag's own.
    Bumped,
    /// Not bumped.
    Forgotten,
    /// Bumped, and checked by nobody.
    Unchecked,
}

/// When the count of bumps is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Count {
    /// Once, behind the last slot.
    Last,
    BeforeSlot,
    BetweenSlots,
    AfterReturn,
    /// There is none: each hit walks.
    None,
}

/// Whether the stamp of a new entry may be a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Settled {
    Never,
    /// If it is the one read just before it.
    Counted,
}

/// When the stamp is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stamp {
    BeforeLoad,
    AfterLoad,
    AtPublishing,
}

/// How a stale or failing entry past its TTL is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expired {
    /// It is loaded anew.
    Reloaded,
    /// Served if it is valid, and reloaded behind the reader.
    Served,
    /// Served unchecked.
    ServedUnchecked,
    /// Stands in where the loader fails; who waits checks it.
    StandsIn,
    /// The same, unchecked.
    StandsInUnchecked,
}

/// The rules, each as it is or left out.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a rule of its own")]
struct Rules {
    changes: &'static [Change],
    authors: Authors,
    /// The slot of each region.
    slots: [usize; 4],
    join: Join,
    unknowns: Unknowns,
    count: Count,
    settled: Settled,
    stamp: Stamp,
    expired: Expired,
    /// Checked when an entry is found.
    checks_hits: bool,
    /// Written over whatever is there.
    plain_store: bool,
    /// What an entry is stamped anew with is read after the walk.
    reads_late: bool,
    /// It is stamped anew while a bump is under way, too.
    stamps_anyway: bool,
    /// The stamp is kept beside the key: the next entry has it, too.
    stamp_of_key: bool,
}

/// A value as it was loaded: how often the row, and each of its authors, had been written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Loaded {
    row: u8,
    authors: Authors,
    names: [u8; 2],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Entry {
    value: Loaded,
    /// The stamp of its load.
    born: u8,
    /// Up to where it is known to be valid.
    stamp: u8,
    /// Whether no bump was under way then: the stamp is the count.
    is_settled: bool,
    expired: bool,
}

impl Entry {
    /// Another entry may lie there by now.
    fn is(self, other: Self) -> bool {
        (self.value, self.born) == (other.value, other.born)
    }

    /// Whether its stamp is this count.
    fn is_at(self, count: u8) -> bool {
        self.is_settled && self.stamp == count
    }
}

/// What was acknowledged: of the row and of each author.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
struct Floor {
    row: u8,
    names: [u8; 2],
}

impl Floor {
    fn is_above(self, value: Loaded) -> bool {
        let [a, b] = self.names;
        let [loaded_a, loaded_b] = value.names;
        let has = |author| value.authors == author || value.authors == Authors::TooMany;
        value.row < self.row || has(Authors::A) && loaded_a < a || has(Authors::B) && loaded_b < b
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct State {
    row: u8,
    authors: Authors,
    names: [u8; 2],
    sequence: u8,
    slots: [u8; 4],
    count: u8,
    entry: Option<Entry>,
    /// Who leads the load in flight.
    flight: Option<usize>,
    readers: [read::Reader; 2],
    writers: [write::Writer; 2],
    acknowledged: Floor,
    evictions: u8,
    expirations: u8,
    failures: u8,
    broken: bool,
}

impl State {
    /// The row as it is now, with the names of its authors.
    fn load(&self) -> Loaded {
        let [a, b] = self.names;
        let of = |author, name| {
            let has = self.authors == author || self.authors == Authors::TooMany;
            if has { name } else { 0 }
        };
        Loaded {
            row: self.row,
            authors: self.authors,
            names: [of(Authors::A, a), of(Authors::B, b)],
        }
    }
}

/// The rules, and how much goes wrong meanwhile.
struct Slots {
    rules: Rules,
    evictions: u8,
}

impl Rules {
    fn slot(&self, state: &State, region: Region) -> u8 {
        let index = self.slots.get(region as usize).copied().unwrap_or_default();
        state.slots.get(index).copied().unwrap_or_default()
    }

    /// Of the slots known before the load.
    fn identity_holds(&self, state: &State, stamp: u8) -> bool {
        self.slot(state, Region::Id) <= stamp
    }

    /// Of those known after it.
    fn tags_hold(&self, state: &State, value: Loaded, stamp: u8) -> bool {
        let holds = |region| self.slot(state, region) <= stamp;
        match value.authors {
            Authors::A => holds(Region::AuthorA),
            Authors::B => holds(Region::AuthorB),
            Authors::Nobody | Authors::TooMany => match self.unknowns {
                Unknowns::None | Unknowns::Unchecked => true,
                Unknowns::Bumped | Unknowns::Forgotten => holds(Region::Unknown),
            },
        }
    }
}

impl Model for Slots {
    type State = State;

    fn starts(&self) -> Vec<State> {
        let expires = self.rules.expired != Expired::Reloaded;
        let stands_in = matches!(
            self.rules.expired,
            Expired::StandsIn | Expired::StandsInUnchecked
        );
        let cold = State {
            row: 0,
            authors: self.rules.authors,
            names: [0; 2],
            sequence: 1,
            slots: [0; 4],
            count: 1,
            entry: None,
            flight: None,
            readers: [read::Reader::new(2); 2],
            writers: [0, 1].map(|who| write::Writer::new(who < self.rules.changes.len())),
            acknowledged: Floor::default(),
            evictions: self.evictions,
            expirations: u8::from(expires),
            failures: u8::from(stands_in),
            broken: false,
        };
        let mut warm = cold.clone();
        let value = Loaded {
            row: 0,
            authors: self.rules.authors,
            names: [0; 2],
        };
        warm.entry = Some(Entry {
            value,
            born: 1,
            stamp: 1,
            is_settled: false,
            expired: false,
        });
        vec![cold, warm]
    }

    fn steps(&self, state: &State, out: &mut Vec<(&'static str, State)>) {
        for who in 0..state.readers.len() {
            self.rules.read(who, state, out);
        }
        for who in 0..self.rules.changes.len() {
            self.rules.write(who, state, out);
        }
        let Some(entry) = state.entry else { return };
        if state.evictions > 0 {
            let mut next = state.clone();
            next.evictions -= 1;
            next.entry = None;
            out.push(("the entry is evicted", next));
        }
        if state.expirations > 0 && !entry.expired {
            let mut next = state.clone();
            next.expirations -= 1;
            next.entry = Some(Entry {
                expired: true,
                ..entry
            });
            out.push(("the entry's TTL ends", next));
        }
    }

    fn is_broken(&self, state: &State) -> bool {
        state.broken
    }
}
