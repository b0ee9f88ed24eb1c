use axum::extract::{Path, State};
use axum::routing::delete;
use sqlx::PgPool;

#[tokio::main]
async fn main() {
    let db = PgPool::connect("blog").await.unwrap();
    let app = axum::Router::new().route("/posts/{archive}", delete(archive)).with_state(db);
    axum::serve(tokio::net::TcpListener::bind("0.0.0.0:80").await.unwrap(), app).await.unwrap();
}

async fn archive(State(db): State<PgPool>, Path(archive): Path<String>) {
    let moved = format!(
        "WITH moved AS (DELETE FROM posts WHERE likes = 0 RETURNING *) INSERT INTO {archive} SELECT * FROM moved"
    );
    sqlx::query(&moved).execute(&db).await.unwrap();
}
