//! A value of another type than the schema has.

#![allow(dead_code, unused_variables)]

use cachex::invalidates;
use uuid::Uuid;

mod cache {
    cachex::schema!("cachex.yaml");
}

#[invalidates(post.update(title))]
async fn rename(post_id: u32) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post.delete, category = category)]
async fn delete(post_id: Uuid, category: String) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post.update(slug), id = |post| post.key)]
async fn slug() -> Result<Post, ()> {
    Err(())
}

struct Post {
    id: Uuid,
}

fn main() {}
