//! What the grammar refuses, each with what to write instead.

#![allow(dead_code, unused_variables)]

use cachex::invalidates;
use uuid::Uuid;

mod cache {
    cachex::schema!("cachex.yaml");
}

#[invalidates]
async fn nothing(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post.rename)]
async fn action(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post.create(title))]
async fn fields(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post.update(category), category = new)]
async fn side(post_id: Uuid, new: Uuid) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post.delete, category = old => new)]
async fn two_sides(post_id: Uuid, old: Uuid, new: Uuid) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post, id = a, each = b)]
async fn twice(a: Uuid, b: Vec<Uuid>) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post, author)]
async fn unnamed(post_id: Uuid, author: Uuid) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post, on_error = ignore)]
async fn failing(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post.update(title) category = _)]
async fn comma(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

trait Store {
    #[invalidates(post.update(title))]
    async fn rename(&self, post_id: Uuid) -> Result<(), ()>;
}

#[invalidates(post)]
struct NoFunction;

#[invalidates("post.update")]
async fn quoted(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post::update)]
async fn path(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

#[invalidates(Post)]
async fn named_like_a_type(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post(title))]
async fn without_an_action(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post.title)]
async fn field_for_an_action(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post.update(title, title))]
async fn field_twice(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post, on_error = "invalidate")]
async fn quoted_word(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post, schema = "crate::cache")]
async fn quoted_module(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post, , id = _)]
async fn nothing_between() -> Result<(), ()> {
    Ok(())
}

#[invalidates(post, id = |one, other| one.id)]
async fn closure_of_two() -> Result<(), ()> {
    Ok(())
}

#[invalidates(system.update)]
async fn part_of_all() -> Result<(), ()> {
    Ok(())
}

#[invalidates(system.delete, id = post_id)]
async fn one_of_all(post_id: Uuid) -> Result<(), ()> {
    Ok(())
}

#[invalidates(post)]
const fn constant(post_id: Uuid) {}

fn main() {}
