mod routes;

use axum::Router;
use axum::routing::get;

#[tokio::main]
async fn main() {
    blog_store::migrate(&pool()).await;
    let mut app = Router::new().route("/health", get(|| async { "ok" }));
    app = app.merge(routes::public()).nest("/admin", routes::admin::router());
    if std::env::var("DEBUG").is_ok() {
        app = app.route("/debug/reset", axum::routing::post(routes::reset));
    }
    axum::serve(listener().await, app).await.unwrap();
}
