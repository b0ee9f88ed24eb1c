use axum::extract::{Path, State};
use uuid::Uuid;

use crate::store::{self, Db};

#[cachex::invalidates(post.create, id = |id| *id)]
pub async fn create(State(db): State<Db>) -> Result<Uuid, store::Error> {
    store::insert(&db, "first").await
}

#[cachex::invalidates(post.update(title))]
pub async fn rename(State(db): State<Db>, Path(post_id): Path<Uuid>) -> Result<(), store::Error> {
    store::set_title(&db, post_id, "new").await
}

#[cachex::invalidates(post.delete)]
pub async fn remove(State(db): State<Db>, Path(post_id): Path<Uuid>) -> Result<(), store::Error> {
    store::remove(&db, post_id).await
}
