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

/// Pieced together: the piece that writes ends what another began. Prose in parentheses is none.
pub async fn pieced(pool: &PgPool, hidden: bool) -> String {
    let mut query = String::from("WITH found AS (SELECT id FROM stacks");
    if hidden {
        query.push_str(" WHERE hidden");
    }
    query.push_str(
        "
            LIMIT 1
        )
        UPDATE stacks SET locked = true WHERE id IN (SELECT id FROM found)",
    );
    sqlx::query(&query).execute(pool).await;
    String::from("locked (perhaps) update the set of rows")
}
