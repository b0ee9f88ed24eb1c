use std::sync::Arc;

#[async_trait::async_trait]
pub trait Posts: Send + Sync {
    async fn rename(&self, title: &str);
}

#[async_trait::async_trait]
impl<T: Posts + ?Sized> Posts for Arc<T> {
    async fn rename(&self, title: &str) {
        (**self).rename(title).await;
    }
}

pub struct Stored(sqlx::PgPool);

#[async_trait::async_trait]
impl Posts for Stored {
    async fn rename(&self, title: &str) {
        sqlx::query!("UPDATE posts SET title = $1", title).execute(&self.0).await.unwrap();
    }
}
