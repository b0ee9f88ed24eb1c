//! What cannot be the loader of a cache.

#![allow(dead_code, unused_variables)]

use uuid::Uuid;

mod cache {
    cachex::schema!("cachex.yaml");
}

struct Transaction;
struct PostView;

impl cachex::Tagged<cache::PostById> for PostView {
    fn tags(&self) -> cache::PostByIdTags {
        cache::PostByIdTags { author: Uuid::nil() }
    }
}

// What a transaction sees is kept for nobody.
#[cachex::cached(post_by_id)]
async fn within(tx: &mut Transaction, id: Uuid) -> Result<PostView, ()> {
    Ok(PostView)
}

trait Executor<'a> {}

#[cachex::cached(post_by_id)]
async fn on_a_connection<'e>(on: impl Executor<'e>, id: Uuid) -> Result<PostView, ()> {
    Ok(PostView)
}

#[cachex::cached(post_by_id)]
fn sync(id: Uuid) -> Result<PostView, ()> {
    Ok(PostView)
}

#[cachex::cached(post_by_id)]
async fn infallible(id: Uuid) -> PostView {
    PostView
}

#[cachex::cached]
async fn of_nothing(id: Uuid) -> Result<PostView, ()> {
    Ok(PostView)
}

#[cachex::cached("post_by_id")]
async fn quoted(id: Uuid) -> Result<PostView, ()> {
    Ok(PostView)
}

#[cachex::cached(PostById)]
async fn by_its_key(id: Uuid) -> Result<PostView, ()> {
    Ok(PostView)
}

#[cachex::cached(post_by_id, ttl = "1m")]
async fn with_a_ttl(id: Uuid) -> Result<PostView, ()> {
    Ok(PostView)
}

#[cachex::cached(post_by_id)]
async fn option(id: Uuid) -> Option<PostView> {
    None
}

#[cachex::cached(post_by_id)]
struct NoFunction;

fn main() {}
