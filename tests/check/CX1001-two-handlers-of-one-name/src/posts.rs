use axum::extract::Path;

/// Advice and title say which of the two it is.
pub async fn change(Path(id): Path<i64>) {
    sqlx::query("UPDATE posts SET title = 'new' WHERE id = $1").bind(id).execute(pool()).await.unwrap();
}

pub async fn remove(Path(id): Path<i64>) {
    sqlx::query("DELETE FROM posts WHERE id = $1").bind(id).execute(pool()).await.unwrap();
}
