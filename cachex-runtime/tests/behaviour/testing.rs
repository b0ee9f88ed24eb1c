//! What the application's own tests lean on must be able to fail.

use std::time::Duration;

use cachex_runtime::codegen::{ErasedAction, NoTags};
use cachex_runtime::testing::{recorder, runtime};
use cachex_runtime::{Cachex, assert_cleared, assert_event, assert_kept, assert_no_event};

use crate::blog::{
    ByTopic, PostById, PostByIdTags, PostPages, PostPagesTags, SCHEMA, Told as _, USER, change,
    created, pictures, updated,
};
use crate::shop;

#[test]
fn primed_entries_go_with_what_they_lie_in() {
    let test = runtime(&SCHEMA);
    test.prime(&PostById(1), Some(PostByIdTags { author: 7 }));
    test.prime(&PostById(2), Some(PostByIdTags { author: 8 }));
    test.prime(&PostById(3), None);
    test.apply(change(&USER, ErasedAction::Update, &[7]));
    assert_cleared!(post_by_id[1_i64]);
    assert_kept!(post_by_id[2_i64]);
    // Its tags aren't known: it lies in every region a tag binds.
    assert_cleared!(post_by_id[3_i64]);
}

#[test]
fn an_entry_with_more_tags_than_are_kept_apart_lies_in_all() {
    let test = runtime(&SCHEMA);
    let page = |page| PostPages {
        category: None,
        page,
    };
    test.prime(&page(1), Some(PostPagesTags { item: vec![1, 2] }));
    test.prime(
        &page(2),
        Some(PostPagesTags {
            item: vec![1, 2, 3],
        }),
    );
    test.prime(&page(3), Some(PostPagesTags { item: vec![] }));
    test.apply(updated(9).setting(&[crate::blog::TITLE]));
    assert_kept!(post_pages[None::<i64>, 1_u32]);
    assert_cleared!(post_pages[None::<i64>, 2_u32]);
    assert_kept!(post_pages[None::<i64>, 3_u32]);
}

#[test]
fn what_is_primed_after_a_change_is_kept() {
    let test = runtime(&SCHEMA);
    test.apply(created(1));
    test.prime(&PostById(1), None);
    assert_kept!(post_by_id);
}

/// 5 000 entries on 512 slots: most share one with another.
#[test]
fn entries_that_share_a_slot_with_what_was_cleared_count_as_kept() {
    let test = runtime(&SCHEMA);
    for id in 0..5000 {
        test.prime(&PostById(id), Some(PostByIdTags { author: id }));
    }
    test.apply(updated(1).setting(&[]));
    assert_eq!(test.recorder().gone().len(), 1);
    assert_eq!(test.recorder().kept().len(), 4999);
    assert_cleared!(post_by_id[1_i64]);
}

#[test]
fn scopes_are_kept_apart() {
    let test = runtime(&shop::SCHEMA);
    test.prime(&shop::ProductById { tenant: "a", id: 1 }, Some(NoTags));
    test.apply(shop::product_of("b", 1));
    assert_kept!(product_by_id[1_i64]);
    test.apply(shop::product_of("a", 1));
    assert_cleared!(product_by_id[1_i64]);
}

#[test]
#[should_panic(expected = "1 of 1 primed entries of `post_by_id` are still served")]
fn an_entry_that_is_kept_is_not_cleared() {
    let test = runtime(&SCHEMA);
    test.prime(&PostById(1), None);
    assert_cleared!(post_by_id[1_i64]);
}

#[test]
#[should_panic(expected = "1 of 2 primed entries of `post_by_id` are gone")]
fn an_entry_that_is_cleared_is_not_kept() {
    let test = runtime(&SCHEMA);
    test.prime(&PostById(1), Some(PostByIdTags { author: 1 }));
    test.prime(&PostById(2), Some(PostByIdTags { author: 1 }));
    test.apply(created(2));
    assert_kept!(post_by_id);
}

