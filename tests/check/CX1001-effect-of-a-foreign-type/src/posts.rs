use axum::extract::{Path, State};
use uuid::Uuid;

use crate::store::{self, Db, Kind, Posts};
use directory::Users;

pub async fn create(State(db): State<Db>, State(posts): State<Posts>) -> Result<Uuid, store::Error> {
    let id = store::insert(&db, "first").await?;
    posts.forget(id);
    Ok(id)
}

pub async fn rename(State(db): State<Db>, State(posts): State<Posts>, State(users): State<Users>, Path(post_id): Path<Uuid>) -> Result<(), store::Error> {
    store::set_title(&db, post_id, "new").await?;
    users.forget(post_id);
    Ok(())
}

pub async fn remove(State(db): State<Db>, Path(post_id): Path<Uuid>) -> Result<(), store::Error> {
    store::remove(&db, post_id).await?;
    store::clear(Kind::Posts, post_id);
    Ok(())
}
