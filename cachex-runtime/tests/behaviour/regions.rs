//! From changes to regions: images, absence, sets, masks, widening, order.

use cachex_runtime::codegen::{
    CacheDef, Encode, EntityDef, ErasedAction, ErasedChange, Region, SYSTEM, SchemaDef, SourceDef,
    StepDef, Value, bind, param, regions,
};
use cachex_runtime::testing::Primed;

use crate::blog::{
    AUTHOR, BY_TOPIC, CATEGORY, DRAFTS, POST_BY_ID, POST_PAGES, SCHEMA, STATUS, TITLE, TOPICS,
    Told as _, USER, change, created, deleted, liked, pictures, updated,
};

fn region(cache: u32, facet: u16, values: &[Value]) -> Region {
    Region {
        cache,
        scope: None,
        facet: Some(facet),
        values: values.to_vec(),
    }
}

fn whole(cache: u32) -> Region {
    Region {
        cache,
        scope: None,
        facet: None,
        values: Vec::new(),
    }
}

fn of(change: &ErasedChange) -> Vec<Region> {
    regions(&SCHEMA, change)
}

fn of_cache(change: &ErasedChange, cache: u32) -> Vec<Region> {
    of(change)
        .into_iter()
        .filter(|region| region.cache == cache)
        .collect()
}

fn one(value: impl Encode) -> [Value; 1] {
    [value.encode()]
}

#[test]
fn a_creation_has_one_image_after_and_a_deletion_one_before() {
    let sides = |change: ErasedChange| change.before(CATEGORY, &one(1)).after(CATEGORY, &one(2));
    let pages = |value: i64| {
        [
            region(POST_PAGES, 0, &[Value::ABSENT]),
            region(POST_PAGES, 0, &one(value)),
        ]
    };
    assert_eq!(of_cache(&sides(created(1)), POST_PAGES), pages(2));
    assert_eq!(of_cache(&sides(deleted(1)), POST_PAGES), pages(1));
}

#[test]
fn a_move_stales_both_sides() {
    let moved = updated(1)
        .before(CATEGORY, &one(1))
        .after(CATEGORY, &one(2))
        .setting(&[CATEGORY]);
    let expected = [Value::ABSENT, 1.encode(), 2.encode()].map(|it| region(POST_PAGES, 0, &[it]));
    assert_eq!(of_cache(&moved, POST_PAGES), expected);
}

/// Each image binds its dimensions by itself.
#[test]
fn a_move_of_author_and_category_at_once_stales_two_regions_and_not_four() {
    let moved = updated(1)
        .before(AUTHOR, &one(1))
        .before(CATEGORY, &one(10))
        .before(STATUS, &one("draft"))
        .after(AUTHOR, &one(2))
        .after(CATEGORY, &one(20))
        .after(STATUS, &one("draft"))
        .setting(&[STATUS]);
    let pair =
        |author: i64, category: i64| region(DRAFTS, 0, &[author.encode(), category.encode()]);
    assert_eq!(of_cache(&moved, DRAFTS), [pair(1, 10), pair(2, 20)]);
}

/// The literal is tested against the image whose values are bound.
#[test]
fn a_literal_is_tested_on_each_image_by_itself() {
    let published = updated(1)
        .before(AUTHOR, &one(1))
        .before(CATEGORY, &one(10))
        .before(STATUS, &one("draft"))
        .after(AUTHOR, &one(2))
        .after(CATEGORY, &one(20))
        .after(STATUS, &one("public"))
        .setting(&[STATUS]);
    assert_eq!(
        of_cache(&published, DRAFTS),
        [region(DRAFTS, 0, &[1.encode(), 10.encode()])]
    );
}

#[test]
fn what_is_not_known_fails_no_literal_and_binds_nothing() {
    let status_unknown = updated(1)
        .before(AUTHOR, &one(1))
        .after(AUTHOR, &one(1))
        .setting(&[STATUS]);
    // Without the category the region is the facet of the author alone, the one below with the most dimensions.
    assert_eq!(
        of_cache(&status_unknown, DRAFTS),
        [region(DRAFTS, 1, &one(1))]
    );
    let author_unknown = updated(1).before(CATEGORY, &one(1)).setting(&[STATUS]);
    assert_eq!(of_cache(&author_unknown, DRAFTS), [whole(DRAFTS)]);
}

#[test]
fn a_mask_lets_through_what_sets_one_of_its_fields() {
    let titled = updated(1).setting(&[TITLE]);
    assert_eq!(
        of(&titled),
        [
            region(POST_PAGES, 1, &one(1)),
            region(POST_BY_ID, 0, &one(1))
        ]
    );
    let nothing = updated(1).setting(&[]);
    assert_eq!(of(&nothing), [region(POST_BY_ID, 0, &one(1))]);
}

#[test]
fn an_update_that_does_not_say_sets_everything() {
    let caches: Vec<u32> = of(&updated(1)).iter().map(|region| region.cache).collect();
    for cache in [POST_BY_ID, POST_PAGES, BY_TOPIC, DRAFTS] {
        assert!(caches.contains(&cache), "{cache} in {caches:?}");
    }
}

#[test]
fn an_absent_reference_stands_for_the_unrestricted_entries_alone() {
    let without = created(1).after(CATEGORY, &[Value::ABSENT]);
    assert_eq!(
        of_cache(&without, POST_PAGES),
        [region(POST_PAGES, 0, &[Value::ABSENT])]
    );
}

