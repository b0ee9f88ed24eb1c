//! What it costs to clear a region, with one entry in it and with a million.

use cachex_runtime::codegen::Region;

use crate::fixture::{self, Grouped};
use crate::measure::{Contender, interleaved, ratio};

const ENTRIES: u64 = 1_000_000;
const OPERATIONS: usize = 10_000;
const ROUNDS: usize = 101;

pub(crate) fn measure() {
    let caches = fixture::caches();
    let (small, large) = (fixture::group(1), fixture::group(2));
    fixture::fill::<Grouped>(&caches, 0, 1, 1);
    fixture::fill::<Grouped>(&caches, 1, ENTRIES, 2);
    let local = fixture::local::<Grouped>(&caches);
    assert!(
        local.entries() as u64 > ENTRIES * 9 / 10,
        "they lie there to be cleared"
    );
    assert!(local.get(&Grouped(ENTRIES / 2, 2)).is_some());
    let clear = |region: &Region| (0..OPERATIONS).for_each(|_| caches.clear([region]));
    let mut contenders: [Contender<'_>; 2] =
        [Box::new(|| clear(&small)), Box::new(|| clear(&large))];
    let [one, million] = interleaved(ROUNDS, OPERATIONS, &mut contenders)[..] else {
        return;
    };
    assert!(
        local.get(&Grouped(ENTRIES / 2, 2)).is_none(),
        "they are cleared"
    );
    ratio("clear_1000000_entries_to_1", million, one, Some(1.5));
}
