use axum::{Router, routing::{get, patch, post, delete}};

mod posts;
mod store;

#[tokio::main]
async fn main() {
    let app = Router::new()
        .route("/posts", post(posts::create))
        .route("/posts/{post_id}", patch(posts::rename).layer(cachex::layer::invalidates!(post.update(title), id = path.post_id)))
        .route("/posts/{post_id}/remove", delete(posts::remove));
    axum::serve(listener().await, app).await.unwrap();
}
