//! Pictures: of posts, of pages, or of nothing yet.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, SqliteConnection};
use uuid::Uuid;

use crate::app::App;
use crate::cache;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::links;
use crate::posts::Created;

/// One picture.
#[derive(Debug, Clone, Serialize, FromRow)]
pub struct Picture {
    /// Its id.
    pub id: Uuid,
    /// The post it belongs to.
    pub post_id: Option<Uuid>,
    /// The page it belongs to.
    pub page_id: Option<Uuid>,
    /// Where it lies.
    pub url: String,
    /// What it shows.
    pub caption: String,
}

/// What its post or page shows of a picture: not where else it belongs.
#[derive(Debug, Clone, Serialize, FromRow)]
pub struct Shown {
    /// Its id.
    pub id: Uuid,
    /// Where it lies.
    pub url: String,
    /// What it shows.
    pub caption: String,
}

/// All pictures.
#[derive(Debug, Clone, Serialize)]
pub struct PictureList(pub Vec<Picture>);

/// What a client sends to create a picture.
#[derive(Debug, Clone, Deserialize)]
pub struct NewPicture {
    /// The post it is to belong to.
    pub post: Option<Uuid>,
    /// The page it is to belong to.
    pub page: Option<Uuid>,
    /// Where it lies.
    pub url: String,
    /// What it shows.
    #[serde(default)]
    pub caption: String,
}

/// What a client sends to change a picture: only what is there is set.
#[derive(Debug, Clone, Deserialize)]
pub struct PictureChange {
    /// Where it lies now.
    pub url: Option<String>,
    /// What it shows.
    pub caption: Option<String>,
}

/// A picture of a post, new or known.
#[derive(Debug, Clone, Deserialize)]
pub struct PostPicture {
    /// Chosen by the client.
    pub id: Uuid,
    /// Where it lies.
    pub url: String,
    /// What it shows.
    #[serde(default)]
    pub caption: String,
}

/// The pictures of a post, oldest first.
pub(crate) async fn of_post(db: &Db, post: Uuid) -> std::result::Result<Vec<Shown>, sqlx::Error> {
    sqlx::query_as(
        "SELECT id, url, caption FROM pictures WHERE post_id = ? ORDER BY created_at, id",
    )
    .bind(post)
    .fetch_all(db)
    .await
}

/// The pictures of a page, oldest first.
pub(crate) async fn of_page(db: &Db, page: Uuid) -> std::result::Result<Vec<Shown>, sqlx::Error> {
    sqlx::query_as(
        "SELECT id, url, caption FROM pictures WHERE page_id = ? ORDER BY created_at, id",
    )
    .bind(page)
    .fetch_all(db)
    .await
}

/// Takes all pictures off a page that goes, and tells which they were.
pub(crate) async fn leave_page(tx: &mut SqliteConnection, page: Uuid) -> Result<Vec<Uuid>> {
    Ok(links::clear_page(tx, page).await?)
}

#[cachex::cached(picture_by_id)]
pub(crate) async fn load(db: Db, id: Uuid) -> Result<Option<Picture>> {
    Ok(
        sqlx::query_as("SELECT id, post_id, page_id, url, caption FROM pictures WHERE id = ?")
            .bind(id)
            .fetch_optional(&db)
            .await?,
    )
}

#[cachex::cached(pictures)]
pub(crate) async fn load_list(db: Db) -> Result<PictureList> {
    let all = sqlx::query_as(
        "SELECT id, post_id, page_id, url, caption FROM pictures ORDER BY created_at DESC, id",
    )
    .fetch_all(&db)
    .await?;
    Ok(PictureList(all))
}

/// `GET /pictures`
pub async fn list(State(app): State<App>) -> Result<Json<Arc<PictureList>>> {
    Ok(Json(load_list(app.db).await?))
}

/// `GET /pictures/{id}`
pub async fn read(State(app): State<App>, Path(id): Path<Uuid>) -> Result<Json<Arc<Picture>>> {
    load(app.db, id)
        .await?
        .map(Json)
        .ok_or(Error::NotFound("picture"))
}

