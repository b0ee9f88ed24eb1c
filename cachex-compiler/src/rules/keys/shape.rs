//! The texts a value of a type encodes to, as an automaton.
//!
//! Owns the shapes of the scalars as the runtime writes them. Where a scalar's shape is finer than what is said
//! here (the 31st of February), more texts are taken to be possible than there are: a collision may be reported
//! that cannot happen, never the other way round.

use super::alphabet::{Class, ESCAPES};
use super::automaton::Automaton;
use crate::model::{Cardinality, Normaliser, Scalar, Type};

/// What an absent value is written as. No present value is: `%` is followed by two digits there.
pub(super) const ABSENT: &str = "%-";

/// What a hole of one scalar may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shape {
    pub(super) scalar: Scalar,
    /// Lower-cased.
    pub(super) lower: bool,
    /// Trimmed.
    pub(super) trim: bool,
    /// Perhaps absent.
    pub(super) optional: bool,
}

impl Shape {
    /// Of a value of this type.
    pub(super) fn of(ty: &Type, cardinality: Cardinality) -> Self {
        Self {
            scalar: ty.scalar,
            lower: ty.normalisers.contains(&Normaliser::Lower),
            trim: ty.normalisers.contains(&Normaliser::Trim),
            optional: cardinality == Cardinality::Optional,
        }
    }

    /// Whether all its values are written with equally many characters.
    pub(super) fn has_one_length(self) -> bool {
        matches!(self.scalar, Scalar::Uuid | Scalar::Hash) && !self.optional
    }

    /// What it accepts, by itself.
    pub(super) fn automaton(self, strings: Strings) -> Automaton {
        let mut automaton = Automaton::default();
        let begin = automaton.state(0);
        let end = add(&mut automaton, begin, 0, self, strings);
        automaton.accept(end);
        automaton
    }
}

/// Whether an empty text counts among a string's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strings {
    /// It does, as it does in a key.
    All,
    /// Left out, where a readable example is looked for.
    Filled,
}

const DIGIT: Class = Class::Range('0', '9');

/// Adds what a value may be written as, from a state on; gives the state behind it.
pub(super) fn add(
    automaton: &mut Automaton,
    from: u32,
    piece: u16,
    shape: Shape,
    strings: Strings,
) -> u32 {
    let to = automaton.state(piece);
    let mut value = Value {
        automaton,
        piece,
        to,
    };
    match shape.scalar {
        Scalar::U32 => value.number(from, &u32::MAX.to_string(), ZERO),
        Scalar::U64 => value.number(from, &u64::MAX.to_string(), ZERO),
        Scalar::I32 => value.signed(
            from,
            &i32::MAX.to_string(),
            &i32::MIN.unsigned_abs().to_string(),
        ),
        Scalar::I64 => value.signed(
            from,
            &i64::MAX.to_string(),
            &i64::MIN.unsigned_abs().to_string(),
        ),
        Scalar::Bool => value.texts(from, &["true", "false"]),
        Scalar::Uuid => value.like(from, "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh"),
        Scalar::Hash => value.like(from, "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh"),
        Scalar::Date => value.date(from),
        Scalar::DateTime => value.date_time(from),
        Scalar::String => value.string(from, shape, strings),
    }
    if shape.optional {
        automaton.text(from, ABSENT, to, piece);
    }
    to
}

/// Where numbers begin: with a zero that stands alone, or without.
const ZERO: Zero = Zero::Allowed;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Zero {
    Allowed,
    /// There is no `-0`.
    Refused,
}

struct Value<'a> {
    automaton: &'a mut Automaton,
    piece: u16,
    to: u32,
}

