#[derive(clap::Subcommand)]
pub enum Command {
    Rename { id: uuid::Uuid, title: String },
}

impl Command {
    pub async fn run(self) -> anyhow::Result<()> {
        let Self::Rename { id, title } = self;
        let db = sqlx::SqlitePool::connect("sqlite:blog.db").await?;
        sqlx::query!("UPDATE posts SET title = $1 WHERE id = $2", title, id).execute(&db).await?;
        Ok(())
    }
}
