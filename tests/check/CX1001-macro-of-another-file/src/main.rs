#[macro_use]
mod model;
mod posts;

use axum::Router;
use axum::routing::post;

fn main() {
    let _ = Router::<()>::new().route("/posts", post(create));
}

async fn create() {
    posts::Post::insert(&model::connect(), posts::NewPost { title: String::new() }).unwrap();
}
