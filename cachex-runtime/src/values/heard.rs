//! Values that come as text: from a path, a query, a response.
//!
//! A generated table says for each place of a change how its text is read. What isn't there, or is no such value, is
//! unknown, and clears more.

use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::encode::{Encode, compose};
use super::field::Heard;
use super::hashed::Hashed;
use super::normalise::{Normalise, Text};
use super::written::{Attribute, Has, Written, index};
use crate::codegen::{ErasedChange, Value};

/// A scalar that can be read from text.
pub trait FromText: Sized {
    /// `None`: the text is no such value.
    fn from_text(text: &str) -> Option<Self>;
}

macro_rules! parse_text {
    ($($scalar:ty),*) => {$(
        impl FromText for $scalar {
            fn from_text(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        }
    )*};
}
parse_text!(u32, u64, i32, i64, bool, String, Uuid);

impl FromText for Date {
    fn from_text(text: &str) -> Option<Self> {
        Self::parse(text, &time::format_description::well_known::Iso8601::DATE).ok()
    }
}

impl FromText for OffsetDateTime {
    fn from_text(text: &str) -> Option<Self> {
        Self::parse(text, &time::format_description::well_known::Rfc3339).ok()
    }
}

impl<By: Normalise> FromText for Text<By> {
    fn from_text(text: &str) -> Option<Self> {
        Some(Self::from(text))
    }
}

/// How the text of a scalar is read.
pub type Read = fn(&str) -> Option<Value>;

/// Reads a scalar.
pub fn heard<S: FromText + Encode>(text: &str) -> Option<Value> {
    S::from_text(text).map(|scalar| scalar.encode())
}

/// What no text stands for: a hash.
pub fn unheard(_text: &str) -> Option<Value> {
    None
}

/// A value that is read from texts, one for each of its scalars: a scalar, or a generated composite identity.
pub trait FromTexts {
    /// `None`: they are no such value.
    fn from_texts(texts: &[Option<String>]) -> Option<Value>;
}

impl<S: FromText + Encode> FromTexts for S {
    fn from_texts(texts: &[Option<String>]) -> Option<Value> {
        read(&[heard::<S>], texts)
    }
}

impl FromTexts for Hashed {
    fn from_texts(texts: &[Option<String>]) -> Option<Value> {
        read(&[unheard], texts)
    }
}

/// On which side a value was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heards {
    /// Before.
    Before,
    /// After.
    After,
    /// On both: it did not move, or there is one image.
    Both,
}

/// A text for each component.
pub fn read(by: &[Read], texts: &[Option<String>]) -> Option<Value> {
    if by.is_empty() || by.len() != texts.len() {
        return None;
    }
    let values: Option<Vec<Value>> = by
        .iter()
        .zip(texts)
        .map(|(read, text)| read(text.as_deref()?))
        .collect();
    values.map(|values| compose(&values))
}

/// Puts an identity into a change that was told without.
pub fn hear_id<E: Written<Identity: Heard>>(change: &mut ErasedChange, texts: &[Option<String>]) {
    change.ids = E::Identity::heard(texts).map(|id| vec![id]);
}

/// Puts the value of an attribute into a change that was told it is unknown.
pub fn hear<E, Name>(change: &mut ErasedChange, side: Heards, texts: &[Option<String>])
where
    E: Has<Name, Is: Attribute<Field: Heard>>,
{
    let index = usize::from(index::<E, Name>());
    let value = <<E::Is as Attribute>::Field as Heard>::heard(texts).map(|value| vec![value]);
    let put = |side: &mut Vec<Option<Vec<Value>>>| {
        if side.len() <= index {
            side.resize(index + 1, None);
        }
        if let Some(place) = side.get_mut(index) {
            place.clone_from(&value);
        }
    };
    if side != Heards::After {
        put(&mut change.before);
    }
    if side != Heards::Before {
        put(&mut change.after);
    }
}
