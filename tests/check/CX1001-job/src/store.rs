pub use sqlx::SqlitePool as Db;

pub async fn remove_old(db: &Db) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM posts WHERE likes = 0").execute(db).await?;
    Ok(())
}
