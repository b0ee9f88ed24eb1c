pub struct Posts(sqlx::PgPool);

impl Posts {
    pub async fn put(&self, title: &str) {
        sqlx::query!("INSERT INTO posts (title) VALUES ($1)", title).execute(&self.0).await.unwrap();
    }
}
