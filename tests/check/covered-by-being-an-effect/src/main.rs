use axum::{Router, routing::patch};

mod posts;

#[tokio::main]
async fn main() {
    let app = Router::new().route("/posts/{post_id}", patch(posts::rename));
    axum::serve(listener().await, app).await.unwrap();
}
