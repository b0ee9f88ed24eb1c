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

pub async fn remove(db: &Db, id: Uuid) -> Result<(), Error> {
    sqlx::query!("UPDATE posts SET deleted_at = now() WHERE id = $1", id)
        .execute(db)
        .await?;
    Ok(())
}

pub struct Posts;

impl Posts {
    pub fn forget(&self, _id: Uuid) {}
}

pub fn rename_with(db: &mut diesel::PgConnection, id: Uuid, posts: &Posts) -> Result<(), diesel::result::Error> {
    db.transaction(|connection| {
        diesel::sql_query("UPDATE posts SET title = 'new' WHERE id = $1").execute(connection)?;
        posts.forget(id);
        Ok(())
    })
}
