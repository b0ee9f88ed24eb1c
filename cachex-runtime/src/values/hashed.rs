//! Arguments that are no scalars: 128 bits stand for them.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::Serialize;
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};

use super::encode::Encode;
use crate::codegen::Value;

/// A value of the scalar `hash`: half of the SHA-256 of its canonical JSON. A cryptographic hash, because filters come
/// from clients, and whoever finds two with the same hash reads another's entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hashed(u128);

impl Hashed {
    /// The hash of a value. Maps are sorted by their keys first, so that equal values hash alike. A value that JSON
    /// cannot hold (a map whose keys are no texts, say) is told apart by its error's text only.
    pub fn of(value: &(impl Serialize + ?Sized)) -> Self {
        let mut text = String::new();
        match serde_json::to_value(value) {
            Ok(json) => write_canonical(json, &mut text),
            Err(error) => text = format!("!{error}"),
        }
        let digest: [u8; 32] = Sha256::digest(text.as_bytes()).into();
        let half = digest.first_chunk::<16>().copied().unwrap_or_default();
        Self(u128::from_be_bytes(half))
    }
}

/// JSON with the keys of its objects in order, whatever order the map of `serde_json` keeps.
fn write_canonical(json: Json, out: &mut String) {
    match json {
        Json::Array(items) => {
            out.push('[');
            for item in items {
                write_canonical(item, out);
                out.push(',');
            }
            out.push(']');
        }
        Json::Object(map) => {
            let mut entries: Vec<(String, Json)> = map.into_iter().collect();
            entries.sort_by(|(one, _), (other, _)| one.cmp(other));
            out.push('{');
            for (key, item) in entries {
                write_canonical(Json::String(key), out);
                out.push(':');
                write_canonical(item, out);
                out.push(',');
            }
            out.push('}');
        }
        plain => out.push_str(&plain.to_string()),
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
