//! What a cache does while nobody invalidates in between.

use super::*;

#[test]
fn a_hit_calls_no_loader() {
    let (posts, _) = posts::<Sound>();
    let table = Table::holding("old", &[7]);
    assert_eq!(read(&posts, 1, &table), Some("old"));
    table.write("new", &[7]);
    assert_eq!(read(&posts, 1, &table), Some("old"));
    assert_eq!(posts.core.counters.snapshot(0).loads, 1);
    assert_eq!(posts.core.counters.snapshot(0).hits, 1);
}

#[test]
fn clearing_a_region_clears_its_entries_and_no_others() {
    let (posts, _) = posts::<Sound>();
    let table = Table::holding("old", &[7]);
    read(&posts, 1, &table);
    read(&posts, 2, &Table::holding("other", &[8]));
    clear_at_once(&posts, &author(7));
    table.write("new", &[7]);
    assert_eq!(read(&posts, 1, &table), Some("new"));
    assert_eq!(read(&posts, 2, &table), Some("other"));
    let counted = posts.core.counters.snapshot(0);
    assert_eq!(
        (counted.hits, counted.misses),
        (1, 3),
        "an entry that had to be verified is a hit"
    );
}