/// `POST /pictures`
#[cachex::invalidates(picture.create, id = |created| created.id, post = new.post, page = new.page)]
pub async fn create(
    State(app): State<App>,
    Json(new): Json<NewPicture>,
) -> Result<(StatusCode, Json<Created>)> {
    let id = Uuid::new_v4();
    sqlx::query("INSERT INTO pictures (id, post_id, page_id, url, caption) VALUES (?, ?, ?, ?, ?)")
        .bind(id)
        .bind(new.post)
        .bind(new.page)
        .bind(new.url)
        .bind(new.caption)
        .execute(&app.db)
        .await?;
    Ok((StatusCode::CREATED, Json(Created { id })))
}

/// `PATCH /pictures/{id}`: which fields it sets depends on the request, so the change is recorded.
pub async fn update(
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Json(new): Json<PictureChange>,
) -> Result<StatusCode> {
    let mut tx = app.db.begin().await?;
    let mut change = cache::picture::update_only(id);
    let mut rows = 1;
    if let Some(url) = new.url {
        rows = sqlx::query("UPDATE pictures SET url = ? WHERE id = ?")
            .bind(url)
            .bind(id)
            .execute(&mut *tx)
            .await?
            .rows_affected();
        change = change.url();
    }
    if let Some(caption) = new.caption {
        rows = sqlx::query("UPDATE pictures SET caption = ? WHERE id = ?")
            .bind(caption)
            .bind(id)
            .execute(&mut *tx)
            .await?
            .rows_affected();
        change = change.caption();
    }
    if rows == 0 {
        return Err(Error::NotFound("picture"));
    }
    tx.commit().await?;
    change.record();
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /pictures/{id}`
#[cachex::invalidates(picture.delete)]
pub async fn remove(State(app): State<App>, Path(id): Path<Uuid>) -> Result<StatusCode> {
    let done = sqlx::query("DELETE FROM pictures WHERE id = ?")
        .bind(id)
        .execute(&app.db)
        .await?;
    if done.rows_affected() == 0 {
        return Err(Error::NotFound("picture"));
    }
    Ok(StatusCode::NO_CONTENT)
}

/// `PUT /posts/{post_id}/pictures`: any number of rows, one event: the post's, with the pictures in `changes`.
///
/// No picture moves: one of another post stays as it is, and a page that shows one is found by the picture's id.
#[cachex::invalidates(post.update())]
#[cachex::invalidates(picture, each = pictures.iter().map(|picture| picture.id), post = post_id, page = None)]
pub async fn upsert_of_post(
    State(app): State<App>,
    Path(post_id): Path<Uuid>,
    Json(pictures): Json<Vec<PostPicture>>,
) -> Result<StatusCode> {
    let mut tx = app.db.begin().await?;
    let post: Option<i64> =
        sqlx::query_scalar("SELECT 1 FROM posts WHERE id = ? AND deleted_at IS NULL")
            .bind(post_id)
            .fetch_optional(&mut *tx)
            .await?;
    if post.is_none() {
        return Err(Error::NotFound("post"));
    }
    for picture in pictures {
        sqlx::query(
            "INSERT INTO pictures (id, post_id, url, caption) VALUES (?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET url = excluded.url, caption = excluded.caption
             WHERE pictures.post_id = excluded.post_id",
        )
        .bind(picture.id)
        .bind(post_id)
        .bind(picture.url)
        .bind(picture.caption)
        .execute(&mut *tx)
        .await?;
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /pictures/unlink`: takes pictures off their posts and pages.
pub async fn unlink(State(app): State<App>, Json(ids): Json<Vec<Uuid>>) -> Result<StatusCode> {
    let mut tx = app.db.begin().await?;
    let mut unlinked = Vec::new();
    for id in ids {
        let (post, page) = links::clear(&mut tx, id)
            .await?
            .ok_or(Error::NotFound("picture"))?;
        unlinked.push((id, post, page));
    }
    tx.commit().await?;
    for (id, post, page) in unlinked {
        cache::picture::update_only(id)
            .post(post, None)
            .page(page, None)
            .record();
    }
    Ok(StatusCode::NO_CONTENT)
}
