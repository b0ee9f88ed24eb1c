use axum::extract::Path;

pub async fn change(Path(id): Path<i64>) {
    sqlx::query("UPDATE posts SET body = 'new' WHERE id = $1").bind(id).execute(pool()).await.unwrap();
}
