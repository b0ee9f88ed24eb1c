pub mod posts;

pub async fn migrate(pool: &sqlx::PgPool) {
    sqlx::raw_sql("CREATE TABLE posts (id BIGINT); INSERT INTO settings (name, value) VALUES ('version', 1);").execute(pool).await;
}