#[test]
#[should_panic(expected = "no entry of `post_by_id` with the params")]
fn what_was_not_primed_can_not_be_told() {
    let test = runtime(&SCHEMA);
    test.apply(created(2));
    assert_cleared!(post_by_id[2_i64]);
}

#[test]
#[should_panic(expected = "`post.update` was told and not `post.create`")]
fn another_event_is_not_this_one() {
    let test = runtime(&SCHEMA);
    test.apply(updated(1));
    assert_event!(post.create);
}

#[test]
#[should_panic(expected = "`id` is 1 and not 2")]
fn nor_is_one_of_another_identity() {
    let test = runtime(&SCHEMA);
    test.apply(updated(1));
    assert_event!(post.update, id = 2);
}

#[test]
#[should_panic(expected = "2 events were told and not one")]
fn nor_are_two() {
    let test = runtime(&SCHEMA);
    test.apply(updated(1));
    test.apply(updated(1));
    assert_event!(post.update, id = 1);
}

#[test]
#[should_panic(expected = "1 events were told")]
fn an_event_is_not_none() {
    let test = runtime(&SCHEMA);
    test.apply(updated(1));
    assert_no_event!();
}

#[test]
fn the_header_an_answer_would_have_is_recorded() {
    let test = runtime(&SCHEMA);
    assert_eq!(test.recorder().header(), None);
    test.apply(pictures(&[4, 5]));
    let place = test.cachex().seq();
    assert_event!(picture.any, ids = [4, 5]);
    assert_eq!(
        test.recorder().header().unwrap(),
        format!(
            r#""picture"; id="4"; action=any; ev="{place}"; seq="{place}", "picture"; id="5"; action=any; ev="{place}"; seq="{place}""#
        )
    );
}

#[test]
fn what_was_recorded_can_be_forgotten() {
    let test = runtime(&SCHEMA);
    test.prime(&PostById(1), None);
    test.apply(updated(1));
    test.recorder().forget();
    assert_no_event!();
    assert!(test.recorder().gone().is_empty() && test.recorder().kept().is_empty());
    assert!(test.recorder().regions().is_empty());
}

#[test]
fn a_runtime_is_the_default_of_its_thread_while_it_lives() {
    assert!(Cachex::installed().is_none());
    let test = runtime(&SCHEMA);
    assert!(Cachex::installed().is_some());
    assert!(recorder().events().is_empty());
    let elsewhere = std::thread::spawn(|| Cachex::installed().is_none()).join();
    assert!(elsewhere.unwrap());
    let inner = runtime(&SCHEMA);
    inner.apply(updated(1));
    assert_event!(post.update);
    drop(inner);
    assert_no_event!();
    drop(test);
    assert!(Cachex::installed().is_none());
}

#[tokio::test]
async fn its_clock_stands_still_until_it_is_told_to_move() {
    let test = runtime(&SCHEMA);
    let load = || async { Ok::<_, ()>(None::<crate::reads::Post>) };
    test.cachex().get_or_load(&PostById(1), load).await.unwrap();
    let kept = || {
        test.cachex()
            .get::<_, crate::reads::Post>(&PostById(1))
            .is_some()
    };
    // "There is none" is kept for 30 s.
    test.clock().advance(Duration::from_secs(29));
    assert!(kept());
    test.clock().advance(Duration::from_secs(2));
    assert!(!kept());
}

#[tokio::test]
async fn caches_without_a_ttl_keep_what_is_not_invalidated() {
    let test = runtime(&SCHEMA);
    let topic = ByTopic("a".to_owned());
    test.cachex()
        .get_or_load(&topic, || async { Ok::<_, ()>(1) })
        .await
        .unwrap();
    test.clock().advance(Duration::from_secs(1 << 30));
    assert!(test.cachex().get::<_, i32>(&topic).is_some());
}
