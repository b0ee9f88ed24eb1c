use axum::Router;
use axum::extract::{Path, State};
use axum::routing::on;
use blog_store::posts::Posts;

pub fn router() -> Router<Posts> {
    let router = Router::new();
    router.route("/posts/{id}", on(MethodFilter::DELETE, remove))
}

async fn remove(State(posts): State<Posts>, Path(id): Path<i64>) {
    // The answer does not wait for the task.
    tokio::spawn(async move { posts.remove(id).await });
}
