//! Texts with normalisers (`string | lower`).

use std::marker::PhantomData;

use super::encode::Encode;
use crate::codegen::Value;

/// A text that went through its normalisers, so that two which mean the same are equal.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Text<By>(String, PhantomData<By>);

impl<By: Normalise, T: Into<String>> From<T> for Text<By> {
    fn from(text: T) -> Self {
        Self(By::normalise(text.into()), PhantomData)
    }
}

impl<By> Encode for Text<By> {
    fn encode(&self) -> Value {
        self.0.encode()
    }
}

/// What a text goes through before it is compared or stands in a key.
pub trait Normalise {
    /// The text after it.
    fn normalise(text: String) -> String;
}

/// Lower case (Unicode).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lower {}

impl Normalise for Lower {
    fn normalise(text: String) -> String {
        text.to_lowercase()
    }
}

/// Without white space at both ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trim {}

impl Normalise for Trim {
    fn normalise(text: String) -> String {
        text.trim().to_owned()
    }
}

impl<First: Normalise, Then: Normalise> Normalise for (First, Then) {
    fn normalise(text: String) -> String {
        Then::normalise(First::normalise(text))
    }
}
