mod model;
#[macro_use]
mod pool;

use axum::Router;
use axum::routing::patch;
use diesel::prelude::*;
use model::{Post, posts};

fn main() {
    let _ = Router::<()>::new().route("/posts/{id}", patch(rename));
}

async fn rename() -> QueryResult<()> {
    let post = with_connection!(pool::pool(), |conn| {
        posts::table.select(Post::as_select()).first(conn).await.optional()
    })?;
    let Some(post) = post else { return Ok(()) };
    with_connection!(pool::pool(), |conn| {
        diesel::update(&post).set(posts::title.eq("new")).execute(conn).await
    })?;
    Ok(())
}
