mod posts;

#[tokio::main]
async fn main() {
    let app = axum::Router::new().route("/posts", axum::routing::post(posts::import));
    axum::serve(tokio::net::TcpListener::bind("0.0.0.0:80").await.unwrap(), app).await.unwrap();
}
