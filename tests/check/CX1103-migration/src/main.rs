use sea_orm_migration::prelude::*;

mod fixtures;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared("DELETE FROM users WHERE name IS NULL").await?;
        without_spaces(db, "users").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared("UPDATE users SET name = NULL WHERE name = ''").await?;
        Ok(())
    }
}

async fn without_spaces(db: &SchemaManagerConnection<'_>, table: &str) -> Result<(), DbErr> {
    db.execute_unprepared("UPDATE users SET name = trim(name)").await?;
    db.execute_unprepared(&format!("DELETE FROM {}", settings::prefixed(table))).await?;
    Ok(())
}
