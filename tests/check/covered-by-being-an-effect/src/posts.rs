use axum::extract::{Path, State};
use sqlx::SqlitePool;
use uuid::Uuid;

// The handler is named as an effect itself: it clears by means of its own.
pub async fn rename(State(db): State<SqlitePool>, Path(post_id): Path<Uuid>) -> Result<(), sqlx::Error> {
    sqlx::query!("UPDATE posts SET title = 'new' WHERE id = $1", post_id)
        .execute(&db)
        .await?;
    Ok(())
}
