//! One reader: it finds an entry and checks it, or loads, or joins a load.

use super::{Authors, Count, Entry, Expired, Floor, Join, Loaded, Rules, Stamp, State, Verified};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Reader {
    left: u8,
    /// What it may not be given anything older than.
    floor: Floor,
    /// It reloads behind a reader that was served: nobody gets what it loads.
    behind: bool,
    at: Reading,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Reading {
    Nothing,
    /// Found this entry.
    Found(Entry),
    /// Read the count.
    Counted(Entry, u8),
    /// Walks: the identity's slot, the tag's.
    Walks(Entry, u8),
    WalksTags(Entry, u8),
    Holds(Entry, u8),
    /// Has to load; what it found may stand in where that fails.
    Missed(Option<Entry>),
    Leads(Flight, Option<Entry>),
    /// Took the stamp, not yet the count.
    Stamped(Flight, Option<Entry>),
    LoadedUnstamped(Flight, Loaded),
    Publishes(Flight, Loaded),
    /// Hands the value to who waits: loaded, or standing in.
    Delivers(u8, Loaded, bool),
    /// Waits for a load of another reader.
    Waits(usize),
    Given(u8, Loaded, bool),
    GivenHalfChecked(u8, Loaded),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Flight {
    stamp: u8,
    count: u8,
}

impl Reader {
    pub(super) fn new(left: u8) -> Self {
        Self {
            left,
            floor: Floor::default(),
            behind: false,
            at: Reading::Nothing,
        }
    }
}

/// What follows a step: another of the same read, its end with a value, or with none where it was nobody's.
enum Then {
    Goes(Reading),
    Ends(Loaded),
    /// Ends for its reader, and reloads behind it.
    EndsReloading(Loaded),
    EndsUnread,
}

impl Rules {
    pub(super) fn read(&self, who: usize, state: &State, out: &mut Vec<(&'static str, State)>) {
        let Some(reader) = state.readers.get(who).copied() else {
            return;
        };
        let mut next = state.clone();
        let Some((said, then)) = self.go(who, reader, &mut next) else {
            return;
        };
        conclude(who, reader, &then, &mut next);
        out.push((said, next));
        fail(who, reader, state, out);
    }

    fn go(&self, who: usize, reader: Reader, next: &mut State) -> Option<(&'static str, Then)> {
        let goes = |said, at| Some((said, Then::Goes(at)));
        match reader.at {
            Reading::Nothing => self.begin(who, reader, next),
            Reading::Found(entry) => goes(
                "a reader reads the count",
                Reading::Counted(entry, next.count),
            ),
            Reading::Counted(entry, count) => {
                if self.verified_for(entry, next) == Some(count) && !entry.expired {
                    return Some((
                        "a reader hits: the entry is verified for this count",
                        Then::Ends(entry.value),
                    ));
                }
                goes(
                    "a reader walks: the entry is verified for another count",
                    Reading::Walks(entry, count),
                )
            }
            Reading::Walks(entry, count) => {
                if self.expired == Expired::ServedUnchecked && entry.expired {
                    return Some((
                        "a reader is served the expired entry",
                        Then::EndsReloading(entry.value),
                    ));
                }
                if self.identity_holds(next, entry.stamp) {
                    goes(
                        "a reader finds the identity's slot valid",
                        Reading::WalksTags(entry, count),
                    )
                } else {
                    goes(
                        "a reader finds the identity's slot stale",
                        Reading::Missed(None),
                    )
                }
            }
            Reading::WalksTags(entry, count) if self.tags_hold(next, entry.value, entry.stamp) => {
                Some(self.hold(entry, count))
            }
            Reading::WalksTags(..) => {
                goes("a reader finds a tag's slot stale", Reading::Missed(None))
            }
            Reading::Holds(entry, count) => {
                self.verify(entry, count, next);
                Some((
                    "a reader verifies the entry and hits",
                    Then::Ends(entry.value),
                ))
            }
            Reading::Missed(found) => Some(self.lead_or_join(who, reader, found, next)),
            Reading::Stamped(flight, found) => {
                let flight = Flight {
                    count: next.count,
                    ..flight
                };
                goes("the reader reads the count", Reading::Leads(flight, found))
            }
            Reading::Leads(flight, _) => {
                let value = load(next);
                let at = match self.stamp {
                    Stamp::AfterLoad => Reading::LoadedUnstamped(flight, value),
                    Stamp::BeforeLoad | Stamp::AtPublishing => Reading::Publishes(flight, value),
                };
                goes("its loader reads the row", at)
            }
            Reading::LoadedUnstamped(flight, value) => {
                let flight = Flight {
                    stamp: next.sequence,
                    ..flight
                };
                goes(
                    "the reader takes the stamp",
                    Reading::Publishes(flight, value),
                )
            }
            Reading::Publishes(flight, value) => {
                self.publish(flight, value, next);
                goes(
                    "the entry is published",
                    Reading::Delivers(flight.stamp, value, false),
                )
            }
            Reading::Delivers(stamp, value, stands_in) => {
                deliver(who, next, Reading::Given(stamp, value, stands_in));
                Some(("the load ends, its reader returns", Then::Ends(value)))
            }
            Reading::Waits(_) => None,
            Reading::Given(stamp, value, stands_in) => {
                Some(self.take(stamp, value, stands_in, next))
            }
            Reading::GivenHalfChecked(stamp, value) => {
                if self.join == Join::KnownAgain || self.tags_hold(next, value, stamp) {
                    Some(("the waiter takes the value", Then::Ends(value)))
                } else {
                    goes("the waiter refuses it", Reading::Missed(None))
                }
            }
        }
    }

    fn begin(&self, who: usize, reader: Reader, next: &mut State) -> Option<(&'static str, Then)> {
        if reader.left == 0 {
            return None;
        }
        let floor = next.acknowledged;
        if let Some(place) = next.readers.get_mut(who) {
            place.left -= 1;
            place.floor = floor;
        }
        let said = "a reader looks for the entry";
        match next.entry {
            None => Some((said, Then::Goes(Reading::Missed(None)))),
            Some(entry) if !self.checks_hits => Some((said, Then::Ends(entry.value))),
            Some(entry) if self.count == Count::None => {
                Some((said, Then::Goes(Reading::Walks(entry, 0))))
            }
            Some(entry) => Some((said, Then::Goes(Reading::Found(entry)))),
        }
    }

    /// The count for which what lies there is known to be valid.
    fn verified_for(&self, entry: Entry, state: &State) -> Option<u8> {
        match state.entry {
            Some(there) if self.verified_of_key || there.is(entry) => there.verified,
            _ => entry.verified,
        }
    }

    /// All its slots hold.
    fn hold(&self, entry: Entry, count: u8) -> (&'static str, Then) {
        let said = "a reader finds all slots valid";
        match (entry.expired, self.expired) {
            (false, _) if self.count == Count::None => (said, Then::Ends(entry.value)),
            (false, _) => (said, Then::Goes(Reading::Holds(entry, count))),
            (true, Expired::Served | Expired::ServedUnchecked) => (
                "a reader is served the expired entry",
                Then::EndsReloading(entry.value),
            ),
            (true, _) => (said, Then::Goes(Reading::Missed(Some(entry)))),
        }
    }

    fn verify(&self, entry: Entry, count: u8, next: &mut State) {
        let count = if self.counts_late { next.count } else { count };
        if let Some(there) = &mut next.entry
            && (self.verified_of_key || there.is(entry))
        {
            there.verified = Some(count);
        }
    }

    fn lead_or_join(
        &self,
        who: usize,
        reader: Reader,
        found: Option<Entry>,
        next: &mut State,
    ) -> (&'static str, Then) {
        if let Some(leader) = next.flight.filter(|leader| *leader != who)
            && self.joins(leader, next)
        {
            let then = if reader.behind {
                Then::EndsUnread
            } else {
                Then::Goes(Reading::Waits(leader))
            };
            return ("a reader joins the load in flight", then);
        }
        next.flight = Some(who);
        let flight = Flight {
            stamp: next.sequence,
            count: 0,
        };
        let at = if self.verified == Verified::AfterStamp {
            Reading::Stamped(flight, found)
        } else {
            Reading::Leads(flight, found)
        };
        (
            "a reader registers its load and takes the stamp",
            Then::Goes(at),
        )
    }

    fn joins(&self, leader: usize, state: &State) -> bool {
        let stamp = state.readers.get(leader).and_then(Reader::stamp);
        match self.join {
            Join::Always | Join::AlwaysChecked => true,
            Join::Known | Join::KnownAgain | Join::KnownOnly => {
                stamp.is_some_and(|stamp| self.identity_holds(state, stamp))
            }
        }
    }

    fn publish(&self, flight: Flight, value: Loaded, next: &mut State) {
        let stamp = match self.stamp {
            Stamp::AtPublishing => next.sequence,
            Stamp::BeforeLoad | Stamp::AfterLoad => flight.stamp,
        };
        let verified = match self.verified {
            _ if self.verified_of_key => next.entry.and_then(|there| there.verified),
            Verified::Never => None,
            Verified::AfterStamp => Some(flight.count),
            Verified::AtPublishing => Some(next.count),
        };
        next.entry = Some(Entry {
            value,
            stamp,
            expired: false,
            verified,
        });
    }

    /// Who waited is given the value.
    fn take(
        &self,
        stamp: u8,
        value: Loaded,
        stands_in: bool,
        next: &State,
    ) -> (&'static str, Then) {
        let unchecked = stands_in && self.expired == Expired::StandsInUnchecked;
        match self.join {
            _ if unchecked => {}
            Join::Always | Join::KnownOnly => {}
            Join::Known | Join::KnownAgain | Join::AlwaysChecked => {
                let at = if self.identity_holds(next, stamp) {
                    Reading::GivenHalfChecked(stamp, value)
                } else {
                    Reading::Missed(None)
                };
                return ("the waiter checks the identity's slot", Then::Goes(at));
            }
        }
        ("the waiter takes the value", Then::Ends(value))
    }
}

impl Reader {
    /// The stamp of its load.
    fn stamp(&self) -> Option<u8> {
        match self.at {
            Reading::Leads(flight, _)
            | Reading::Stamped(flight, _)
            | Reading::LoadedUnstamped(flight, _)
            | Reading::Publishes(flight, _) => Some(flight.stamp),
            Reading::Delivers(stamp, ..) => Some(stamp),
            _ => None,
        }
    }
}

/// The loader may fail instead: what was found past its TTL stands in.
fn fail(who: usize, reader: Reader, state: &State, out: &mut Vec<(&'static str, State)>) {
    let Reading::Leads(_, Some(entry)) = reader.at else {
        return;
    };
    if state.failures == 0 {
        return;
    }
    let mut next = state.clone();
    next.failures -= 1;
    let at = Reading::Delivers(entry.stamp, entry.value, true);
    conclude(who, reader, &Then::Goes(at), &mut next);
    out.push(("its loader fails: the expired entry stands in", next));
}

/// The row as it is now, with the names of its authors.
fn load(state: &State) -> Loaded {
    let [a, b] = state.names;
    let of = |author, name| {
        let has = state.authors == author || state.authors == Authors::TooMany;
        if has { name } else { 0 }
    };
    Loaded {
        row: state.row,
        authors: state.authors,
        names: [of(Authors::A, a), of(Authors::B, b)],
    }
}

/// Hands a value to all who wait for a load.
fn deliver(who: usize, next: &mut State, given: Reading) {
    for reader in &mut next.readers {
        if reader.at == Reading::Waits(who) {
            reader.at = given;
        }
    }
    if next.flight == Some(who) {
        next.flight = None;
    }
}

fn conclude(who: usize, reader: Reader, then: &Then, next: &mut State) {
    let Some(place) = next.readers.get_mut(who) else {
        return;
    };
    let floor = place.floor;
    let value = match then {
        Then::Goes(at) => {
            place.at = *at;
            return;
        }
        Then::EndsUnread => None,
        Then::Ends(value) | Then::EndsReloading(value) => Some(*value).filter(|_| !reader.behind),
    };
    next.broken |= value.is_some_and(|value| floor.is_above(value));
    *place = Reader::new(place.left);
    if matches!(then, Then::EndsReloading(_)) {
        place.behind = true;
        place.at = Reading::Missed(None);
    }
}
