//! The hit on an entry with many slots: one comparison with a word of the whole cache instead of a walk over them.
//!
//! Writers 0 and 1 each bump a slot of the entry, writer 2 one that is not the entry's. Readers may find the word they
//! read to be the entry's stamp, or walk, and stamp it anew if no bump was under way when they began to.

use crate::search::Model;
use crate::{Expected, Variant};

/// What the word is, and when it is moved and read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// How often something was bumped: added to after the slot, read before the walk, and then what was drawn.
    Bumps,
    /// The same, read after the walk.
    ReadLate,
    /// The same, what was drawn read first.
    DrawnFirst,
    /// The same; the entry is stamped with what was drawn, be it counted or not.
    Anyway,
    /// The same, added to before the slot.
    MovedEarly,
    /// The highest number that was bumped, moved after the slot.
    Highest,
    /// The sequence itself.
    Sequence,
}

/// How much happens in a search.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    readers: usize,
    reads: u8,
}

impl Size {
    pub(crate) const FULL: Self = Self {
        readers: 2,
        reads: 3,
    };
    #[cfg(test)]
    pub(crate) const SMALL: Self = Self {
        readers: 2,
        reads: 1,
    };
}

struct Count {
    word: Word,
    size: Size,
}

/// The entry's first stamp, from which on the sequence and the word count.
const STAMP: u8 = 1;
/// The slots of the entry, bumped by the writers of the same number.
const OWN: usize = 2;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct State {
    sequence: u8,
    word: u8,
    slots: [u8; OWN + 1],
    /// Up to where the entry is known to be valid, and whether no bump was under way then.
    stamp: (u8, bool),
    readers: Vec<Reader>,
    writers: [Writer; OWN + 1],
    /// Some `apply` that concerns the entry has returned.
    acknowledged: bool,
    broken: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Reader {
    left: u8,
    at: Reading,
    /// Something was acknowledged before it began: the entry is stale to it.
    too_late: bool,
    /// What was read first of the two that make a stamp.
    first: u8,
    /// The entry's new stamp, if it holds.
    anew: (u8, bool),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Reading {
    Nothing,
    First,
    Second,
    /// A slot, and the entry's stamp when the walk began.
    Slot(usize, u8),
    Verified,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Writer {
    Begins,
    Has(u8),
    Bumped(u8),
    Moved,
    Done,
}

impl Model for Count {
    type State = State;

    fn starts(&self) -> Vec<State> {
        let reader = Reader {
            left: self.size.reads,
            at: Reading::Nothing,
            too_late: false,
            first: 0,
            anew: (0, false),
        };
        let settled = State {
            sequence: STAMP,
            word: STAMP,
            slots: [0; OWN + 1],
            stamp: (STAMP, true),
            readers: vec![reader; self.size.readers],
            writers: [Writer::Begins; OWN + 1],
            acknowledged: false,
            broken: false,
        };
        // Loaded while some bump was under way.
        let mut unsettled = settled.clone();
        unsettled.stamp = (STAMP, false);
        vec![settled, unsettled]
    }

    fn steps(&self, state: &State, out: &mut Vec<(&'static str, State)>) {
        for (who, reader) in state.readers.iter().enumerate() {
            let mut next = state.clone();
            if let (Some(step), Some(place)) =
                (self.read(*reader, &mut next), next.readers.get_mut(who))
            {
                *place = step.1;
                out.push((step.0, next));
            }
        }
        for (who, writer) in state.writers.iter().enumerate() {
            let mut next = state.clone();
            if let (Some(step), Some(place)) = (
                self.write(who, *writer, &mut next),
                next.writers.get_mut(who),
            ) {
                *place = step.1;
                out.push((step.0, next));
            }
        }
    }

    fn is_broken(&self, state: &State) -> bool {
        state.broken
    }
}

impl Count {
    fn word(&self, state: &State) -> u8 {
        if self.word == Word::Sequence {
            state.sequence
        } else {
            state.word
        }
    }

    fn read(&self, reader: Reader, next: &mut State) -> Option<(&'static str, Reader)> {
        match reader.at {
            Reading::Nothing if reader.left == 0 => None,
            Reading::Nothing => {
                let begun = Reader {
                    left: reader.left - 1,
                    too_late: next.acknowledged,
                    ..reader
                };
                if next.stamp == (self.word(next), true) {
                    next.broken |= begun.too_late;
                    return Some(("a reader hits: the word is the entry's stamp", begun));
                }
                let at = match self.word {
                    Word::ReadLate => Reading::Slot(0, next.stamp.0),
                    _ => Reading::First,
                };
                Some(("a reader walks: the word has moved", Reader { at, ..begun }))
            }
            Reading::First => {
                let (said, first) = match self.word {
                    Word::DrawnFirst => ("a reader reads what was drawn", next.sequence),
                    _ => ("a reader reads the word", self.word(next)),
                };
                let at = Reading::Second;
                Some((
                    said,
                    Reader {
                        at,
                        first,
                        ..reader
                    },
                ))
            }
            Reading::Second => {
                let (said, word, drawn) = match self.word {
                    Word::DrawnFirst => ("a reader reads the word", self.word(next), reader.first),
                    _ => ("a reader reads what was drawn", reader.first, next.sequence),
                };
                let at = match self.word {
                    Word::ReadLate => Reading::Verified,
                    _ => Reading::Slot(0, next.stamp.0),
                };
                let anew = (drawn, drawn == word);
                Some((said, Reader { at, anew, ..reader }))
            }
            Reading::Slot(slot, stamp) => {
                let valid = next.slots.get(slot).is_some_and(|bumped| *bumped <= stamp);
                let at = match (valid, slot + 1 == OWN) {
                    (false, _) => Reading::Nothing,
                    (true, false) => Reading::Slot(slot + 1, stamp),
                    (true, true) if self.word == Word::ReadLate => Reading::First,
                    (true, true) => Reading::Verified,
                };
                Some(("a reader checks a slot", Reader { at, ..reader }))
            }
            Reading::Verified => {
                let (_, is_settled) = reader.anew;
                if is_settled || self.word == Word::Anyway {
                    next.stamp = reader.anew;
                }
                next.broken |= reader.too_late;
                let at = Reading::Nothing;
                Some((
                    "a reader stamps the entry anew if it may, and hits",
                    Reader { at, ..reader },
                ))
            }
        }
    }

    fn write(
        &self,
        who: usize,
        writer: Writer,
        next: &mut State,
    ) -> Option<(&'static str, Writer)> {
        match writer {
            Writer::Begins => {
                next.sequence += 1;
                if self.word == Word::MovedEarly {
                    next.word += 1;
                }
                Some(("a writer draws its number", Writer::Has(next.sequence)))
            }
            Writer::Has(number) => {
                if let Some(slot) = next.slots.get_mut(who) {
                    *slot = number;
                }
                Some(("a writer bumps its slot", Writer::Bumped(number)))
            }
            Writer::Bumped(number) => {
                match self.word {
                    Word::Bumps | Word::ReadLate | Word::DrawnFirst | Word::Anyway => {
                        next.word += 1;
                    }
                    Word::Highest => next.word = next.word.max(number),
                    Word::MovedEarly | Word::Sequence => {}
                }
                Some(("a writer moves the word", Writer::Moved))
            }
            Writer::Moved if who < OWN => {
                next.acknowledged = true;
                Some(("`apply` returns", Writer::Done))
            }
            Writer::Moved | Writer::Done => None,
        }
    }
}

/// The rule and what is tempting instead.
pub(crate) fn variants(size: Size) -> Vec<Variant> {
    let variant = |name, expected, word| Variant::of(name, expected, Count { word, size });
    vec![
        variant(
            "a count of bumps, moved after the slot, read before the walk",
            Expected::Holds,
            Word::Bumps,
        ),
        variant(
            "the count read after the walk",
            Expected::Broken,
            Word::ReadLate,
        ),
        variant(
            "what was drawn read before the count",
            Expected::Broken,
            Word::DrawnFirst,
        ),
        variant(
            "stamped anew while a bump is under way",
            Expected::Broken,
            Word::Anyway,
        ),
        variant(
            "the count moved before the slot",
            Expected::Broken,
            Word::MovedEarly,
        ),
        variant(
            "the highest number instead of a count",
            Expected::Broken,
            Word::Highest,
        ),
        variant("the sequence itself", Expected::Broken, Word::Sequence),
    ]
}
