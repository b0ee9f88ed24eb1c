mod routes;

use axum::Router;
use axum::routing::patch;

fn main() {
    let _ = Router::new().route("/posts/{id}", patch(routes::rename_post));
}
