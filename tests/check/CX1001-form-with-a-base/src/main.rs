use axum::{Router, routing::patch};

mod posts;
mod store;

#[tokio::main]
async fn main() {
    let app = Router::new().route("/posts/{id}", patch(posts::change));
    axum::serve(listener().await, app).await.unwrap();
}
