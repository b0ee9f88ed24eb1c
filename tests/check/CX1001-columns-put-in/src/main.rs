use axum::extract::State;
use axum::{Router, routing::post};
use sqlx::SqlitePool as Db;

#[tokio::main]
async fn main() {
    let app = Router::new()
        .route("/count", post(count))
        .route("/count-all", post(Counter::count))
        .route("/name", post(rename));
    axum::serve(listener().await, app).await.unwrap();
}

async fn count(State(db): State<Db>) {
    for span in ["day", "month"] {
        let statement = format!("UPDATE sites SET active_{span} = active_{span} + 1");
        sqlx::query(&statement).execute(&db).await.unwrap();
    }
}

struct Counter;

impl Counter {
    async fn count(State(db): State<Db>) {
        let column = settings::column();
        sqlx::query(&format!("UPDATE sites SET {column} = 0")).execute(&db).await.unwrap();
    }
}

async fn rename(State(db): State<Db>) {
    sqlx::query("UPDATE sites SET name = 'new'").execute(&db).await.unwrap();
    forget();
}

fn forget() {}
