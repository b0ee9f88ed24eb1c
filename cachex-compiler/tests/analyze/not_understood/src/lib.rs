mod broken;
mod fine;

/// Nobody says which table.
pub async fn clear(pool: &PgPool, table: &str) {
    sqlx::query(&format!("DELETE FROM {table}")).execute(pool).await;
}

pub async fn rows(pool: &PgPool) {
    sqlx::query_file!("queries/missing.sql").execute(pool).await;
    sqlx::query_file!("queries/touch.sql").execute(pool).await;
}

pub async fn odd(pool: &PgPool) {
    sqlx::query("UPDATE posts SET title = ~~~ $1 WHERE (").execute(pool).await;
}

/// Its text stands here, whoever uses it.
macro_rules! wipe {
    ($client:expr, $table:expr) => {
        $client.execute(&format!("DELETE FROM {}", $table))
    };
}

pub fn wipe_posts(client: &Client) {
    wipe!(client, "posts");
}

pub fn wipe_any(client: &Client, table: String) {
    wipe!(client, table);
}