#[test]
fn a_set_is_taken_value_by_value_and_an_empty_one_stales_nothing() {
    let topics = |values: &[&str]| {
        let values: Vec<Value> = values.iter().map(Encode::encode).collect();
        created(1).after(TOPICS, &values)
    };
    assert_eq!(
        of_cache(&topics(&["a", "b"]), BY_TOPIC),
        [
            region(BY_TOPIC, 0, &one("a")),
            region(BY_TOPIC, 0, &one("b"))
        ]
    );
    assert_eq!(of_cache(&topics(&[]), BY_TOPIC), []);
    assert_eq!(of_cache(&created(1), BY_TOPIC), [whole(BY_TOPIC)]);
}

#[test]
fn a_change_of_many_has_an_image_of_each() {
    let many = change(&USER, ErasedAction::Update, &[1, 2, 2]);
    assert_eq!(
        of(&many),
        [
            region(POST_BY_ID, 1, &one(1)),
            region(POST_BY_ID, 1, &one(2))
        ]
    );
    assert_eq!(of(&change(&USER, ErasedAction::Update, &[])), []);
}

#[test]
fn an_unknown_identity_leaves_its_dimension_free() {
    let unknown = ErasedChange {
        ids: None,
        ..change(&USER, ErasedAction::Update, &[])
    };
    assert_eq!(of(&unknown), [whole(POST_BY_ID)]);
}

#[test]
fn a_derived_change_binds_what_the_reference_holds() {
    let held = pictures(&[7]).before(0, &one(1)).after(0, &one(2));
    assert_eq!(
        of(&held),
        [
            region(POST_BY_ID, 0, &one(1)),
            region(POST_BY_ID, 0, &one(2))
        ]
    );
    let added = pictures(&[7]).before(0, &[Value::ABSENT]).after(0, &one(2));
    assert_eq!(of(&added), [region(POST_BY_ID, 0, &one(2))]);
    assert_eq!(of(&pictures(&[7])), [whole(POST_BY_ID)]);
}

#[test]
fn a_reference_in_the_identity_is_read_off_it() {
    assert_eq!(of(&liked(5, "a:b")), [region(POST_BY_ID, 0, &one(5))]);
}

/// A bare annotation: created, updated or deleted, nobody knows which.
#[test]
fn any_is_the_union_of_the_three() {
    let any = change(&crate::blog::POST, ErasedAction::Any, &[1])
        .before(AUTHOR, &one(1))
        .after(AUTHOR, &one(1))
        .before(CATEGORY, &one(1))
        .after(CATEGORY, &one(2))
        .before(TOPICS, &one("a"))
        .after(TOPICS, &one("b"));
    let three = [created, updated, deleted].map(|make| {
        make(1)
            .before(AUTHOR, &one(1))
            .after(AUTHOR, &one(1))
            .before(CATEGORY, &one(1))
            .after(CATEGORY, &one(2))
            .before(TOPICS, &one("a"))
            .after(TOPICS, &one("b"))
    });
    let mut united: Vec<Region> = three.iter().flat_map(of).collect();
    let mut found = of(&any);
    united.sort();
    united.dedup();
    found.sort();
    assert_eq!(found, united);
}

#[test]
fn upstream_caches_come_first_whatever_their_index() {
    let order: Vec<u32> = of(&updated(1)).iter().map(|region| region.cache).collect();
    let mut caches = order.clone();
    caches.dedup();
    assert_eq!(caches, [POST_PAGES, BY_TOPIC, DRAFTS, POST_BY_ID]);
}

/// The whole of a cache and a part of it is the whole.
#[test]
fn a_region_within_another_is_not_listed() {
    let unknown_and_known = ErasedChange {
        before: vec![],
        ..updated(1).after(CATEGORY, &one(2)).setting(&[CATEGORY])
    };
    assert_eq!(
        of_cache(&unknown_and_known, POST_PAGES),
        [whole(POST_PAGES)]
    );
}

#[test]
fn system_delete_is_every_cache() {
    let flush = ErasedChange {
        ids: None,
        ..change(&SYSTEM, ErasedAction::Delete, &[])
    };
    assert_eq!(
        of(&flush),
        [POST_PAGES, BY_TOPIC, DRAFTS, POST_BY_ID].map(whole)
    );
}

/// A cache of more dimensions than a facet can name, and a change that binds one of the nameless.
#[test]
fn a_dimension_beyond_the_64th_is_in_no_facet() {
    static WIDE: CacheDef = CacheDef {
        dimensions: &[param("some"); 70],
        facets: &[1 << 63 | 1 << 3, 1 << 3],
        ..CacheDef::DEFAULT
    };
    static CHANGED: EntityDef = EntityDef {
        index: 0,
        name: "row",
        steps: [
            &[],
            &[StepDef {
                bindings: &[
                    bind(3, SourceDef::Identity),
                    bind(65, SourceDef::Identity),
                    bind(69, SourceDef::Literal("x")),
                ],
                ..StepDef::DEFAULT
            }],
            &[],
        ],
        ..SYSTEM
    };
    static SCHEMA: SchemaDef = SchemaDef {
        namespace: "wide",
        scope: None,
        entities: &[&CHANGED],
        caches: &[&WIDE],
    };
    let change = change(&CHANGED, ErasedAction::Update, &[7]);
    let expected = [region(0, 1, &one(7))];
    assert_eq!(regions(&SCHEMA, &change), expected);
    let test = cachex_runtime::testing::runtime(&SCHEMA);
    test.prime_erased(Primed {
        cache: 0,
        scope: None,
        params: vec![7.encode(); 70],
        tags: None,
    });
    test.apply(change);
    assert_eq!(test.recorder().regions(), expected);
    assert_eq!(test.recorder().gone().len(), 1);
}
