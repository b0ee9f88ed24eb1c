//! An entry as it lies in the store, and what a loader gives.
//!
//! Owns the layout: an entry adds 32 bytes to its key, to the value's `Arc` and to the store's own. Knows nothing of
//! keys. Keeps true: `verified` belongs to this entry and goes with it; kept beside the key, it would
//! vouch for the next entry under the same key.

use std::sync::Arc;

use super::protocol::Protocol;
use super::slots::{Bumps, Place, Slots, Stamp, Walk};
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
/// What a hit looks at has one place in entries of every form: a hit doesn't branch on which it is.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The count of bumps for which all slots were found valid.
    verified: AtomicU64,
    /// After this it is past its TTL.
    expires: Deadline,
    /// The first slot of [`Rest::Few`], here as there is room for it.
    first: Place,
    rest: Rest,
}

/// What no hit looks at. Up to three slots stand inline: most caches have one to three facets.
#[derive(Debug)]
enum Rest {
    Few {
        stamp: Stamp,
        /// As many as there are, then [`Place::WHOLE`], to which every entry belongs anyway.
        others: [Place; 2],
    },
    /// A box that boxes its slots: so it is one word here.
    Many(Box<Many>),
}

#[derive(Debug)]
struct Many {
    stamp: Stamp,
    places: Box<[Place]>,
}

impl Entry {
    pub(crate) fn new(
        expires: Deadline,
        (stamp, verified): (Stamp, Bumps),
        places: &[Place],
    ) -> Self {
        let place = |at: usize| places.get(at).copied().unwrap_or(Place::WHOLE);
        let rest = if places.len() > 3 {
            let places = places.into();
            Rest::Many(Box::new(Many { stamp, places }))
        } else {
            let others = [place(1), place(2)];
            Rest::Few { stamp, others }
        };
        Self {
            verified: AtomicU64::new(verified.0),
            expires,
            first: place(0),
            rest,
        }
    }

    /// After this it is past its TTL.
    #[inline]
    pub(crate) fn expires(&self) -> Deadline {
        self.expires
    }

    /// Whether nothing was cleared in the whole cache since it was last found valid.
    #[inline]
    pub(crate) fn is_verified(&self, bumps: Bumps) -> bool {
        self.verified.load(Ordering::Relaxed) == bumps.0
    }

    /// Walks the slots.
    pub(crate) fn verify<P: Protocol>(&self, slots: &Slots, bumps: Bumps) -> Walk {
        let verified = &self.verified;
        match &self.rest {
            Rest::Few {
                stamp,
                others: [second, third],
            } => {
                let places = [self.first, *second, *third];
                P::verify(slots, bumps, &places, *stamp, verified)
            }
            Rest::Many(many) => P::verify(slots, bumps, &many.places, many.stamp, verified),
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
