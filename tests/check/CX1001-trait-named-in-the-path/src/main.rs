use axum::{Router, routing::{patch, post}};

mod posts;
mod store;

#[tokio::main]
async fn main() {
    let app = Router::new()
        .route("/posts/{id}", patch(posts::change))
        .route("/posts/{id}/notes", post(posts::note));
    axum::serve(listener().await, app).await.unwrap();
}
