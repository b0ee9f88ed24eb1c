mod entity;

use axum::{Router, extract::State, routing::{delete, get, patch}};
use entity::post;
use sea_orm::ActiveModelTrait;

#[tokio::main]
async fn main() {
    let routes = Router::new()
        .route("/posts/{id}", get(show).patch(rename).delete(remove))
        .route("/posts/{id}/rank", patch(rank));
    axum::serve(listener().await, routes).await.unwrap();
}

/// Sets what is ignored, and nothing else.
async fn show(State(db): State<Db>, post: post::Model) {
    post.seen().update(&db).await.unwrap();
}

async fn rename(State(db): State<Db>, post: post::Model) {
    let post = post.renamed("new".to_owned()).unwrap();
    post.update(&db).await.unwrap();
}

async fn remove(State(db): State<Db>, post: post::Model) {
    post.hidden().update(&db).await.unwrap();
}

/// What is handed on may have been given anything.
async fn rank(State(db): State<Db>, post: post::Model) {
    post.ranked().update(&db).await.unwrap();
}