impl Value<'_> {
    fn texts(&mut self, from: u32, texts: &[&str]) {
        for text in texts {
            self.automaton.text(from, text, self.to, self.piece);
        }
    }

    fn next(&mut self, from: u32, class: Class) -> u32 {
        let next = self.automaton.state(self.piece);
        self.automaton.edge(from, class, next);
        next
    }

    /// A chain: `h` stands for a hexadecimal digit, `d` for a decimal one, `:` for itself as it is encoded.
    fn chain(&mut self, from: u32, picture: &str) -> u32 {
        let mut at = from;
        for symbol in picture.chars() {
            at = match symbol {
                'h' => {
                    let next = self.next(at, DIGIT);
                    self.automaton.edge(at, Class::Range('a', 'f'), next);
                    next
                }
                'd' => self.next(at, DIGIT),
                ':' => {
                    let next = self.automaton.state(self.piece);
                    self.automaton.text(at, "%3A", next, self.piece);
                    next
                }
                other => self.next(at, Class::One(other)),
            };
        }
        at
    }

    fn like(&mut self, from: u32, picture: &str) {
        let at = self.chain(from, picture);
        self.automaton.skip(at, self.to);
    }

    /// Decimals without leading zeros, up to `max`: shorter than it, or as long and smaller at the first digit
    /// that differs.
    fn number(&mut self, from: u32, max: &str, zero: Zero) {
        if zero == Zero::Allowed {
            self.automaton.text(from, "0", self.to, self.piece);
        }
        let exactly = self.rests(max.len());
        let rest = |count: usize, to: u32| exactly.get(count).copied().unwrap_or(to);
        for length in 1..max.len() {
            self.automaton
                .edge(from, Class::Range('1', '9'), rest(length - 1, self.to));
        }
        let mut tight = from;
        for (index, digit) in max.chars().enumerate() {
            let least = if index == 0 { '1' } else { '0' };
            let below = u32::from(digit).checked_sub(1).and_then(char::from_u32);
            if let Some(below) = below.filter(|below| *below >= least) {
                let behind = rest(max.len() - index - 1, self.to);
                self.automaton
                    .edge(tight, Class::Range(least, below), behind);
            }
            tight = self.next(tight, Class::One(digit));
        }
        self.automaton.skip(tight, self.to);
    }

    /// States from which exactly 0, 1, … digits lead to the end.
    fn rests(&mut self, count: usize) -> Vec<u32> {
        let mut exactly = vec![self.to];
        let mut behind = self.to;
        for _ in 1..count {
            let state = self.automaton.state(self.piece);
            self.automaton.edge(state, DIGIT, behind);
            exactly.push(state);
            behind = state;
        }
        exactly
    }

    fn signed(&mut self, from: u32, max: &str, min: &str) {
        self.number(from, max, Zero::Allowed);
        let minus = self.next(from, Class::One('-'));
        self.number(minus, min, Zero::Refused);
    }

    fn date(&mut self, from: u32) {
        self.like(from, "dddd-dd-dd");
        let signed = self.next(from, Class::One('-'));
        self.like(signed, "dddd-dd-dd");
    }

    /// RFC 3339 in UTC; before the year 0, which that has no form for, as `time` shows it.
    fn date_time(&mut self, from: u32) {
        let seconds = self.chain(from, "dddd-dd-ddTdd:dd:dd");
        let fraction = self.fraction(seconds);
        for end in [seconds, fraction] {
            self.automaton.edge(end, Class::One('Z'), self.to);
        }
        let day = self.chain(from, "-dddd-dd-dd");
        let hour = self.automaton.state(self.piece);
        self.automaton.text(day, "%20", hour, self.piece);
        for digits in ["d:dd:dd", "dd:dd:dd"] {
            let seconds = self.chain(hour, digits);
            let fraction = self.fraction(seconds);
            let offset = self.automaton.state(self.piece);
            self.automaton.text(fraction, "%20", offset, self.piece);
            self.like(offset, "+00:00:00");
        }
    }

    /// A point and digits.
    fn fraction(&mut self, from: u32) -> u32 {
        let point = self.next(from, Class::One('.'));
        let fraction = self.next(point, DIGIT);
        self.automaton.edge(fraction, DIGIT, fraction);
        fraction
    }

    /// Any text. A trimmed one neither begins nor ends with white space: `inner` is behind a character that may
    /// end it, `white` behind one that may not.
    fn string(&mut self, from: u32, shape: Shape, strings: Strings) {
        let [begin, inner] = [(); 2].map(|()| self.automaton.state(self.piece));
        let white = if shape.trim {
            self.automaton.state(self.piece)
        } else {
            inner
        };
        self.automaton.skip(from, begin);
        self.automaton.skip(inner, self.to);
        if strings == Strings::All {
            self.automaton.skip(begin, self.to);
        }
        let states = if shape.trim {
            &[begin, inner, white][..]
        } else {
            &[begin, inner]
        };
        for &at in states {
            let plain = if shape.lower {
                Class::PlainLower
            } else {
                Class::Plain
            };
            self.automaton.edge(at, plain, inner);
            for escape in ESCAPES.iter() {
                let behind = if escape.white { white } else { inner };
                if behind == inner || at != begin {
                    self.automaton.text(at, &escape.text, behind, self.piece);
                }
            }
        }
    }
}

#[cfg(test)]
impl Shape {
    /// `string | lower | trim`, `u32?`.
    pub(super) fn parse(text: &str) -> Self {
        let scalar = match text.split([' ', '?']).next().unwrap_or(text) {
            "u32" => Scalar::U32,
            "u64" => Scalar::U64,
            "i32" => Scalar::I32,
            "i64" => Scalar::I64,
            "string" => Scalar::String,
            "bool" => Scalar::Bool,
            "uuid" => Scalar::Uuid,
            "date" => Scalar::Date,
            "datetime" => Scalar::DateTime,
            "hash" => Scalar::Hash,
            other => panic!("no scalar `{other}`"),
        };
        Self {
            scalar,
            lower: text.contains("| lower"),
            trim: text.contains("| trim"),
            optional: text.contains('?'),
        }
    }
}
