pub mod admin;

use axum::extract::{Path, State};
use axum::routing::{delete, get, patch};
use axum::{Json, Router};
use blog_store::posts::{self, Posts};

pub fn public() -> Router<Posts> {
    Router::new()
        .route("/posts", get(list).post(create))
        .route("/posts/{id}", patch(rename).layer(cachex::layer::invalidates!(post.update(title))))
        .route("/posts/{id}/tags", delete(untag))
}

async fn list(State(posts): State<Posts>) -> Json<Vec<String>> {
    Json(posts.titles().await)
}

async fn create(State(posts): State<Posts>, Json(title): Json<String>) {
    posts.create(&title).await
}

async fn rename(State(posts): State<Posts>, Path(id): Path<i64>, Json(title): Json<String>) {
    posts.rename(id, &title).await
}

async fn untag(State(posts): State<Posts>, Path(id): Path<i64>) {
    posts::untag(&posts, id).await
}

pub async fn reset(State(posts): State<Posts>) {
    posts.in_transaction(async |tx| posts::wipe(tx).await).await
}
