//! `X-Cache-Invalidate`, through the layer.

use cachex_runtime::codegen::{ErasedAction, ErasedChange, SYSTEM, record};
use cachex_runtime::testing::{Runtime, runtime};

use crate::blog::{AUDIT, SCHEMA, change, liked, pictures, updated};
use crate::http::{answer, header};

/// The header of a request that recorded these changes; places as `@`.
async fn told(test: &Runtime, changes: Vec<ErasedChange>) -> Option<String> {
    let response = answer(test, move || {
        changes.iter().cloned().for_each(record);
        "done"
    });
    let text = header(&response.await, "x-cache-invalidate")?;
    let place = test.cachex().seq().to_string();
    Some(text.replace(&format!("{place:?}"), "@"))
}

#[tokio::test]
async fn one_change_is_one_item() {
    let test = runtime(&SCHEMA);
    let expected = r#""post"; id="1"; action=update; ev=@; seq=@"#;
    assert_eq!(told(&test, vec![updated(1)]).await.unwrap(), expected);
}

#[tokio::test]
async fn each_identity_is_an_item_of_its_own() {
    let test = runtime(&SCHEMA);
    let expected = r#""post"; id="1"; action=update; ev=@; seq=@, "picture"; id="4"; action=any; ev=@; seq=@, "picture"; id="5"; action=any; ev=@; seq=@"#;
    assert_eq!(
        told(&test, vec![updated(1), pictures(&[4, 5])])
            .await
            .unwrap(),
        expected
    );
}

#[tokio::test]
async fn the_list_as_a_whole_has_no_identity() {
    let test = runtime(&SCHEMA);
    let unknown = ErasedChange {
        ids: None,
        ..updated(0)
    };
    let expected = r#""post"; action=update; ev=@; seq=@"#;
    assert_eq!(told(&test, vec![unknown]).await.unwrap(), expected);
    let flush = ErasedChange {
        ids: None,
        ..change(&SYSTEM, ErasedAction::Delete, &[])
    };
    let expected = r#""system"; action=delete; ev=@; seq=@"#;
    assert_eq!(told(&test, vec![flush]).await.unwrap(), expected);
}

#[tokio::test]
async fn a_composite_identity_stands_as_in_a_key() {
    let test = runtime(&SCHEMA);
    let expected = r#""like"; id="5:a%3Ab"; action=create; ev=@; seq=@"#;
    assert_eq!(told(&test, vec![liked(5, "a:b")]).await.unwrap(), expected);
}

/// A string of RFC 9651 is printable ASCII, its quotes and backslashes escaped.
#[tokio::test]
async fn any_identity_is_a_string_of_the_rfc() {
    let test = runtime(&SCHEMA);
    let expected = r#""like"; id="5:\"\\%C3%BC%0A"; action=create; ev=@; seq=@"#;
    assert_eq!(
        told(&test, vec![liked(5, "\"\\ü\n")]).await.unwrap(),
        expected
    );
}

#[tokio::test]
async fn above_four_kilobytes_it_is_cut_to_everything() {
    let test = runtime(&SCHEMA);
    let expected = r#""*"; ev=@; seq=@"#;
    let long = |length: usize| vec![liked(5, &"x".repeat(length))];
    assert_eq!(told(&test, long(5000)).await.unwrap(), expected);
    let below = told(&test, long(3900)).await.unwrap();
    assert!(below.starts_with(r#""like"; id="5:xxx"#));
}

#[tokio::test]
async fn nothing_to_tell_is_no_header() {
    let test = runtime(&SCHEMA);
    assert_eq!(told(&test, vec![]).await, None);
    assert_eq!(
        told(&test, vec![change(&AUDIT, ErasedAction::Create, &[1])]).await,
        None
    );
}

#[tokio::test]
async fn what_was_applied_within_the_unit_stands_in_it_too() {
    let test = runtime(&SCHEMA);
    let cx = test.cachex().clone();
    let response = answer(&test, move || {
        let _ = cx.notify(updated(2));
        "done"
    });
    let text = header(&response.await, "x-cache-invalidate").unwrap();
    assert!(
        text.starts_with(r#""post"; id="2"; action=update"#),
        "{text}"
    );
}
