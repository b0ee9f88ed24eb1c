use axum::{Router, routing::{get, patch, post, delete}};

#[cachex::allow(uncovered_write, reason = "an importer clears the caches itself")]
mod import {
    pub async fn run(db: &crate::store::Db) {
        let _ = crate::store::insert(db, "imported").await;
    }
}
mod posts;
mod store;

#[tokio::main]
async fn main() {
    let app = Router::new()
        .route("/posts", post(posts::create))
        .route("/posts/{post_id}", patch(posts::rename).delete(posts::remove))
        .route("/import", post(import));
    axum::serve(listener().await, app).await.unwrap();
}

async fn import() {
    import::run(&connect().await).await;
}
