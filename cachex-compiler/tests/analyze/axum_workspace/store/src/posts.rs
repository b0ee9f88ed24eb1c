use sqlx::PgPool;

const REMOVE: &str = "DELETE FROM posts WHERE id = $1";

#[derive(Clone)]
pub struct Posts {
    pool: PgPool,
}

impl Posts {
    pub async fn titles(&self) -> Vec<String> {
        sqlx::query_scalar!("SELECT p.title FROM posts p JOIN users u ON u.id = p.author_id WHERE u.active = true").fetch_all(&self.pool).await.unwrap()
    }

    pub async fn create(&self, title: &str) {
        sqlx::query!(
            "WITH made AS (INSERT INTO posts (title, author_id) VALUES ($1, 1) RETURNING id)
             INSERT INTO blog.posts_topics (post_id) SELECT id FROM made ON CONFLICT DO NOTHING",
            title
        )
        .execute(&self.pool)
        .await
        .unwrap();
    }

    pub async fn rename(&self, id: i64, title: &str) {
        sqlx::query("INSERT INTO titles (post_id, title) VALUES ($1, $2) ON CONFLICT (post_id) DO UPDATE SET title = excluded.title")
            .bind(id)
            .bind(title)
            .execute(&self.pool)
            .await
            .unwrap();
        let sql = match title.is_empty() {
            true => "UPDATE posts SET title = NULL, updated_at = now() WHERE id = $1",
            false => "UPDATE \"posts\" SET title = $2 WHERE id = $1",
        };
        sqlx::query(sql).bind(id).bind(title).execute(&self.pool).await.unwrap();
    }

    pub async fn remove(&self, id: i64) {
        sqlx::query(REMOVE).bind(id).execute(&self.pool).await.unwrap();
    }

    pub async fn in_transaction<F: AsyncFnOnce(&mut Transaction) -> ()>(&self, work: F) {
        let mut tx = self.pool.begin().await.unwrap();
        work(&mut tx).await;
        tx.commit().await.unwrap();
    }
}

pub async fn untag(posts: &Posts, id: i64) {
    let mut builder = sqlx::QueryBuilder::new("DELETE FROM posts_tags WHERE post_id = ");
    builder.push_bind(id);
    builder.build().execute(&posts.pool).await.unwrap();
}

pub async fn wipe(tx: &mut Transaction) {
    sqlx::query("TRUNCATE TABLE posts, users").execute(tx).await.unwrap();
}

#[cfg(test)]
mod tests {
    #[sqlx::test]
    async fn seeds(pool: sqlx::PgPool) {
        sqlx::query("INSERT INTO posts (title) VALUES ('seed')").execute(&pool).await.unwrap();
    }
}
