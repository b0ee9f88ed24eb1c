//! What clients are told of a unit of work.

use cachex_runtime::codegen::{Encode, ErasedAction, ErasedChange, SYSTEM, compose, record};
use cachex_runtime::event::Event;
use cachex_runtime::testing::runtime;
use cachex_runtime::{assert_event, assert_no_event};
use serde_json::{Value as Json, json};

use crate::blog::{AUDIT, LIKE, SCHEMA, change, created, deleted, liked, pictures, updated};

/// The one event of a unit that recorded these changes, without what differs at each start.
async fn told(changes: Vec<ErasedChange>) -> Json {
    let event = event_of(changes).await;
    let mut json = serde_json::to_value(event).unwrap();
    for place in ["ev", "seq"] {
        json.as_object_mut().unwrap().remove(place);
    }
    json
}

async fn event_of(changes: Vec<ErasedChange>) -> Event {
    let test = runtime(&SCHEMA);
    cachex_runtime::unit(async { changes.into_iter().for_each(record) }).await;
    let events = test.recorder().events();
    assert_eq!(events.len(), 1, "{events:?}");
    events[0].clone()
}

#[tokio::test]
async fn one_change_gives_type_action_and_id() {
    let expected = json!({ "kind": "cache", "type": "post", "action": "update", "id": 1 });
    assert_eq!(told(vec![updated(1)]).await, expected);
}

#[tokio::test]
async fn a_bare_annotation_tells_any() {
    let expected = json!({ "kind": "cache", "type": "picture", "action": "any", "id": 1 });
    assert_eq!(told(vec![pictures(&[1])]).await, expected);
}

#[tokio::test]
async fn several_identities_are_listed() {
    let expected = json!({
        "kind": "cache", "type": "picture", "action": "any", "id": null, "ids": [1, 2, 3],
    });
    assert_eq!(told(vec![pictures(&[1, 2, 3, 2])]).await, expected);
}

#[tokio::test]
async fn changes_of_one_entity_and_action_fold() {
    let two = told(vec![updated(1), updated(2)]).await;
    assert_eq!(
        two,
        json!({ "kind": "cache", "type": "post", "action": "update", "id": null, "ids": [1, 2] })
    );
    let twice = told(vec![updated(1), updated(1)]).await;
    assert_eq!(
        twice,
        json!({ "kind": "cache", "type": "post", "action": "update", "id": 1 })
    );
}

#[tokio::test]
async fn up_to_32_identities_are_listed_beyond_them_the_list_as_a_whole() {
    let ids: Vec<i64> = (0..33).collect();
    assert_eq!(
        told(vec![pictures(&ids[..32])]).await["ids"]
            .as_array()
            .unwrap()
            .len(),
        32
    );
    let beyond = told(vec![pictures(&ids)]).await;
    assert_eq!(
        beyond,
        json!({ "kind": "cache", "type": "picture", "action": "any", "id": null })
    );
}

#[tokio::test]
async fn an_unknown_identity_is_the_list_as_a_whole() {
    let unknown = ErasedChange {
        ids: None,
        ..updated(0)
    };
    let expected = json!({ "kind": "cache", "type": "post", "action": "update", "id": null });
    assert_eq!(told(vec![unknown.clone()]).await, expected);
    assert_eq!(told(vec![updated(1), unknown]).await, expected);
}

#[tokio::test]
async fn what_stands_beside_the_head_is_listed_with_it() {
    let nine: Vec<i64> = (1..=9).collect();
    let event = told(vec![updated(1), pictures(&nine), updated(2), created(3)]).await;
    assert_eq!(
        event,
        json!({
            "kind": "cache", "type": "post", "action": "update", "id": null, "ids": [1, 2],
            "changes": [
                { "type": "post", "action": "update", "id": null, "ids": [1, 2] },
                { "type": "picture", "action": "any", "id": null, "ids": nine },
                { "type": "post", "action": "create", "id": 3 },
            ],
        })
    );
}

