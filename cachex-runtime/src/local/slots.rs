//! Slots: for every region the number of its last invalidation, in a table of fixed size.
//!
//! Owns the numbers, the count of bumps and the order in which they are read and written. Knows no keys, no values
//! and no time: which slot a region has is worked out in `place`. Keeps true: a slot never falls, and whoever sees
//! a count of bumps sees every slot those bumps raised.
//!
//! The table is made in chunks, each by the first bump of a region in it: a slot in a chunk that isn't there was
//! never raised and reads as 0. So a declared cache that is never cleared costs no table, and nothing is forgotten:
//! a region counts as cleared whether or not an entry of it exists.

use std::num::NonZeroU64;

use super::sync::{AtomicU64, OnceLock, Ordering};

/// Bits of a slot below its number: a mark of the region that was cleared last, so that a miss caused by another
/// region in the same slot can be told (`foreign_misses`). 52 bits are left for numbers: 142 years at a million a
/// second.
const MARK_BITS: u32 = 12;
const MARK_MASK: u64 = (1 << MARK_BITS) - 1;

/// The numbers invalidations draw, one sequence for all caches of a process.
#[derive(Debug, Default)]
pub(crate) struct Sequence(AtomicU64);

impl Sequence {
    /// A number nobody else has. `AcqRel`: a load whose stamp includes this number happens after the bump's cause.
    pub(crate) fn draw(&self) -> Number {
        Number((self.0.fetch_add(1, Ordering::AcqRel) + 1) << MARK_BITS)
    }

    /// The stamp of a load that begins now.
    pub(crate) fn now(&self) -> Stamp {
        let number = self.0.load(Ordering::Acquire) << MARK_BITS;
        Stamp(NonZeroU64::MIN | number | MARK_MASK)
    }
}

/// A number drawn for one bump.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number(u64);

/// The sequence's number when a load began, with all mark bits set: a slot is older than it when it is not larger.
/// They also keep it from zero, by which an entry tells its two forms apart and takes no room for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stamp(NonZeroU64);

/// How often a region of a cache was cleared. A count and not the largest number: with two bumps under way the later
/// number may be published first, and a maximum would not move for the earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bumps(pub(crate) u64);

/// Where a region's number stands, and the region's mark: index below, mark above.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place(u32);

impl Place {
    /// The whole cache: every entry belongs to it, so no entry needs to list it.
    pub(crate) const WHOLE: Self = Self(0);
}

/// What a walk over an entry's slots found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Walk {
    /// Nothing the entry belongs to was cleared since its load began.
    Valid,
    /// One of its regions was.
    Stale,
    /// As far as the slot tells, only another region that shares it.
    Foreign,
}

/// The ranges of a table, in slots.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ranges {
    /// Slots with one region each: the whole cache, and unknown slots that no value narrows.
    pub(crate) fixed: u32,
    /// Hashed range of unknown slots. They are raised at every bump of a tag, so no other region may share one.
    /// A power of two, or none.
    pub(crate) unknown: u32,
    /// Hashed range of all other regions; a power of two.
    pub(crate) hashed: u32,
}

/// Slots in a chunk: a page of memory.
const CHUNK: usize = 512;

/// The table of one cache. Nothing in it is ever dropped or looked up by name.
#[derive(Debug)]
pub(crate) struct Slots {
    chunks: Box<[OnceLock<Box<[AtomicU64]>>]>,
    ranges: Ranges,
    /// Bits of a [`Place`] that hold the index.
    index_bits: u32,
    bumps: AtomicU64,
}

impl Slots {
    pub(crate) fn new(ranges: Ranges) -> Self {
        let total = ranges.fixed + ranges.unknown + ranges.hashed;
        let chunks = (total as usize).div_ceil(CHUNK);
        Self {
            chunks: (0..chunks).map(|_| OnceLock::new()).collect(),
            ranges,
            index_bits: u32::BITS - total.leading_zeros(),
            bumps: AtomicU64::new(0),
        }
    }

    /// A slot of its own.
    pub(crate) fn fixed(&self, index: u32) -> Place {
        debug_assert!(index < self.ranges.fixed, "no such fixed slot");
        Place(index)
    }

