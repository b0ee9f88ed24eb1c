//! Names that generated code could trip over compile: those of Rust's prelude, of its crates, and of what stands beside
//! them in the generated code. Deleting a rule breaks no annotation.

#![allow(dead_code, reason = "not every key and function is used here")]

use cachex::invalidates;
use uuid::Uuid;

/// Entities, fields and caches named like everything generated code might name.
mod cache {
    cachex::schema!("tests/names.yaml");
}

/// A schema of few rules.
mod few {
    cachex::schema!("tests/few_rules.yaml");
}

#[invalidates(post.update(category, published), category = old => new, schema = few)]
async fn publish(post_id: Uuid, old: Uuid, new: Uuid) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post.create, author = author, category = _, topics = topics, schema = few)]
async fn create(post_id: Uuid, author: Uuid, topics: Vec<Uuid>) -> Result<(), ()> {
    Ok(())
}

#[invalidates(vec.update(clone, apply, data_value, action), clone = _)]
async fn of_odd_names(vec_id: Uuid) -> Result<(), ()> {
    Ok(())
}

#[test]
fn a_value_that_no_rule_needs_may_be_given() {
    let change = few::post::update_only(Uuid::nil())
        .title()
        .slug("a", "b")
        .author_kept(Uuid::nil());
    assert!(change.regions().is_empty());
}