#[tokio::test]
async fn a_composite_identity_is_an_object() {
    let event = told(vec![liked(5, "a:b")]).await;
    assert_eq!(event["id"], json!({ "post": 5, "user": "a:b" }));
    assert_eq!(LIKE.identity.len(), 2);
}

#[tokio::test]
async fn what_notify_leaves_out_is_neither_head_nor_listed() {
    let silent = || change(&AUDIT, ErasedAction::Create, &[1]);
    let event = told(vec![silent(), updated(1), silent()]).await;
    assert_eq!(
        event,
        json!({ "kind": "cache", "type": "post", "action": "update", "id": 1 })
    );
    let heard = told(vec![silent(), change(&AUDIT, ErasedAction::Delete, &[2])]).await;
    assert_eq!(
        heard,
        json!({ "kind": "cache", "type": "audit", "action": "delete", "id": 2 })
    );
    // It may have been the delete.
    let any = told(vec![change(&AUDIT, ErasedAction::Any, &[3])]).await;
    assert_eq!(any["action"], "any");
}

#[tokio::test]
async fn with_nothing_left_there_is_no_event() {
    let test = runtime(&SCHEMA);
    test.apply(change(&AUDIT, ErasedAction::Create, &[1]));
    test.apply(change(&AUDIT, ErasedAction::Delete, &[]));
    assert_no_event!();
}

#[tokio::test]
async fn the_head_may_give_a_hint() {
    let hint = ErasedChange {
        data: Some(json!({ "title": "x" })),
        ..updated(1)
    };
    let other = ErasedChange {
        data: Some(json!("ignored")),
        ..deleted(2)
    };
    let event = told(vec![hint, other]).await;
    assert_eq!(event["data"], json!({ "title": "x" }));
}

#[tokio::test]
async fn the_flush_of_everything_is_one_event_without_identity() {
    let flush = ErasedChange {
        ids: None,
        ..change(&SYSTEM, ErasedAction::Delete, &[])
    };
    let event = told(vec![flush]).await;
    assert_eq!(
        event,
        json!({ "kind": "cache", "type": "system", "action": "delete", "id": null })
    );
}

/// In one process both are the place in this start's sequence.
#[tokio::test]
async fn an_event_has_an_identity_and_a_place() {
    let test = runtime(&SCHEMA);
    test.apply(updated(1));
    test.apply(updated(2));
    let [first, second] = <[Event; 2]>::try_from(test.recorder().events()).unwrap();
    assert_eq!(first.ev, first.seq);
    let (epoch, number) = first.seq.rsplit_once('-').unwrap();
    assert!(u64::from_str_radix(epoch, 16).is_ok(), "{epoch}");
    assert_eq!(number, "1");
    assert_eq!(second.seq, format!("{epoch}-2"));
    assert_eq!(test.cachex().seq().to_string(), second.seq);
    let other = runtime(&SCHEMA);
    other.apply(updated(1));
    assert_ne!(
        other.recorder().events()[0].seq,
        first.seq,
        "two starts have one epoch"
    );
}

/// A redundant second way: it clears again and tells nobody.
#[tokio::test]
async fn a_change_that_carries_anothers_event_clears_and_tells_nobody() {
    let test = runtime(&SCHEMA);
    test.apply(updated(1));
    let ev = test.recorder().events()[0].ev.clone();
    test.recorder().forget();
    test.apply(ErasedChange {
        same_event: Some(ev),
        ..updated(1)
    });
    assert!(!test.recorder().regions().is_empty());
    assert_no_event!();
}

/// A derived change clears and is never told.
#[tokio::test]
async fn what_a_change_derives_is_not_told() {
    let test = runtime(&SCHEMA);
    let held = crate::blog::Told::after(pictures(&[7]), 0, &[1.encode()]);
    test.apply(held);
    assert!(!test.recorder().regions().is_empty());
    assert_event!(picture.any, id = 7);
    assert!(test.recorder().events()[0].changes.is_empty());
}

#[test]
fn composite_texts_are_joined() {
    assert_eq!(compose(&[5.encode(), "a:b".encode()]).0, "5:a%3Ab");
}
