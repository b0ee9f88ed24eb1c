/// Neither a migration nor reached.
pub async fn two_users(db: &sqlx::PgPool) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO users (name) VALUES ('first')").execute(db).await?;
    sqlx::query("UPDATE users SET name = 'second' WHERE name IS NULL").execute(db).await?;
    Ok(())
}
