//! One reader: it finds an entry and checks it, or loads, or joins a load.

use super::{Count, Entry, Expired, Floor, Join, Loaded, Rules, Settled, Stamp, State};

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
    /// Walks: the identity's slot, the tag's; what was counted and drawn before.
    Walks(Entry, Anew),
    WalksTags(Entry, Anew),
    Holds(Entry, Anew),
    /// Has to load; what it found may stand in where that fails.
    Missed(Option<Entry>),
    /// Read the count, has no stamp yet.
    Begins(u8, Option<Entry>),
    Leads(Flight, Option<Entry>),
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
    is_settled: bool,
}

/// What makes a stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Anew {
    count: u8,
    drawn: u8,
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
                if now(entry, next).is_at(count) && !entry.expired {
                    return Some((
                        "a reader hits: the count is the entry's stamp",
                        Then::Ends(entry.value),
                    ));
                }
                let drawn = next.sequence;
                goes(
                    "a reader walks: the count is another; it reads what was drawn",
                    Reading::Walks(now(entry, next), Anew { count, drawn }),
                )
            }
            Reading::Walks(entry, anew) => {
                if self.expired == Expired::ServedUnchecked && entry.expired {
                    return Some((
                        "a reader is served the expired entry",
                        Then::EndsReloading(entry.value),
                    ));
                }
                if self.identity_holds(next, entry.stamp) {
                    goes(
                        "a reader finds the identity's slot valid",
                        Reading::WalksTags(entry, anew),
                    )
                } else {
                    goes(
                        "a reader finds the identity's slot stale",
                        Reading::Missed(None),
                    )
                }
            }
            Reading::WalksTags(entry, anew) if self.tags_hold(next, entry.value, entry.stamp) => {
                Some(self.hold(entry, anew))
            }
            Reading::WalksTags(..) => {
                goes("a reader finds a tag's slot stale", Reading::Missed(None))
            }
            Reading::Holds(entry, anew) => {
                self.stamp_anew(entry, anew, next);
                Some((
                    "a reader stamps the entry anew if it may, and hits",
                    Then::Ends(entry.value),
                ))
            }
            Reading::Missed(found) => goes(
                "a reader that has to load reads the count",
                Reading::Begins(next.count, found),
            ),
            Reading::Begins(count, found) => {
                Some(self.lead_or_join(who, reader, count, found, next))
            }
            Reading::Leads(flight, _) => {
                let value = next.load();
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
            Some(entry) if self.count == Count::None => Some((
                said,
                Then::Goes(Reading::Walks(entry, Anew { count: 0, drawn: 1 })),
            )),
            Some(entry) => Some((said, Then::Goes(Reading::Found(entry)))),
        }
    }

    /// All its slots hold.
    fn hold(&self, entry: Entry, anew: Anew) -> (&'static str, Then) {
        let said = "a reader finds all slots valid";
        match (entry.expired, self.expired) {
            (false, _) if self.count == Count::None => (said, Then::Ends(entry.value)),
            (false, _) => (said, Then::Goes(Reading::Holds(entry, anew))),
            (true, Expired::Served | Expired::ServedUnchecked) => (
                "a reader is served the expired entry",
                Then::EndsReloading(entry.value),
            ),
            (true, _) => (said, Then::Goes(Reading::Missed(Some(entry)))),
        }
    }

    fn stamp_anew(&self, entry: Entry, anew: Anew, next: &mut State) {
        let Anew { count, drawn } = if self.reads_late {
            let (count, drawn) = (next.count, next.sequence);
            Anew { count, drawn }
        } else {
            anew
        };
        if let Some(there) = &mut next.entry
            && (self.stamp_of_key || there.is(entry))
            && (count == drawn || self.stamps_anyway)
        {
            there.stamp = drawn;
            there.is_settled = count == drawn;
        }
    }

    fn lead_or_join(
        &self,
        who: usize,
        reader: Reader,
        count: u8,
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
            is_settled: self.settled == Settled::Counted && count == next.sequence,
        };
        (
            "a reader registers its load and takes the stamp",
            Then::Goes(Reading::Leads(flight, found)),
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
        let (born, is_settled) = match self.stamp {
            Stamp::AtPublishing => (next.sequence, false),
            Stamp::BeforeLoad => (flight.stamp, flight.is_settled),
            Stamp::AfterLoad => (flight.stamp, false),
        };
        let own = Entry {
            value,
            born,
            stamp: born,
            is_settled,
            expired: false,
        };
        let beside = next
            .entry
            .filter(|there| self.stamp_of_key && there.stamp > born);
        next.entry = Some(beside.map_or(own, |there| Entry {
            stamp: there.stamp,
            is_settled: there.is_settled,
            ..own
        }));
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

/// What was found, as it is stamped by now.
fn now(entry: Entry, state: &State) -> Entry {
    state.entry.filter(|there| there.is(entry)).unwrap_or(entry)
}

impl Reader {
    /// The stamp of its load.
    fn stamp(&self) -> Option<u8> {
        match self.at {
            Reading::Leads(flight, _)
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
