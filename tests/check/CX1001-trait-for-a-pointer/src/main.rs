mod posts;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::routing::patch;
use posts::Posts;

fn main() {
    let _ = Router::new().route("/posts/{id}", patch(rename));
}

async fn rename(State(posts): State<Arc<dyn Posts>>) {
    archive(posts).await;
}

async fn archive(posts: Arc<dyn Posts>) {
    posts.rename("new").await;
}
