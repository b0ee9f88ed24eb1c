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

#[async_trait::async_trait]
pub trait Repository: Send + Sync {
    async fn set_title(&self, id: Uuid, title: &str) -> Result<(), Error>;
}

pub struct Sqlite(Db);

pub struct Memory;

#[async_trait::async_trait]
impl Repository for Memory {
    async fn set_title(&self, _id: Uuid, _title: &str) -> Result<(), Error> {
        Ok(())
    }
}

#[async_trait::async_trait]
impl Repository for Sqlite {
    async fn set_title(&self, id: Uuid, title: &str) -> Result<(), Error> {
        set_title(&self.0, id, title).await
    }
}

async fn set_title(db: &Db, id: Uuid, title: &str) -> Result<(), Error> {
    sqlx::query!("UPDATE posts SET title = $1, updated_at = now() WHERE id = $2", title, id)
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
