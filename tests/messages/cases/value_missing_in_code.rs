//! The same for a change that is built in the body.

#![allow(dead_code, unused_variables)]

use uuid::Uuid;

mod cache {
    cachex::schema!("cachex.yaml");
}

fn delete(post_id: Uuid) {
    cache::post::delete(post_id).record();
}

async fn apply(cx: &cachex::Cachex, post_id: Uuid) {
    cache::post::update(post_id).apply(cx).await;
}

fn regions(post_id: Uuid) {
    let regions = cache::post::create(post_id).regions();
}

fn main() {}
