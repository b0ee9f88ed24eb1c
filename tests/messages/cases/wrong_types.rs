//! A value of another type than the schema has.

#![allow(dead_code, unused_variables)]

use cachex::invalidates;
use uuid::Uuid;

mod cache {
    cachex::schema!("cachex.yaml");
}

#[invalidates(post.update(title))]
async fn rename(post_id: u32) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post.delete, category = category)]
async fn delete(post_id: Uuid, category: String) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post.update(slug), id = |post| post.key)]
async fn slug() -> Result<Post, ()> {
    Err(())
}

struct Post {
    id: Uuid,
    title: String,
}

// Of the right name, and another type.
#[invalidates(post.create, id = |post| post.title, category = |post| post.id)]
async fn create() -> Result<Post, ()> {
    Err(())
}

#[invalidates(post.update(title), each = post_id)]
async fn one_for_each(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post.update(title), id = ids)]
async fn each_for_one(ids: Vec<Uuid>) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post.update(topics), topics = _ => topic)]
async fn one_for_many(post_id: Uuid, topic: Uuid) -> Result<(), ()> {
    Ok(())
}

#[invalidates(like, id = (post, user))]
async fn component(post: Uuid, user: u32) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post.update(title), success = true)]
async fn judged(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

async fn unit() {
    cachex::unit(async { Post { id: Uuid::nil(), title: String::new() } }).await;
}

async fn no_key(cx: &cachex::Cachex, id: Uuid) {
    let found: Option<Option<std::sync::Arc<Post>>> = cx.get(&id);
}

fn main() {}
