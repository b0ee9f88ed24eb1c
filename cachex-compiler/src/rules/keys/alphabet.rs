//! Sets of characters, as far as encoded keys tell characters apart.
//!
//! Owns which characters stand in a key as they are and how the others are written (3-semantics, "Keys").

use std::sync::LazyLock;

/// A set of characters, never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Just this one.
    One(char),
    /// From the first to the last, both within ASCII.
    Range(char, char),
    /// All that stand in a value as they are.
    Plain,
    /// Those of [`Class::Plain`] that lower-casing leaves alone.
    PlainLower,
}

impl Class {
    /// Whether a character is in it.
    pub(super) fn has(self, symbol: char) -> bool {
        match self {
            Self::One(only) => only == symbol,
            Self::Range(first, last) => (first..=last).contains(&symbol),
            Self::Plain => !is_encoded(symbol),
            Self::PlainLower => !is_encoded(symbol) && symbol.to_lowercase().eq([symbol]),
        }
    }

    /// What is in both; none where nothing is. Ranges are of digits and lower-case letters, so they lie within
    /// the infinite classes.
    pub(super) fn and(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::One(only), class) | (class, Self::One(only)) => {
                class.has(only).then_some(Self::One(only))
            }
            (Self::Range(first, last), Self::Range(from, to)) => {
                let (first, last) = (first.max(from), last.min(to));
                (first <= last).then_some(Self::Range(first, last))
            }
            (Self::Range(first, last), _) | (_, Self::Range(first, last)) => {
                Some(Self::Range(first, last))
            }
            (Self::Plain, Self::Plain) => Some(Self::Plain),
            _ => Some(Self::PlainLower),
        }
    }

    /// A character of it.
    pub(super) fn example(self) -> char {
        match self {
            Self::One(symbol) | Self::Range(symbol, _) => symbol,
            Self::Plain | Self::PlainLower => 'a',
        }
    }
}

/// Whether a character of a value is percent-encoded: what separates the parts of a key or means something to
/// Redis' patterns, white space, and control characters.
pub(super) fn is_encoded(symbol: char) -> bool {
    matches!(symbol, ':' | '%' | '*' | '?' | '[' | ']' | '{' | '}')
        || symbol.is_whitespace()
        || symbol.is_control()
}

/// A character of a value that is not written as it is.
#[derive(Debug)]
pub(super) struct Escape {
    /// What is written.
    pub(super) text: String,
    /// Trimmed away at both ends of a trimmed value.
    pub(super) white: bool,
}

/// Every character that is percent-encoded, ascending. Unicode's last white space and control characters lie
/// below U+3001.
pub(super) static ESCAPES: LazyLock<Vec<Escape>> = LazyLock::new(|| {
    ('\0'..='\u{3000}')
        .filter(|symbol| is_encoded(*symbol))
        .map(|symbol| Escape {
            text: percent_encoded(symbol),
            white: symbol.is_whitespace(),
        })
        .collect()
});

fn percent_encoded(symbol: char) -> String {
    let mut buffer = [0; 4];
    let bytes = symbol.encode_utf8(&mut buffer).bytes();
    bytes.fold(String::new(), |text, byte| text + &format!("%{byte:02X}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_share_characters_or_none() {
        let digits = Class::Range('0', '9');
        for (one, other, both) in [
            (Class::Plain, Class::PlainLower, Some(Class::PlainLower)),
            (Class::Plain, Class::Plain, Some(Class::Plain)),
            (Class::Plain, digits, Some(digits)),
            (
                Class::Range('a', 'f'),
                Class::Range('c', 'z'),
                Some(Class::Range('c', 'f')),
            ),
            (Class::Range('a', 'f'), digits, None),
            (Class::PlainLower, Class::One('Ä'), None),
            (Class::PlainLower, Class::One('ä'), Some(Class::One('ä'))),
            (Class::Plain, Class::One(':'), None),
            (Class::One('a'), Class::One('b'), None),
        ] {
            assert_eq!(one.and(other), both, "{one:?} and {other:?}");
            assert_eq!(other.and(one), both, "{other:?} and {one:?}");
        }
    }

    #[test]
    fn no_character_beyond_the_table_is_encoded() {
        assert!(('\u{3001}'..=char::MAX).all(|symbol| !is_encoded(symbol)));
    }
}
