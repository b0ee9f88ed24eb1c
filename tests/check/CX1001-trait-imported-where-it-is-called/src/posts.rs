use crate::job::Job;
use crate::queue::Publisher;

pub struct Archive;
pub struct Rename;

#[async_trait::async_trait]
impl Publisher for Archive {
    async fn publish(&self) {
        let db = sqlx::PgPool::connect("blog").await.unwrap();
        sqlx::query!("DELETE FROM posts").execute(&db).await.unwrap();
    }
}

#[async_trait::async_trait]
impl Job for Rename {
    async fn run(&self) {
        let db = sqlx::PgPool::connect("blog").await.unwrap();
        sqlx::query!("UPDATE posts SET title = ''").execute(&db).await.unwrap();
    }
}
