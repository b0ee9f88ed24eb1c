//! Arguments that are no scalars: 128 bits stand for them.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::Serialize;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::canonical::canonical;
use super::encode::Encode;
use crate::codegen::Value;

/// A value of the scalar `hash`: half of the SHA-256 of its canonical form. A cryptographic hash, because filters come
/// from clients, and whoever finds two with the same hash reads another's entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hashed(u128);

impl Hashed {
    /// The hash of a value. Maps are sorted by their keys first, so that equal values hash alike. A value that refuses
    /// to be serialised equals nothing, not even itself: it is loaded anew each time, which is slow and never wrong.
    pub fn of(value: &(impl Serialize + ?Sized)) -> Self {
        let bytes = canonical(value).unwrap_or_else(|| Uuid::new_v4().into_bytes().to_vec());
        let digest: [u8; 32] = Sha256::digest(&bytes).into();
        let half = digest.first_chunk::<16>().copied().unwrap_or_default();
        Self(u128::from_be_bytes(half))
    }
}

impl Encode for Hashed {
    fn encode(&self) -> Value {
        let mut text = String::with_capacity(32);
        // Writing to a string cannot fail.
        let _ = write!(text, "{:032x}", self.0);
        Value(Cow::Owned(text))
    }
}
