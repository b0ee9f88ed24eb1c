//! Proof that the rules found no error: what lets the later stages be total.

use std::ops::Deref;

/// A value that every rule was asked about and none refused.
#[derive(Debug, Clone)]
pub struct Valid<T>(T);

impl<T> Valid<T> {
    /// Vouches for a value. Only `compile` does, after the rules ran without an error (and tests, for what they build).
    pub(crate) fn vouch(value: T) -> Self {
        Self(value)
    }
}

impl<T> Deref for Valid<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
