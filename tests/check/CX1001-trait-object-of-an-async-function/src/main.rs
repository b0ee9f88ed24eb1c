mod store;

use axum::extract::Path;
use axum::routing::delete;

#[tokio::main]
async fn main() {
    let app = axum::Router::new().route("/posts/{id}", delete(remove_post));
    axum::serve(tokio::net::TcpListener::bind("0.0.0.0:80").await.unwrap(), app).await.unwrap();
}

async fn remove_post(Path(id): Path<uuid::Uuid>) {
    let store = store::store().await;
    store.delete(id).await;
}
