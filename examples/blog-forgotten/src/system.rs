//! What concerns all caches at once.

use axum::http::StatusCode;

/// `DELETE /caches`: drops everything, and tells clients to do the same.
#[cachex::invalidates(system.delete)]
pub async fn flush() -> StatusCode {
    StatusCode::NO_CONTENT
}
