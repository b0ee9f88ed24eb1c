//! What is left of each product.

use sqlx::SqlitePool;

/// Takes some away.
pub async fn take(db: &SqlitePool, product: i64, count: i64) -> sqlx::Result<()> {
    sqlx::query("UPDATE products SET stock = stock - ? WHERE id = ?")
        .bind(count)
        .bind(product)
        .execute(db)
        .await?;
    Ok(())
}
