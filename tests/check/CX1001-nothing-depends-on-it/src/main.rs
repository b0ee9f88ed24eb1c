use axum::extract::{Path, State};
use axum::{Router, routing::{patch, post}};
use sqlx::SqlitePool as Db;

#[tokio::main]
async fn main() {
    let app = Router::new()
        .route("/register", post(register))
        .route("/invitations", post(accept))
        .route("/import", post(import))
        .route("/users/{id}", patch(rename).delete(remove))
        .route("/users/{id}/visits", post(visit));
    axum::serve(listener().await, app).await.unwrap();
}

async fn register(State(db): State<Db>) {
    insert(&db).await;
}

async fn accept(State(db): State<Db>) {
    insert(&db).await;
}

async fn import(State(db): State<Db>) {
    insert(&db).await;
}

async fn insert(db: &Db) {
    sqlx::query("INSERT INTO users (name) VALUES ('new')").execute(db).await.unwrap();
}

#[cachex::invalidates(user.update(name))]
async fn rename(State(db): State<Db>, Path(id): Path<i64>) {
    sqlx::query("UPDATE users SET name = 'new' WHERE id = $1").bind(id).execute(&db).await.unwrap();
}

async fn remove(State(db): State<Db>, Path(id): Path<i64>) {
    sqlx::query("DELETE FROM users WHERE id = $1").bind(id).execute(&db).await.unwrap();
}

async fn visit(State(db): State<Db>, Path(id): Path<i64>) {
    sqlx::query("INSERT INTO visits (page, user_id) VALUES ('/', $1)").bind(id).execute(&db).await.unwrap();
}
