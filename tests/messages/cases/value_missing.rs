//! A value that some rule needs is asked for at the word that makes it needed, with the ways to give it.

#![allow(dead_code, unused_variables)]

use cachex::invalidates;
use uuid::Uuid;

mod cache {
    cachex::schema!("cachex.yaml");
}

// `published` decides in which category a post shows.
#[invalidates(post.update(published))]
async fn publish(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post.create)]
async fn create(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

// The title decides nothing: nothing is asked for.
#[invalidates(post.update(title))]
async fn rename(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

// Bare: what isn't known widens.
#[invalidates(post)]
async fn anything(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

fn main() {}
