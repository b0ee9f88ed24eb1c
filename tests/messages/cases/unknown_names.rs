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

// A field of another entity.
#[invalidates(post.update(label))]
async fn of_another(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

// The field is declared by its name alone: there is no type to give a value of.
#[invalidates(post.update(title), title = "a" => "b")]
async fn untyped(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post.update(title), scope = "tenant")]
async fn unscoped(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

fn main() {}
