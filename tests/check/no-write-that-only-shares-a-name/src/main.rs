mod posts;

use axum::Router;
use axum::routing::put;

fn main() {
    let _ = Router::<()>::new().route("/reports/{id}", put(report));
}

/// An HTTP client's `put` is no `put` of a table, whatever its type: this handler writes nothing.
async fn report() {
    let client = elsewhere::client();
    match client.put("https://reports").send().await {
        Err(error) => if !error.is_timeout() {
            return;
        }
        Ok(_) => {}
    }
}
