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
    fn has(self, symbol: char) -> bool {
        match self {
            Self::One(only) => only == symbol,
            Self::Range(first, last) => (first..=last).contains(&symbol),
            Self::Plain => !is_encoded(symbol),
            Self::PlainLower => !is_encoded(symbol) && symbol.to_lowercase().eq([symbol]),
        }
    }

    /// The characters worth trying: all of a finite class, one of the others. `a` is in both of those.
    fn candidates(self) -> std::ops::RangeInclusive<char> {
        match self {
            Self::One(only) => only..=only,
            Self::Range(first, last) => first..=last,
            Self::Plain | Self::PlainLower => 'a'..='a',
        }
    }
}

/// A character that is in all of the classes; none exactly when they have none in common.
pub(super) fn common(classes: &[Class]) -> Option<char> {
    let finite = classes
        .iter()
        .find(|class| matches!(class, Class::One(_) | Class::Range(..)));
    let tried = finite.or(classes.first())?;
    tried
        .candidates()
        .find(|symbol| classes.iter().all(|class| class.has(*symbol)))
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
    fn classes_share_a_character_or_none() {
        assert_eq!(common(&[Class::Plain, Class::PlainLower]), Some('a'));
        assert_eq!(common(&[Class::Plain, Class::Range('0', '9')]), Some('0'));
        assert_eq!(
            common(&[Class::Range('a', 'f'), Class::Range('c', 'z')]),
            Some('c')
        );
        assert_eq!(
            common(&[Class::Range('a', 'f'), Class::Range('0', '9')]),
            None
        );
        assert_eq!(common(&[Class::PlainLower, Class::One('Ä')]), None);
        assert_eq!(common(&[Class::PlainLower, Class::One('ä')]), Some('ä'));
        assert_eq!(common(&[Class::Plain, Class::One(':')]), None);
    }

    #[test]
    fn no_character_beyond_the_table_is_encoded() {
        assert!(('\u{3001}'..=char::MAX).all(|symbol| !is_encoded(symbol)));
    }
}
