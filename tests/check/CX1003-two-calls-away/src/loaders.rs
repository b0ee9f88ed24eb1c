use uuid::Uuid;

use crate::store::Db;

#[cachex::cached(post_by_id)]
pub async fn load(db: &Db, id: Uuid) -> Result<(String, String), sqlx::Error> {
    let row = sqlx::query!(
        "SELECT posts.title, users.name FROM posts JOIN users ON users.id = posts.author_id WHERE posts.id = $1",
        id
    )
    .fetch_one(db)
    .await?;
    let label = label(db, id).await?;
    Ok((row.title, label))
}

async fn label(db: &Db, id: Uuid) -> Result<String, sqlx::Error> {
    sqlx::query_scalar("SELECT label FROM topics WHERE id = $1").bind(id).fetch_one(db).await
}
