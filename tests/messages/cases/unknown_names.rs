//! Names that the schema has not, with the one that was meant.

#![allow(dead_code, unused_variables)]

use cachex::invalidates;
use uuid::Uuid;

mod cache {
    cachex::schema!("cachex.yaml");
}

#[invalidates(pots)]
async fn entity(id: Uuid) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post.update(titel))]
async fn field(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post.update(title), auhtor = author)]
async fn value(post_id: Uuid, author: Uuid) -> Result<(), ()> {
    Ok(())
}

fn main() {}
