use axum::extract::{Path, State};
use uuid::Uuid;

use crate::store::{self, Db};

#[cachex::invalidates(post.create, id = |id| *id, author = _, topics = _)]
pub async fn create(State(db): State<Db>) -> Result<Uuid, store::Error> {
    store::insert(&db, "first").await
}

pub async fn rename(State(db): State<Db>, State(posts): State<store::Posts>, Path(post_id): Path<Uuid>) -> Result<(), store::Error> {
    let (old, new) = (Uuid::new_v4(), Uuid::new_v4());
    store::set_author(&db, post_id, new).await?;
    crate::cache::post::update(post_id).author(old, new).record();
    Ok(())
}

#[cachex::invalidates(post.delete, author = _, topics = _)]
pub async fn remove(State(db): State<Db>, Path(post_id): Path<Uuid>) -> Result<(), store::Error> {
    store::remove(&db, post_id).await
}
