//! Slots: for every region the number of its last invalidation, in a table of fixed size.
//!
//! Owns the numbers, the count of bumps and the order in which they are read and written. Knows no keys, no values
//! and no time: which slot a region has is worked out in `place`. Keeps true: a slot never falls, and whoever sees
//! a count of bumps sees every slot those bumps raised.
//!
//! The table is made in chunks, each by the first bump of a region in it: a slot in a chunk that isn't there was
//! never raised and reads as 0. So a declared cache that is never cleared costs no table, and nothing is forgotten:
//! a region counts as cleared whether or not an entry of it exists.

use super::sync::{AtomicU64, OnceLock, Ordering};

/// Bits of a slot below its number: a mark of the region that was cleared last, so that a miss caused by another
/// region in the same slot can be told (`foreign_misses`). 52 bits are left for numbers: 142 years at a million a
/// second.
const MARK_BITS: u32 = 12;
const MARK_MASK: u64 = (1 << MARK_BITS) - 1;

/// A number drawn for one bump.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number(u64);

/// Up to which number something is known to be valid: a slot is no younger than a stamp when it is not larger.
///
/// It is the last number that was drawn, with all mark bits set; the lowest of them is left out where some bump was
/// under way. Where none was, every number up to this one had been counted: so as long as the count stays the same
/// nothing was cleared, and the stamp *is* the count. That is how a hit asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stamp(u64);

const SETTLED: u64 = 1;

impl Stamp {
    /// The stamp of what was drawn, where so many were counted.
    pub(crate) fn counted(self, bumps: Bumps) -> Self {
        let settled = Self(self.0 | SETTLED);
        if settled.is_at(bumps) { settled } else { self }
    }

    /// Whether no bump was under way, and nothing was cleared from then to this count.
    #[inline]
    pub(crate) fn is_at(self, bumps: Bumps) -> bool {
        self.0 == bumps.0
    }

    /// Whether no bump was under way.
    pub(crate) fn is_settled(self) -> bool {
        self.0 & SETTLED != 0
    }

    /// Whether it includes what a slot says.
    fn includes(self, slot: u64) -> bool {
        slot <= self.0 | SETTLED
    }
}

/// A stamp that may be moved on.
#[derive(Debug)]
pub(crate) struct Stamped(AtomicU64);

impl Stamped {
    pub(crate) fn new(stamp: Stamp) -> Self {
        Self(AtomicU64::new(stamp.0))
    }

    // Relaxed: what a stamp says stays true whoever reads it, and when.
    #[inline]
    pub(crate) fn get(&self) -> Stamp {
        Stamp(self.0.load(Ordering::Relaxed))
    }

    pub(crate) fn set(&self, stamp: Stamp) {
        self.0.store(stamp.0, Ordering::Relaxed);
    }
}

/// How often a region of a cache was cleared, as the stamp for that many numbers. A count and not the largest number:
/// with two bumps under way the later number may be published first, and a maximum would not move for the earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bumps(u64);

/// Where a region's number stands, and the region's mark: index below, mark above, as far as there is room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place(u32);

impl Place {
    /// The whole cache: every entry belongs to it, so no entry needs to list it.
    pub(crate) const WHOLE: Self = Self(0);
    /// Bits of a place. Three of them go into eleven bytes.
    pub(crate) const BITS: u32 = 29;
    const MASK: u32 = (1 << Self::BITS) - 1;

    pub(crate) fn bits(self) -> u32 {
        self.0
    }

    /// The place of these bits; what lies above them is left out.
    pub(crate) fn of_bits(bits: u32) -> Self {
        Self(bits & Self::MASK)
    }
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
    /// How many numbers were drawn.
    drawn: AtomicU64,
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
            drawn: AtomicU64::new(0),
            bumps: AtomicU64::new(MARK_MASK),
        }
    }

    /// A number nobody else has. `AcqRel`: a load whose stamp includes this number happens after the bump's cause.
    pub(crate) fn draw(&self) -> Number {
        Number((self.drawn.fetch_add(1, Ordering::AcqRel) + 1) << MARK_BITS)
    }

    /// The stamp of all that was drawn. `Acquire`: what begins with it happens after the causes of those bumps.
    pub(crate) fn drawn(&self) -> Stamp {
        Stamp(self.drawn.load(Ordering::Acquire) << MARK_BITS | (MARK_MASK & !SETTLED))
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
        Place::of_bits((mark << self.index_bits) | index)
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
        self.bumps.fetch_add(1 << MARK_BITS, Ordering::AcqRel);
    }

    /// The count as a maximum of numbers: what [`Slots::count_bump`] must not be.
    #[cfg(test)]
    pub(crate) fn count_largest(&self, number: Number) {
        self.bumps.fetch_max(number.0 | MARK_MASK, Ordering::AcqRel);
    }

    /// The count. `Acquire`: with a bump's count its slots, and its number's drawing, are seen.
    #[inline]
    pub(crate) fn bumps(&self) -> Bumps {
        Bumps(self.bumps.load(Ordering::Acquire))
    }

    /// Whether nothing at `places`, and not the whole cache, was cleared after `stamp`.
    pub(crate) fn walk(&self, places: &[Place], stamp: Stamp) -> Walk {
        let mut walk = Walk::Valid;
        for &place in [Place::WHOLE].iter().chain(places) {
            let slot = self.read(place);
            if stamp.includes(slot) {
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
