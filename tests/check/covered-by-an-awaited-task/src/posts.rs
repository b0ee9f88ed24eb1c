use axum::extract::{Path, State};
use uuid::Uuid;

use crate::store::{self, Db};

#[cachex::invalidates(post.create, id = |id| *id, topics = _)]
pub async fn create(State(db): State<Db>) -> Result<Uuid, store::Error> {
    store::insert(&db, "first").await
}

pub async fn rename(State(db): State<Db>, State(cachex): State<cachex::Cachex>, Path(post_id): Path<Uuid>) -> Result<(), store::Error> {
    store::set_title(&db, post_id, "new").await?;
    let forget = tokio::spawn(async move {
        crate::cache::post::update(post_id).apply(&cachex).await;
    });
    forget.await.ok();
    Ok(())
}

#[cachex::invalidates(post.delete, topics = _)]
pub async fn remove(State(db): State<Db>, Path(post_id): Path<Uuid>) -> Result<(), store::Error> {
    store::remove(&db, post_id).await
}
