//! Reads with `get_or_load`: one mistake each. What is wrong with an argument rustc tells of the future and of its `.await` again.

#![allow(dead_code, unused_variables)]

use cachex::{Cachex, tagged};
use uuid::Uuid;

mod cache {
    cachex::schema!("reads.yaml");
}

pub struct Post;
pub struct User;

async fn post(id: Uuid) -> Result<Post, ()> {
    Ok(Post)
}

async fn no_reference(cx: &Cachex, id: Uuid) {
    let found = cx.get_or_load(cache::UserById { id }, async || Ok::<_, ()>(User)).await;
}

async fn no_key(cx: &Cachex, id: Uuid) {
    let found = cx.get_or_load(&id, async || Ok::<_, ()>(User)).await;
}

async fn no_tags(cx: &Cachex, id: Uuid) {
    let found = cx.get_or_load(&cache::PostById { id }, async || post(id).await).await;
}

async fn wrong_tags(cx: &Cachex, id: Uuid) {
    let load = async || Ok::<_, ()>(tagged(Post, id));
    let found = cx.get_or_load(&cache::PostById { id }, load).await;
}

async fn wrong_value(cx: &Cachex, id: Uuid) {
    let load = async || Ok::<_, ()>(tagged(User, cache::PostByIdTags { author: id }));
    let found = cx.get_or_load(&cache::PostById { id }, load).await;
}

async fn no_result(cx: &Cachex, id: Uuid) {
    let found = cx.get_or_load(&cache::UserById { id }, async || User).await;
}

async fn no_closure(cx: &Cachex, id: Uuid) {
    let found = cx.get_or_load(&cache::UserById { id }, async { Ok::<_, ()>(User) }).await;
}

async fn no_future(cx: &Cachex, id: Uuid) {
    let found = cx.get_or_load(&cache::UserById { id }, || Ok::<_, ()>(User)).await;
}

async fn always_there(cx: &Cachex, title: String) {
    let found = cx.get_or_load(&cache::PostByTitle { title }, async || Ok::<_, ()>(Post)).await;
}

async fn perhaps_there(cx: &Cachex, id: Uuid) {
    let load = async || Ok::<_, ()>(Some(tagged(Post, cache::PostByIdTags { author: id })));
    let found = cx.get_or_load(&cache::PostById { id }, load).await;
}

fn main() {}
