//! An entry as it lies in the store, and what a loader gives.
//!
//! Owns the layout: an entry adds 32 bytes to its key, to the value's `Arc` and to the store's own. Knows nothing of
//! keys. Keeps true: `verified` belongs to this entry and goes with it; kept beside the key, it would
//! vouch for the next entry under the same key.

use std::sync::Arc;

use super::protocol::Protocol;
use super::slots::{Bumps, NonZeroPlace, Place, Slots, Stamp, Walk};
use super::sync::{AtomicU64, Ordering};
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
///
/// Up to three slots stand inline: most caches have one to three facets. The first of them is never zero, by which
/// the two cases are told apart without a word for it.
#[derive(Debug)]
pub(crate) enum Entry {
    Few {
        first: NonZeroPlace,
        /// As many as there are, then [`Place::WHOLE`], to which every entry belongs anyway.
        others: [Place; 2],
        /// After this it is past its TTL.
        expires: Deadline,
        stamp: Stamp,
        /// The count of bumps for which all slots were found valid.
        verified: AtomicU64,
    },
    Many {
        expires: Deadline,
        verified: AtomicU64,
        /// What no hit looks at. A box that boxes its slots: so it is one word here.
        rest: Box<Rest>,
    },
}

#[derive(Debug)]
pub(crate) struct Rest {
    stamp: Stamp,
    places: Box<[Place]>,
}

impl Entry {
    pub(crate) fn new(
        expires: Deadline,
        (stamp, verified): (Stamp, Bumps),
        places: &[Place],
    ) -> Self {
        let verified = AtomicU64::new(verified.0);
        let place = |at: usize| places.get(at).copied().unwrap_or(Place::WHOLE);
        if places.len() > 3 {
            let places = places.into();
            return Self::Many {
                expires,
                verified,
                rest: Box::new(Rest { stamp, places }),
            };
        }
        Self::Few {
            first: place(0).into(),
            others: [place(1), place(2)],
            expires,
            stamp,
            verified,
        }
    }

    /// After this it is past its TTL.
    #[inline]
    pub(crate) fn expires(&self) -> Deadline {
        match self {
            Self::Few { expires, .. } | Self::Many { expires, .. } => *expires,
        }
    }

    /// Whether nothing was cleared in the whole cache since this entry was last found valid.
    #[inline]
    pub(crate) fn is_verified(&self, bumps: Bumps) -> bool {
        let (Self::Few { verified, .. } | Self::Many { verified, .. }) = self;
        verified.load(Ordering::Relaxed) == bumps.0
    }

    /// Walks the slots.
    pub(crate) fn verify<P: Protocol>(&self, slots: &Slots, bumps: Bumps) -> Walk {
        match self {
            Self::Few {
                first,
                others: [second, third],
                stamp,
                verified,
                ..
            } => {
                let places = [first.place(), *second, *third];
                P::verify(slots, bumps, &places, *stamp, verified)
            }
            Self::Many { verified, rest, .. } => {
                P::verify(slots, bumps, &rest.places, rest.stamp, verified)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_takes_32_bytes_beside_its_key_and_value() {
        assert_eq!(size_of::<Entry>(), 32);
    }
}
