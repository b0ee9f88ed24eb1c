//! An entry as it lies in the store, and what a loader gives.
//!
//! Owns the layout: an entry adds 64 bytes to its value and to the store's own, the value's `Arc` included. Knows
//! nothing of keys. Keeps true: `verified` belongs to this entry and goes with it; kept beside the key, it would
//! vouch for the next entry under the same key.

use std::sync::Arc;

use super::protocol::Protocol;
use super::slots::{Bumps, Place, Slots, Stamp, Walk};
use super::sync::{AtomicU64, Ordering};
use crate::clock::Moment;

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

/// The slots of an entry. Up to three stand inline: most caches have one to three facets.
#[derive(Debug)]
enum Places {
    Few(u8, [Place; 3]),
    /// Boxed twice, so that an entry with few slots doesn't pay for a length it doesn't have.
    Many(Box<ManyPlaces>),
}

#[derive(Debug)]
struct ManyPlaces(Box<[Place]>);

impl Places {
    fn new(places: &[Place]) -> Self {
        let mut few = [Place::WHOLE; 3];
        match (few.get_mut(..places.len()), u8::try_from(places.len())) {
            (Some(inline), Ok(len)) => {
                inline.copy_from_slice(places);
                Self::Few(len, few)
            }
            _ => Self::Many(Box::new(ManyPlaces(places.into()))),
        }
    }

    fn as_slice(&self) -> &[Place] {
        match self {
            Self::Few(len, places) => places.get(..usize::from(*len)).unwrap_or_default(),
            Self::Many(places) => &places.0,
        }
    }
}

/// An entry.
#[derive(Debug)]
pub(crate) struct Entry<V> {
    pub(crate) value: Answer<V>,
    /// After this it is past its TTL.
    pub(crate) expires: Moment,
    stamp: Stamp,
    /// The count of bumps for which all slots were found valid.
    verified: AtomicU64,
    /// `None` in a copy.
    places: Option<Places>,
}

/// A copy is what a reader takes out of the store: value and dates, not the slots. They are looked at where they
/// lie, so that a hit on an entry of fifty slots costs what any hit costs.
impl<V> Clone for Entry<V> {
    #[inline]
    fn clone(&self) -> Self {
        Self {
            expires: self.expires,
            stamp: self.stamp,
            verified: AtomicU64::new(self.verified.load(Ordering::Relaxed)),
            places: None,
            // Last: no read begins before the count of references has moved.
            value: self.value.clone(),
        }
    }
}

impl<V> Entry<V> {
    pub(crate) fn new(
        value: Answer<V>,
        expires: Moment,
        (stamp, verified): (Stamp, Bumps),
        places: &[Place],
    ) -> Self {
        Self {
            value,
            expires,
            stamp,
            verified: AtomicU64::new(verified.0),
            places: Some(Places::new(places)),
        }
    }

    /// Whether nothing was cleared in the whole cache since this entry was last found valid.
    #[inline]
    pub(crate) fn is_verified(&self, bumps: Bumps) -> bool {
        self.verified.load(Ordering::Relaxed) == bumps.0
    }

    /// Walks the slots; in a copy, which has none, nothing is vouched for.
    pub(crate) fn verify<P: Protocol>(&self, slots: &Slots, bumps: Bumps) -> Walk {
        match &self.places {
            Some(places) => P::verify(slots, bumps, places.as_slice(), self.stamp, &self.verified),
            None => Walk::Stale,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_takes_48_bytes_beside_its_value() {
        assert_eq!(size_of::<Entry<String>>(), 48);
    }
}
