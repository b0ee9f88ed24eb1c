//! An entry as it lies in the store, and what a loader gives.
//!
//! Owns the layout: an entry adds 24 bytes to its key, to the value's `Arc` and to the store's own. Knows nothing of
//! keys. Keeps true: a stamp belongs to this entry and goes with it; kept beside the key, it would vouch for the next
//! entry under the same key.

use std::sync::Arc;

use super::protocol::Protocol;
use super::slots::{Bumps, Place, Slots, Stamp, Stamped, Walk};
use crate::clock::Deadline;

/// A value, or the knowledge that there is none.
pub type Answer<V> = Option<Arc<V>>;

/// What a loader found: a value or none, and the tags of the entry.
#[derive(Debug)]
pub struct Loaded<V, T> {
    pub(crate) value: Option<V>,
    pub(crate) tags: Option<T>,
}

impl<V, T> Loaded<V, T> {
    /// A value and its tags.
    pub fn tagged(value: V, tags: T) -> Self {
        Self {
            value: Some(value),
            tags: Some(tags),
        }
    }

    /// A value whose tags are not known: it belongs to every region that a tag binds.
    pub fn untagged(value: V) -> Self {
        Self {
            value: Some(value),
            tags: None,
        }
    }

    /// There is none; that belongs to every region that a tag binds.
    pub fn none() -> Self {
        Self {
            value: None,
            tags: None,
        }
    }
}

/// An entry but for its key and value: all that says whether it may be served.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Up to where it is known to be valid.
    stamped: Stamped,
    rest: Rest,
}

/// Up to three places stand inline: most caches have one to three facets. `expires`, which a hit looks at, lies behind
/// the four bytes of the tag in both forms, so that it is read without asking which it is.
#[derive(Debug)]
enum Rest {
    Few {
        low: [u8; 3],
        /// After this it is past its TTL.
        expires: Deadline,
        high: u64,
    },
    /// A box that boxes its places: so it is one word here.
    Many {
        expires: Deadline,
        places: Box<Box<[Place]>>,
    },
}

impl Entry {
    pub(crate) fn new(expires: Deadline, stamp: Stamp, places: &[Place]) -> Self {
        let rest = if let Some((low, high)) = packed(places) {
            Rest::Few { low, expires, high }
        } else {
            let places = Box::new(places.into());
            Rest::Many { expires, places }
        };
        let stamped = Stamped::new(stamp);
        Self { stamped, rest }
    }

    /// After this it is past its TTL.
    #[inline]
    pub(crate) fn expires(&self) -> Deadline {
        match self.rest {
            Rest::Few { expires, .. } | Rest::Many { expires, .. } => expires,
        }
    }

    /// Whether nothing was cleared in the whole cache since it was last found valid.
    #[inline]
    pub(crate) fn is_verified(&self, bumps: Bumps) -> bool {
        self.stamped.get().is_at(bumps)
    }

    /// Walks the slots.
    pub(crate) fn verify<P: Protocol>(&self, slots: &Slots) -> Walk {
        match &self.rest {
            Rest::Few { low, high, .. } => P::verify(slots, &unpacked(*low, *high), &self.stamped),
            Rest::Many { places, .. } => P::verify(slots, places, &self.stamped),
        }
    }
}

/// Up to three places in eleven bytes. What is missing is [`Place::WHOLE`], to which every entry belongs anyway.
#[expect(
    clippy::cast_possible_truncation,
    reason = "three times 29 bits: 24 below, 63 above"
)]
fn packed(places: &[Place]) -> Option<([u8; 3], u64)> {
    let append = |bits, place: &Place| bits << Place::BITS | u128::from(place.bits());
    let bits = (places.len() <= 3).then(|| places.iter().rev().fold(0_u128, append))?;
    let [a, b, c, ..] = bits.to_le_bytes();
    Some(([a, b, c], (bits >> 24) as u64))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a place takes the bits it needs"
)]
fn unpacked([a, b, c]: [u8; 3], high: u64) -> [Place; 3] {
    let bits = u128::from(high) << 24 | u128::from(u32::from_le_bytes([a, b, c, 0]));
    [0, 1, 2].map(|at| Place::of_bits((bits >> (at * Place::BITS)) as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_takes_24_bytes_beside_its_key_and_value() {
        assert_eq!(size_of::<Entry>(), 24);
    }

    #[test]
    fn three_places_come_out_as_they_went_in() {
        let [low, high] = [5, u32::MAX].map(Place::of_bits);
        for places in [&[][..], &[high], &[low, high], &[high, low, high]] {
            let (packed, rest) = packed(places).unwrap();
            let mut all = unpacked(packed, rest).to_vec();
            assert!(
                all.split_off(places.len())
                    .iter()
                    .all(|place| *place == Place::WHOLE)
            );
            assert_eq!(all, places);
        }
        assert_eq!(packed(&[low; 4]), None);
    }
}
