//! A loader that does not fit its cache.

#![allow(dead_code, unused_variables)]

use uuid::Uuid;

mod cache {
    cachex::schema!("cachex.yaml");
}

struct PostView;

impl cachex::Tagged<cache::PostById> for PostView {
    fn tags(&self) -> cache::PostByIdTags {
        cache::PostByIdTags { author: Uuid::nil() }
    }
}

// The key asks for an `id`.
#[cachex::cached(post_by_id)]
async fn unnamed(slug: String) -> Result<PostView, ()> {
    Ok(PostView)
}

#[cachex::cached(post_by_id)]
async fn of_another_type(id: u32) -> Result<PostView, ()> {
    Ok(PostView)
}

#[cachex::cached(posts_by_id)]
async fn unknown(id: Uuid) -> Result<PostView, ()> {
    Ok(PostView)
}

// One of two params is there.
#[cachex::cached(posts_of_category)]
async fn without_a_page(category: Uuid) -> Result<Vec<PostView>, ()> {
    Ok(Vec::new())
}

// The cache keeps no "there is none".
#[cachex::cached(posts_of_topic)]
async fn perhaps(topic: Uuid) -> Result<Option<PostView>, ()> {
    Ok(None)
}

struct Untagged;

// The cache has tags: nobody says which.
#[cachex::cached(post_by_id)]
async fn untagged(id: Uuid) -> Result<Untagged, ()> {
    Ok(Untagged)
}

fn main() {}
