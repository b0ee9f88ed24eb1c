use axum::{Router, extract::{Json, Path}, routing::put};
use uuid::Uuid;

mod store;

#[tokio::main]
async fn main() {
    let app = Router::new().route("/posts/{post_id}", put(save));
    axum::serve(listener().await, app).await.unwrap();
}

#[cachex::invalidates(post.update(title))]
async fn save(Path(post_id): Path<Uuid>, Json(changes): Json<serde_json::Value>) -> Result<(), Error> {
    store::save(&mut connect(), post_id, changes)?;
    Ok(())
}
