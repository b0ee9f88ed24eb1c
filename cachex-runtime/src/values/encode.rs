//! Scalars and identities as canonical text.
//!
//! Owns the encoding that makes keys injective. The compiler writes the literals of `cachex.yaml` in the same text
//! (`emit/rust/literal.rs`); a test across both crates keeps them alike.

use std::borrow::Cow;
use std::fmt::Write as _;

use time::format_description::well_known::Rfc3339;
use time::{Date, OffsetDateTime, UtcOffset};
use uuid::Uuid;

use crate::codegen::Value;

/// What has a canonical text: the scalars of the language and generated composite identities.
pub trait Encode {
    /// The text. Composite identities join theirs by `:`, which no component contains.
    fn encode(&self) -> Value;
}

macro_rules! encode_plain {
    ($($scalar:ty),*) => {$(
        impl Encode for $scalar {
            fn encode(&self) -> Value {
                Value(Cow::Owned(self.to_string()))
            }
        }
    )*};
}

encode_plain!(u32, u64, i32, i64, Uuid);

impl Encode for bool {
    fn encode(&self) -> Value {
        Value(Cow::Borrowed(if *self { "true" } else { "false" }))
    }
}

impl Encode for str {
    fn encode(&self) -> Value {
        Value(Cow::Owned(escape(self)))
    }
}

impl Encode for String {
    fn encode(&self) -> Value {
        self.as_str().encode()
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self) -> Value {
        (**self).encode()
    }
}

/// An absent value is one of its own.
impl<T: Encode> Encode for Option<T> {
    fn encode(&self) -> Value {
        self.as_ref().map_or(Value::ABSENT, Encode::encode)
    }
}

/// A value that is canonical already.
impl Encode for Value {
    fn encode(&self) -> Value {
        self.clone()
    }
}

impl Encode for Date {
    fn encode(&self) -> Value {
        Value(Cow::Owned(escape(&self.to_string())))
    }
}

impl Encode for OffsetDateTime {
    /// In UTC: the same instant is the same value, wherever it was read.
    fn encode(&self) -> Value {
        let instant = self.checked_to_offset(UtcOffset::UTC).unwrap_or(*self);
        let text = instant
            .format(&Rfc3339)
            .unwrap_or_else(|_| instant.to_string());
        Value(Cow::Owned(escape(&text)))
    }
}

/// Percent-encodes what has a meaning in keys or patterns of keys, white space and control characters.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        let special = matches!(character, ':' | '%' | '*' | '?' | '[' | ']' | '{' | '}');
        if special || character.is_whitespace() || character.is_control() {
            percent(character, &mut out);
        } else {
            out.push(character);
        }
    }
    out
}

/// Each byte of a character as `%XX`.
pub(crate) fn percent(character: char, out: &mut String) {
    for byte in character.encode_utf8(&mut [0; 4]).bytes() {
        // Writing to a string cannot fail.
        let _ = write!(out, "%{byte:02X}");
    }
}

/// The canonical text of a value that is the scalar `S`, or a type of the application that stands for it.
pub fn value<S: Encode>(value: &(impl Clone + Into<S>)) -> Value {
    scalar::<S>(value).encode()
}

/// The scalar that a type of the application stands for: what keys are compared by.
pub fn scalar<S>(value: &(impl Clone + Into<S>)) -> S {
    value.clone().into()
}

/// The same of a value that may be absent.
pub fn optional<S: Encode>(it: Option<&(impl Clone + Into<S>)>) -> Value {
    it.map_or(Value::ABSENT, value)
}

/// The same of a set.
pub fn set<S: Encode>(values: &[impl Clone + Into<S>]) -> Vec<Value> {
    values.iter().map(value).collect()
}

/// A composite identity's text from its components'.
pub fn compose(components: &[Value]) -> Value {
    let texts: Vec<&str> = components.iter().map(|Value(text)| &**text).collect();
    Value(Cow::Owned(texts.join(":")))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;
    use uuid::Uuid;

    use super::super::normalise::{Lower, Text, Trim};
    use super::{Encode, compose, optional, value};
    use crate::codegen::Value;

    fn text(value: &Value) -> &str {
        &value.0
    }

    #[test]
    fn texts_that_mean_something_in_a_key_are_encoded() {
        let encoded = value::<String>(&"a:b%c d\u{0}[x]{y}*?é".to_owned());
        assert_eq!(text(&encoded), "a%3Ab%25c%20d%00%5Bx%5D%7By%7D%2A%3Fé");
        assert_eq!(text(&value::<String>(&"\u{2003}".to_owned())), "%E2%80%83");
    }

    #[test]
    fn an_absent_value_is_no_text() {
        let absent = optional::<String>(None::<&String>);
        assert_ne!(absent, value::<String>(&String::new()));
        assert_ne!(absent, value::<String>(&"%-".to_owned()));
    }

    #[test]
    fn the_same_instant_is_the_same_value() {
        let here = datetime!(2026-01-31 12:00 +02:00);
        let there = datetime!(2026-01-31 10:00 UTC);
        assert_eq!(here.encode(), there.encode());
        assert_eq!(text(&here.encode()), "2026-01-31T10%3A00%3A00Z");
    }

    #[test]
    fn normalisers_run_in_the_order_written() {
        let both = value::<Text<(Trim, Lower)>>(&" Bob\u{a0}".to_owned());
        assert_eq!(text(&both), "bob");
    }

    #[test]
    fn components_of_an_identity_stay_apart() {
        let one = compose(&[
            value::<String>(&"a:".to_owned()),
            value::<String>(&"b".to_owned()),
        ]);
        let other = compose(&[
            value::<String>(&"a".to_owned()),
            value::<String>(&":b".to_owned()),
        ]);
        assert_ne!(one, other);
        assert_eq!(
            text(&Uuid::nil().encode()),
            "00000000-0000-0000-0000-000000000000"
        );
    }
}
