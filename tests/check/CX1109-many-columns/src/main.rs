use axum::{Router, routing::{get, patch, post, delete}};

mod posts;
mod store;

#[tokio::main]
async fn main() {
    let app = Router::new()
        .route("/posts", post(posts::create))
        .route("/posts/{post_id}", patch(posts::rename).delete(posts::remove));
    axum::serve(listener().await, app).await.unwrap();
}
