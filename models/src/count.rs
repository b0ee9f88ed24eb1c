//! The hit on an entry with many slots: one comparison with a word of the whole cache instead of a walk over them.
//!
//! Writers 0 and 1 each bump a slot of the entry, writer 2 one that is not the entry's. Readers may find the entry
//! verified for the word they read, or walk and verify it themselves.

use crate::search::Model;
use crate::{Expected, Variant};

/// What the word is, and when it is moved and read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// How often something was bumped: added to after the slot, read before the walk.
    Bumps,
    /// The same, read after the walk.
    ReadLate,
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

/// The entry's stamp, from which on the sequence counts.
const STAMP: u8 = 1;
/// The slots of the entry, bumped by the writers of the same number.
const OWN: usize = 2;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct State {
    sequence: u8,
    word: u8,
    slots: [u8; OWN + 1],
    /// The word for which the entry is known to be valid.
    verified: u8,
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
    word: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Reading {
    Nothing,
    Slot(usize),
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
        let word = match self.word {
            Word::Highest | Word::Sequence => STAMP,
            Word::Bumps | Word::ReadLate | Word::MovedEarly => 0,
        };
        let reader = Reader {
            left: self.size.reads,
            at: Reading::Nothing,
            too_late: false,
            word: 0,
        };
        vec![State {
            sequence: STAMP,
            word,
            slots: [0; OWN + 1],
            verified: word,
            readers: vec![reader; self.size.readers],
            writers: [Writer::Begins; OWN + 1],
            acknowledged: false,
            broken: false,
        }]
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
                    word: self.word(next),
                    ..reader
                };
                if begun.word <= next.verified {
                    next.broken |= begun.too_late;
                    return Some(("a reader hits: the entry is verified for this word", begun));
                }
                let at = Reading::Slot(0);
                Some(("a reader walks: the word has moved", Reader { at, ..begun }))
            }
            Reading::Slot(slot) => {
                let valid = next.slots.get(slot).is_some_and(|bumped| *bumped <= STAMP);
                let at = match (valid, slot + 1 == OWN) {
                    (false, _) => Reading::Nothing,
                    (true, false) => Reading::Slot(slot + 1),
                    (true, true) => Reading::Verified,
                };
                Some(("a reader checks a slot", Reader { at, ..reader }))
            }
            Reading::Verified => {
                let word = match self.word {
                    Word::ReadLate => self.word(next),
                    _ => reader.word,
                };
                next.verified = next.verified.max(word);
                next.broken |= reader.too_late;
                let at = Reading::Nothing;
                Some((
                    "a reader marks the entry verified and hits",
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
                    Word::Bumps | Word::ReadLate => next.word += 1,
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
