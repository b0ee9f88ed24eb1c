use axum::extract::{Path, State};
use uuid::Uuid;

use crate::store::{self, Db, Posts};

#[cachex::invalidates(post.create, id = |id| *id, topics = _)]
pub async fn create(State(db): State<Db>) -> Result<Uuid, store::Error> {
    store::insert(&db, "first").await
}

pub async fn rename(State(db): State<Db>, State(posts): State<Posts>, Path(post_id): Path<Uuid>) -> Result<(), store::Error> {
    let mut tx = db.begin().await?;
    store::set_title_in(&mut tx, post_id, "new").await?;
    // Too early, and harmless: it comes again.
    posts.forget(post_id);
    tx.commit().await?;
    posts.forget(post_id);
    Ok(())
}

#[cachex::invalidates(post.delete, topics = _)]
pub async fn remove(State(db): State<Db>, Path(post_id): Path<Uuid>) -> Result<(), store::Error> {
    store::remove(&db, post_id).await
}
