//! The statements that take pictures off what they belong to. They record nothing: whoever calls them knows the change.

use sqlx::SqliteConnection;
use uuid::Uuid;

/// Where a picture was before it was taken off.
pub(crate) type Was = (Option<Uuid>, Option<Uuid>);

/// Takes a picture off its post and page; `None` where there is no such picture.
pub(crate) async fn clear(
    connection: &mut SqliteConnection,
    picture: Uuid,
) -> Result<Option<Was>, sqlx::Error> {
    let was: Option<Was> = sqlx::query_as("SELECT post_id, page_id FROM pictures WHERE id = ?")
        .bind(picture)
        .fetch_optional(&mut *connection)
        .await?;
    sqlx::query("UPDATE pictures SET post_id = NULL, page_id = NULL WHERE id = ?")
        .bind(picture)
        .execute(connection)
        .await?;
    Ok(was)
}

/// Takes all pictures off a page, and tells which.
pub(crate) async fn clear_page(
    connection: &mut SqliteConnection,
    page: Uuid,
) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar("UPDATE pictures SET page_id = NULL WHERE page_id = ? RETURNING id")
        .bind(page)
        .fetch_all(connection)
        .await
}
