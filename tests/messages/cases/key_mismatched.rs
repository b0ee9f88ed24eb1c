//! Keys are made of what their holes are.

#![allow(dead_code, unused_variables)]

use uuid::Uuid;

mod cache {
    cachex::schema!("cachex.yaml");
}

fn keys(post_id: Uuid) {
    let wrong = cache::PostById { id: 7 };
    let lacking = cache::PostsOfCategory { category: post_id };
    let unknown = cache::PostsByCategory { category: post_id };
}

fn main() {}
