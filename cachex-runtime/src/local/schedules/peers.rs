//! The same schedules on moka's `get_with`: it fails each of them, which is why cachex has a store of its own rules.

use moka::future::Cache as Moka;

use super::*;

fn read_later<'a>(
    posts: &'a Moka<u32, Row>,
    table: &'a Table,
    gate: &Gate,
) -> Pin<Box<dyn Future<Output = Row> + 'a>> {
    let gate = gate.clone();
    Box::pin(posts.get_with(1, async move {
        let row = table.0.lock().unwrap().clone();
        gate.passed().await;
        row
    }))
}

fn read(posts: &Moka<u32, Row>, table: &Table) -> Option<&'static str> {
    now(read_later(posts, table, &Gate::open())).map(|(name, _)| name)
}

fn clear_key(posts: &Moka<u32, Row>) {
    now(Box::pin(posts.invalidate(&1)));
}

fn clear_author(posts: &Moka<u32, Row>, id: u32) {
    let of_author = move |_: &u32, row: &Row| {
        row.as_ref()
            .is_some_and(|(_, authors)| authors.contains(&id))
    };
    posts.invalidate_entries_if(of_author).unwrap();
    now(Box::pin(posts.run_pending_tasks()));
}

fn moka() -> Moka<u32, Row> {
    Moka::builder()
        .max_capacity(100)
        .support_invalidation_closures()
        .build()
}

/// A load has read the old row; `clear` runs; the load lands. Gives what a reader gets that came after `clear` and
/// before the landing, and what one gets that comes after it.
fn across(authors: &[u32], clear: impl FnOnce(&Moka<u32, Row>)) -> [Option<&'static str>; 2] {
    let posts = moka();
    let (table, gate) = (Table::holding("old", authors), Gate::shut());
    let mut loading = read_later(&posts, &table, &gate);
    assert!(start(&mut loading).is_none());
    table.write("new", authors);
    clear(&posts);
    let open = Gate::open();
    let mut late = read_later(&posts, &table, &open);
    let early = start(&mut late);
    gate.lift();
    now(loading);
    let late = early.unwrap_or_else(|| now(late)).map(|(name, _)| name);
    [late, read(&posts, &table)]
}

#[test]
fn load_in_flight_and_region_without_entries() {
    assert_eq!(across(&[7], clear_key)[1], Some("old"));
}

#[test]
fn late_reader_whose_tags_are_unknown() {
    assert_eq!(across(&[7], |posts| clear_author(posts, 7))[0], Some("old"));
}

#[test]
fn tag_found_by_the_load() {
    assert_eq!(across(&[8], |posts| clear_author(posts, 8))[1], Some("old"));
}

#[test]
fn two_invalidations_around_the_beginning_of_a_load() {
    let posts = moka();
    clear_key(&posts);
    assert_eq!(across(&[7], clear_key)[1], Some("old"));
}

#[test]
fn page_of_fifty_tags() {
    let authors: Vec<u32> = (0..50).collect();
    assert_eq!(
        across(&authors, |posts| clear_author(posts, 3))[1],
        Some("old")
    );
}

/// What a predicate can't be asked of isn't cleared.
#[test]
fn there_is_none_and_the_row_that_appears() {
    let (posts, table) = (moka(), Table::default());
    assert_eq!(now(read_later(&posts, &table, &Gate::open())), None);
    table.write("new", &[7]);
    clear_author(&posts, 7);
    assert_eq!(now(read_later(&posts, &table, &Gate::open())), None);
}

/// It has no reload of its own, so a reader reloads what it dropped.
#[test]
fn reload_across_an_invalidation() {
    let posts = moka();
    super::peers::read(&posts, &Table::holding("older", &[7]));
    clear_key(&posts);
    assert_eq!(across(&[7], clear_key), [Some("old"); 2]);
}

/// Both caches are cleared, the inner one first; a load of the outer one was under way.
#[test]
fn outer_cache_built_from_an_inner_one() {
    let (inner, outer) = (moka(), moka());
    let (table, gate) = (Table::holding("old", &[7]), Gate::shut());
    let mut loading = Box::pin(outer.get_with(1, async {
        let beneath = inner
            .get_with(1, async { table.0.lock().unwrap().clone() })
            .await;
        gate.passed().await;
        beneath
    }));
    assert!(start(&mut loading).is_none());
    table.write("new", &[7]);
    clear_key(&inner);
    clear_key(&outer);
    gate.lift();
    now(loading);
    assert_eq!(read(&outer, &table), Some("old"));
}
