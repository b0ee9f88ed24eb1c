use uuid::Uuid;

use crate::store::Db;

#[cachex::cached(post_by_id)]
pub async fn load(db: &Db, id: Uuid) -> Result<(String, String), sqlx::Error> {
    let row = sqlx::query!(
        "SELECT posts.title, topics.label FROM posts JOIN posts_topics ON posts_topics.post_id = posts.id JOIN topics ON topics.id = posts_topics.topic_id WHERE posts.id = $1",
        id
    )
    .fetch_one(db)
    .await?;
    Ok((row.title, row.name))
}
