//! A change clears nothing until it is applied or recorded.

#![deny(unused_must_use)]
#![allow(dead_code, unused_variables)]

use uuid::Uuid;

mod cache {
    cachex::schema!("cachex.yaml");
}

fn forget(post_id: Uuid) {
    cache::post::update_only(post_id).title();
}

fn forget_all() {
    cache::system::delete();
}

async fn forget_to_await(cx: &cachex::Cachex, post_id: Uuid) {
    cache::post::update_only(post_id).title().apply(cx);
}

fn main() {}