    /// The slot of an unknown region that some value narrows.
    pub(crate) fn unknown(&self, hash: u64) -> Place {
        self.hashed_into(self.ranges.fixed, self.ranges.unknown, hash)
    }

    /// The slot of any other region.
    pub(crate) fn hashed(&self, hash: u64) -> Place {
        self.hashed_into(
            self.ranges.fixed + self.ranges.unknown,
            self.ranges.hashed,
            hash,
        )
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "the low half picks the slot, the high half the mark"
    )]
    fn hashed_into(&self, start: u32, len: u32, hash: u64) -> Place {
        let index = start + (hash as u32 & (len - 1));
        let mark = ((hash >> 32) & MARK_MASK) as u32;
        Place((mark << self.index_bits) | index)
    }

    fn index(&self, place: Place) -> usize {
        (place.0 & ((1 << self.index_bits) - 1)) as usize
    }

    /// A slot's number with its mark; 0 if it was never raised.
    fn read(&self, place: Place) -> u64 {
        let index = self.index(place);
        let chunk = self.chunks.get(index / CHUNK).and_then(OnceLock::get);
        chunk
            .and_then(|chunk| chunk.get(index % CHUNK))
            .map_or(0, |slot| slot.load(Ordering::Acquire))
    }

    /// A slot that is to be raised.
    #[expect(
        clippy::indexing_slicing,
        reason = "a place is only made by its table, from an index within it"
    )]
    fn slot(&self, place: Place) -> &AtomicU64 {
        let index = self.index(place);
        let chunk = self.chunks[index / CHUNK]
            .get_or_init(|| (0..CHUNK).map(|_| AtomicU64::new(0)).collect());
        &chunk[index % CHUNK]
    }

    /// What the table takes.
    #[cfg(test)]
    pub(crate) fn bytes(&self) -> usize {
        let made = self.chunks.iter().filter(|chunk| chunk.get().is_some());
        size_of_val(&*self.chunks) + made.count() * CHUNK * size_of::<AtomicU64>()
    }

    /// Whether two regions' numbers stand in the same slot.
    pub(crate) fn share(&self, one: Place, other: Place) -> bool {
        self.index(one) == self.index(other)
    }

    /// The mark as it was left after the index took its bits.
    fn mark(&self, place: Place) -> u64 {
        u64::from(place.0 >> self.index_bits)
    }

    /// Raises a slot to a number, or leaves it where a later one stands.
    ///
    /// A maximum and not a store: of two bumps the one with the smaller number may come second, and would put the
    /// slot back below a load that began between them.
    pub(crate) fn raise(&self, place: Place, number: Number) {
        self.slot(place)
            .fetch_max(number.0 | self.mark(place), Ordering::AcqRel);
    }

    /// Overwrites a slot: what [`Slots::raise`] must not do. Only the tests of the protocol's wrong variants do.
    #[cfg(test)]
    pub(crate) fn overwrite(&self, place: Place, number: Number) {
        self.slot(place)
            .store(number.0 | self.mark(place), Ordering::Release);
    }

    /// The count moves on: what was verified before must be walked again. After the slots, never before.
    pub(crate) fn count_bump(&self) {
        self.bumps.fetch_add(1, Ordering::AcqRel);
    }

    /// The count as a maximum of numbers: what [`Slots::count_bump`] must not be.
    #[cfg(test)]
    pub(crate) fn count_largest(&self, number: Number) {
        self.bumps.fetch_max(number.0, Ordering::AcqRel);
    }

    /// The count, read before the slots it vouches for. `Acquire`: with a bump's count its slots are seen.
    #[inline]
    pub(crate) fn bumps(&self) -> Bumps {
        Bumps(self.bumps.load(Ordering::Acquire))
    }

    /// Whether nothing at `places`, and not the whole cache, was cleared after `stamp`.
    pub(crate) fn walk(&self, places: &[Place], stamp: Stamp) -> Walk {
        let mut walk = Walk::Valid;
        for &place in [Place::WHOLE].iter().chain(places) {
            let slot = self.read(place);
            if slot <= stamp.0.get() {
                continue;
            }
            if slot & MARK_MASK == self.mark(place) & MARK_MASK {
                return Walk::Stale;
            }
            walk = Walk::Foreign;
        }
        walk
    }
}
