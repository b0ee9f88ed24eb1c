use uuid::Uuid;

use crate::store::Db;

#[cachex::cached(post_by_id)]
pub async fn load(db: &Db, id: Uuid) -> Result<(String, String), sqlx::Error> {
    let row = sqlx::query!(
        "SELECT posts.title, users.avatar FROM posts JOIN users ON users.id = posts.author_id WHERE posts.id = $1",
        id
    )
    .fetch_one(db)
    .await?;
    Ok((row.title, row.avatar))
}
