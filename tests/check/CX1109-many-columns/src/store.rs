pub use sqlx::SqlitePool as Db;
use uuid::Uuid;

pub type Error = sqlx::Error;

pub async fn insert(db: &Db, title: &str) -> Result<Uuid, Error> {
    let id = Uuid::new_v4();
    sqlx::query!("INSERT INTO posts (id, title) VALUES ($1, $2)", id, title)
        .execute(db)
        .await?;
    Ok(id)
}

pub async fn set_title(db: &Db, id: Uuid, title: &str) -> Result<(), Error> {
    sqlx::query!("UPDATE posts SET title = $1, views = 0, weight = 0, shares = 0, rank = 0, score = 0, pinned = false, hot = false, muted = false WHERE id = $2", title, id)
        .execute(db)
        .await?;
    Ok(())
}

pub async fn remove(db: &Db, id: Uuid) -> Result<(), Error> {
    sqlx::query!("UPDATE posts SET deleted_at = now() WHERE id = $1", id)
        .execute(db)
        .await?;
    Ok(())
}
