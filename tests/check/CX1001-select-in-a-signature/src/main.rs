mod post;

use axum::Router;
use axum::extract::State;
use axum::routing::patch;
use sea_orm::{ActiveModelTrait, DatabaseConnection, IntoActiveModel, Set};

fn main() {
    let _ = Router::new().route("/posts/{id}", patch(rename));
}

async fn rename(State(db): State<DatabaseConnection>) {
    let found = post::Entity::newest().one(&db).await.unwrap();
    let mut post = found.ok_or("none").unwrap().into_active_model();
    post.title = Set("new".to_owned());
    post.update(&db).await.unwrap();
}
