//! No parameter identifies the entity, or nobody knows which.

#![allow(dead_code, unused_variables)]

use cachex::invalidates;
use uuid::Uuid;

mod cache {
    cachex::schema!("cachex.yaml");
}

#[invalidates(post.update(title))]
async fn rename(title: String) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post)]
async fn anything() -> Result<(), ()> {
    Ok(())
}

// Of two annotations, none may take the bare `id`.
#[invalidates(post.update(title))]
#[invalidates(topic.update(label))]
async fn both(id: Uuid, topic_id: Uuid) -> Result<(), ()> {
    Ok(())
}

// A composite identity lacks a component.
#[invalidates(like)]
async fn like(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

fn main() {}
