//! A cache whose loader reads another cache: what is built from it is outer, what lies beneath is inner.
//!
//! One writer invalidates both; readers of the outer one load it from the inner one, and that from the row.

use crate::search::Model;
use crate::{Expected, Variant};

/// Which is bumped first, and when the numbers are drawn.
#[derive(Debug, Clone, Copy)]
struct Order {
    outer_first: bool,
    /// Both before the first bump.
    drawn_at_once: bool,
}

/// How much happens in a search.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    reads: u8,
    writes: u8,
}

impl Size {
    pub(crate) const FULL: Self = Self {
        reads: 2,
        writes: 2,
    };
    #[cfg(test)]
    pub(crate) const SMALL: Self = Self {
        reads: 2,
        writes: 1,
    };
}

struct Beneath {
    order: Order,
    size: Size,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Entry {
    row: u8,
    stamp: u8,
}

/// A cache of one key, with the slot of its region and numbers of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Cache {
    entry: Option<Entry>,
    slot: u8,
    drawn: u8,
}

impl Cache {
    fn store(&mut self, entry: Entry) {
        if self.slot <= entry.stamp {
            self.entry = Some(entry);
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct State {
    row: u8,
    inner: Cache,
    outer: Cache,
    readers: [Reader; 2],
    writer: Writer,
    writes: u8,
    /// The row that the last `apply` which returned was about.
    acknowledged: u8,
    broken: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Reader {
    left: u8,
    /// It may not be given an older row.
    at_least: u8,
    at: Reading,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Reading {
    Nothing,
    Outer(Entry),
    Missed,
    /// With the outer entry's stamp.
    Stamped(u8),
    Inner(u8, Entry),
    MissedInner(u8),
    StampedInner(u8, u8),
    Loaded(u8, Entry),
    Ready(Entry),
    Found(u8),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Writer {
    Idle,
    Committed,
    Drew(u8),
    BumpedOne(u8),
    DrewAgain(u8),
    BumpedBoth,
}

impl Model for Beneath {
    type State = State;

    fn starts(&self) -> Vec<State> {
        let empty = Cache {
            entry: None,
            slot: 0,
            drawn: 1,
        };
        let reader = Reader {
            left: self.size.reads,
            at_least: 0,
            at: Reading::Nothing,
        };
        let cold = State {
            row: 0,
            inner: empty,
            outer: empty,
            readers: [reader; 2],
            writer: Writer::Idle,
            writes: self.size.writes,
            acknowledged: 0,
            broken: false,
        };
        let mut warm = cold.clone();
        warm.inner.entry = Some(Entry { row: 0, stamp: 1 });
        vec![cold, warm]
    }

    fn steps(&self, state: &State, out: &mut Vec<(&'static str, State)>) {
        for (who, reader) in state.readers.iter().enumerate() {
            let mut next = state.clone();
            if let (Some((step, reader)), Some(place)) =
                (read(*reader, &mut next), next.readers.get_mut(who))
            {
                *place = reader;
                out.push((step, next));
            }
        }
        let mut next = state.clone();
        if let Some(step) = self.write(&mut next) {
            out.push((step, next));
        }
    }

    fn is_broken(&self, state: &State) -> bool {
        state.broken
    }
}

fn read(reader: Reader, next: &mut State) -> Option<(&'static str, Reader)> {
    let to = |step, at| Some((step, Reader { at, ..reader }));
    match reader.at {
        Reading::Nothing if reader.left == 0 => None,
        Reading::Nothing => {
            let at = next.outer.entry.map_or(Reading::Missed, Reading::Outer);
            let reader = Reader {
                left: reader.left - 1,
                at_least: next.acknowledged,
                at,
            };
            Some(("a reader looks for the outer entry", reader))
        }
        Reading::Outer(entry) if next.outer.slot <= entry.stamp => to(
            "a reader finds the outer entry valid",
            Reading::Found(entry.row),
        ),
        Reading::Outer(_) => to("a reader finds the outer entry stale", Reading::Missed),
        Reading::Missed => to(
            "a reader takes the outer stamp",
            Reading::Stamped(next.outer.drawn),
        ),
        Reading::Stamped(outer) => {
            let missed = Reading::MissedInner(outer);
            let at = next
                .inner
                .entry
                .map_or(missed, |entry| Reading::Inner(outer, entry));
            to("its loader looks for the inner entry", at)
        }
        Reading::Inner(outer, entry) if next.inner.slot <= entry.stamp => {
            let stamp = outer;
            to(
                "its loader finds the inner entry valid",
                Reading::Ready(Entry { stamp, ..entry }),
            )
        }
        Reading::Inner(outer, _) => to(
            "its loader finds the inner entry stale",
            Reading::MissedInner(outer),
        ),
        Reading::MissedInner(outer) => to(
            "its loader takes the inner stamp",
            Reading::StampedInner(outer, next.inner.drawn),
        ),
        Reading::StampedInner(outer, stamp) => {
            let row = next.row;
            to(
                "the inner loader reads the row",
                Reading::Loaded(outer, Entry { row, stamp }),
            )
        }
        Reading::Loaded(stamp, entry) => {
            next.inner.store(entry);
            let row = entry.row;
            to(
                "the inner entry is stored, or refused",
                Reading::Ready(Entry { row, stamp }),
            )
        }
        Reading::Ready(entry) => {
            next.outer.store(entry);
            to(
                "the outer entry is stored, or refused",
                Reading::Found(entry.row),
            )
        }
        Reading::Found(row) => {
            next.broken |= row < reader.at_least;
            to("the read returns", Reading::Nothing)
        }
    }
}

impl Beneath {
    fn write(&self, next: &mut State) -> Option<&'static str> {
        let (writer, step) = match next.writer {
            Writer::Idle if next.writes == 0 => return None,
            Writer::Idle => {
                next.writes -= 1;
                next.row += 1;
                (Writer::Committed, "a writer commits")
            }
            Writer::Committed => {
                let number = draw(next, self.order.outer_first);
                if self.order.drawn_at_once {
                    draw(next, !self.order.outer_first);
                }
                (Writer::Drew(number), "a writer draws a number")
            }
            Writer::Drew(number) => {
                let step = bump(next, number, self.order.outer_first);
                (Writer::BumpedOne(number), step)
            }
            // Both caches have drawn as many.
            Writer::BumpedOne(number) if self.order.drawn_at_once => {
                (Writer::DrewAgain(number), "a writer has the other number")
            }
            Writer::BumpedOne(_) => (
                Writer::DrewAgain(draw(next, !self.order.outer_first)),
                "a writer draws the other number",
            ),
            Writer::DrewAgain(number) => {
                let step = bump(next, number, !self.order.outer_first);
                (Writer::BumpedBoth, step)
            }
            Writer::BumpedBoth => {
                next.acknowledged = next.row;
                (Writer::Idle, "`apply` returns")
            }
        };
        next.writer = writer;
        Some(step)
    }
}

fn bump(next: &mut State, number: u8, outer: bool) -> &'static str {
    if outer {
        next.outer.slot = number;
        "a writer bumps the outer slot"
    } else {
        next.inner.slot = number;
        "a writer bumps the inner slot"
    }
}

fn draw(next: &mut State, outer: bool) -> u8 {
    let cache = if outer {
        &mut next.outer
    } else {
        &mut next.inner
    };
    cache.drawn += 1;
    cache.drawn
}

/// The rule and what is tempting instead.
pub(crate) fn variants(size: Size) -> Vec<Variant> {
    let variant = |name, expected, outer_first, drawn_at_once| {
        let order = Order {
            outer_first,
            drawn_at_once,
        };
        Variant::of(name, expected, Beneath { order, size })
    };
    vec![
        variant(
            "what lies beneath first, then the other's number",
            Expected::Holds,
            false,
            false,
        ),
        variant("both numbers first", Expected::Broken, false, true),
        variant("what is built from it first", Expected::Broken, true, false),
        variant(
            "what is built from it first, both numbers before",
            Expected::Broken,
            true,
            true,
        ),
    ]
}
