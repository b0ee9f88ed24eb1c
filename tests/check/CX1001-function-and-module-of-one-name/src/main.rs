mod entity;

use axum::Router;
use axum::extract::State;
use axum::routing::{get, post};
use entity::post;
use sea_orm::{ActiveModelTrait, DatabaseConnection, Set};

fn main() {
    let _ = Router::new()
        .route("/", get(list).post(create))
        .route("/delete/{id}", post(delete));
}

async fn list() {}

async fn create(State(db): State<DatabaseConnection>) {
    let post = post::ActiveModel { title: Set("new".to_owned()), ..Default::default() };
    post.insert(&db).await.unwrap();
}

async fn delete(State(db): State<DatabaseConnection>) {
    post::Entity::delete_many().exec(&db).await.unwrap();
}
