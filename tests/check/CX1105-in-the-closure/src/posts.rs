use axum::extract::{Path, State};
use uuid::Uuid;

use crate::store::{self, Db, Posts};

#[cachex::invalidates(post.create, id = |id| *id, topics = _)]
pub async fn create(State(db): State<Db>) -> Result<Uuid, store::Error> {
    store::insert(&db, "first").await
}

pub async fn rename(State(mut db): State<diesel::PgConnection>, State(posts): State<Posts>, Path(post_id): Path<Uuid>) -> Result<(), store::Error> {
    store::rename_with(&mut db, post_id, &posts)?;
    Ok(())
}

#[cachex::invalidates(post.delete, topics = _)]
pub async fn remove(State(db): State<Db>, Path(post_id): Path<Uuid>) -> Result<(), store::Error> {
    store::remove(&db, post_id).await
}
