use axum::extract::State;
use sqlx::PgPool;

pub async fn rename_post(State(db): State<PgPool>) {
    sqlx::query!("UPDATE posts SET title = $1", "new").execute(&db).await.unwrap();
}
