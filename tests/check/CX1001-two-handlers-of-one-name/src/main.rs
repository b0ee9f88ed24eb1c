use axum::{Router, routing::{delete, patch}};

mod drafts;
mod posts;

#[tokio::main]
async fn main() {
    let app = Router::new()
        .route("/posts/{id}", patch(posts::change).delete(posts::remove))
        .route("/drafts/{id}", patch(drafts::change));
    axum::serve(listener().await, app).await.unwrap();
}
