//! The module of `schema!` was forgotten, or lies elsewhere.

#![allow(dead_code, unused_variables)]

use uuid::Uuid;

#[cachex::invalidates(post.update(title))]
async fn rename(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

mod domain {
    pub mod cache {
        cachex::schema!("cachex.yaml");
    }
}

#[cachex::invalidates(post.update(title), schema = domain::caches)]
async fn elsewhere(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

fn main() {}
