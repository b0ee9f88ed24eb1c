//! One error for each mistake of the YAML, with file, line, column and code, and none for the handlers.

#![allow(dead_code, unused_variables)]

use cachex::invalidates;
use uuid::Uuid;

mod cache {
    cachex::schema!("mistakes.yaml");
}

struct PostView;

#[invalidates(post.update(title))]
async fn rename(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post.delete, author = author)]
async fn delete(post_id: Uuid, author: Uuid) -> Result<(), ()> {
    Ok(())
}

#[cachex::cached(post_by_id)]
async fn load(id: Uuid) -> Result<PostView, ()> {
    Ok(PostView)
}

fn in_code(post_id: Uuid) {
    cache::post::delete(post_id).record();
    let key = cache::PostById { id: post_id, page: 1 };
}

fn main() {}
