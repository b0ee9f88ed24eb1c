//! The texts of keys.

use cachex_runtime::Cachex;
use cachex_runtime::codegen::{Encode, ErasedAction, ErasedChange, Key, Value, regions};

use crate::blog::{self, ByTopic, PostById, PostPages, Told as _};
use crate::shop::{self, ProductById};

fn key(key: &impl Key) -> String {
    Cachex::builder(&blog::SCHEMA).build().key(key)
}

#[test]
fn a_key_is_namespace_and_template() {
    assert_eq!(key(&PostById(7)), "blog:post:7");
}

#[test]
fn versions_other_than_the_first_are_part_of_it() {
    assert_eq!(
        key(&PostPages {
            category: Some(1),
            page: 2
        }),
        "blog:v2:posts:1:2:end"
    );
}

#[test]
fn so_is_the_scope() {
    let cx = Cachex::builder(&shop::SCHEMA).build();
    assert_eq!(
        cx.key(&ProductById {
            tenant: "a:b",
            id: 1
        }),
        "shop:a%3Ab:product:1"
    );
}

#[test]
fn the_namespace_may_be_another_at_each_start() {
    let cx = Cachex::builder(&blog::SCHEMA)
        .namespace("blog-staging")
        .build();
    assert_eq!(cx.key(&PostById(7)), "blog-staging:post:7");
}

#[test]
fn an_absent_param_differs_from_every_present_one() {
    let absent = key(&PostPages {
        category: None,
        page: 2,
    });
    assert_eq!(absent, "blog:v2:posts:%-:2:end");
    assert_ne!(Value::ABSENT, "".encode());
    assert_ne!(Value::ABSENT, "%-".encode());
}

#[test]
fn what_means_something_in_a_key_is_encoded() {
    let topic = key(&ByTopic(":%*?[]{} \t\u{7f}".to_owned()));
    assert_eq!(topic, "blog:topic:%3A%25%2A%3F%5B%5D%7B%7D%20%09%7F");
}

#[test]
fn different_values_have_different_keys() {
    let texts = [
        "", " ", "a", "a ", "a%20", "%61", "A", "ä", "a\u{308}", "%-", "a:b", "a", "null",
    ];
    let mut keys: Vec<String> = texts
        .iter()
        .map(|it| key(&ByTopic((*it).to_owned())))
        .collect();
    keys.sort();
    let all = keys.len();
    keys.dedup();
    // "a" stands in the list twice.
    assert_eq!(keys.len(), all - 1);
}

/// What a change would clear, as keys: for people, and for whoever deletes keys elsewhere.
#[test]
fn a_region_is_a_pattern_of_keys() {
    let patterns = |schema, change: &ErasedChange| -> Vec<String> {
        let cx = Cachex::builder(schema).build();
        let regions = regions(schema, change);
        regions.iter().map(|region| cx.pattern(region)).collect()
    };
    let moved = blog::deleted(7)
        .before(blog::CATEGORY, &[1.encode()])
        .before(blog::AUTHOR, &[3.encode()]);
    assert_eq!(
        patterns(&blog::SCHEMA, &moved),
        [
            "blog:v2:posts:%-:*:end",
            "blog:v2:posts:1:*:end",
            "blog:drafts:3:*",
            "blog:post:7"
        ]
    );
    let renamed = blog::change(&blog::USER, ErasedAction::Update, &[7]);
    assert_eq!(
        patterns(&blog::SCHEMA, &renamed),
        ["blog:post:* (author=7)"]
    );
    assert_eq!(
        patterns(&shop::SCHEMA, &shop::product_of("a", 1)),
        ["shop:a:product:1"]
    );
    assert_eq!(
        patterns(&shop::SCHEMA, &shop::currency("EUR")),
        ["shop:*:product:*", "shop:rates"]
    );
}
