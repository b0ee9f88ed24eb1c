//! Queries that a build script generates of `queries/`.

include!(concat!(env!("OUT_DIR"), "/queries.rs"));

pub async fn rename(client: &Client, id: i64, title: &str) {
    queries::posts::rename().bind(client, &title, &id).await;
}

pub async fn all(client: &Client) -> Vec<Post> {
    crate::queries::posts::all().bind(client).all().await
}

pub async fn none_of_these(client: &Client) {
    queries::posts::unknown().bind(client).await;
    queries::posts::deep::rename().bind(client).await;
}

pub fn router() -> axum::Router {
    axum::Router::new().route("/title", axum::routing::put(rename))
}
