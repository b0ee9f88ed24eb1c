use axum::extract::State;
use axum::routing::post;
use cachex::invalidates;
use sqlx::PgPool;

#[tokio::main]
async fn main() {
    let db = PgPool::connect("blog").await.unwrap();
    let app = axum::Router::new().route("/sweep", post(sweep)).with_state(db);
    axum::serve(tokio::net::TcpListener::bind("0.0.0.0:80").await.unwrap(), app).await.unwrap();
}

#[invalidates(post.delete, id = _, topics = _)]
async fn sweep(State(db): State<PgPool>) {
    tokio::spawn(remove_old(db.clone(), limit(&db).await));
}

async fn limit(db: &PgPool) -> i64 {
    sqlx::query_scalar("SELECT least FROM limits").fetch_one(db).await.unwrap_or_default()
}

async fn remove_old(db: PgPool, least: i64) {
    sqlx::query("DELETE FROM posts WHERE likes < $1").bind(least).execute(&db).await.ok();
}
