//! Posts: one, their list, and the handlers that write them.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use sqlx::Row;
use std::sync::Arc;
use uuid::Uuid;

use crate::app::App;
use crate::cache::{self, PostByIdTags, PostsTags};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::pictures::{self, Shown};

/// One post as clients see it.
#[derive(Debug, Clone, Serialize)]
pub struct PostView {
    /// Its id.
    pub id: Uuid,
    /// Its category's id, if it has one.
    pub category_id: Option<Uuid>,
    /// Its category's name.
    pub category: Option<String>,
    /// Its type's id, if it has one.
    pub type_id: Option<Uuid>,
    /// Its type's name.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Its title.
    pub title: String,
    /// Its text.
    pub body: String,
    /// Whether lists show it.
    pub published: bool,
    /// Its pictures, oldest first.
    pub pictures: Vec<Shown>,
}

impl cachex::Tagged<cache::PostById> for PostView {
    fn tags(&self) -> PostByIdTags {
        PostByIdTags {
            category: self.category_id,
            r#type: self.type_id,
            picture: self.pictures.iter().map(|picture| picture.id).collect(),
        }
    }
}

/// A line of the list.
#[derive(Debug, Clone, Serialize)]
pub struct PostLine {
    /// The post's id.
    pub id: Uuid,
    /// The post's title.
    pub title: String,
    /// The first of its pictures.
    pub picture: Option<PictureLine>,
}

/// What a list shows of a picture.
#[derive(Debug, Clone, Serialize)]
pub struct PictureLine {
    /// The picture's id.
    pub id: Uuid,
    /// Where it lies.
    pub url: String,
}

/// The published posts of one category, or of all.
#[derive(Debug, Clone, Serialize)]
pub struct PostList(pub Vec<PostLine>);

impl cachex::Tagged<cache::Posts> for PostList {
    fn tags(&self) -> PostsTags {
        PostsTags {
            item: self.0.iter().map(|line| line.id).collect(),
            picture: self
                .0
                .iter()
                .filter_map(|line| line.picture.as_ref())
                .map(|picture| picture.id)
                .collect(),
        }
    }
}

/// What a client sends to create or replace a post.
#[derive(Debug, Clone, Deserialize)]
pub struct NewPost {
    /// Its category, if it is to have one.
    pub category: Option<Uuid>,
    /// Its type, if it is to have one.
    #[serde(rename = "type")]
    pub kind: Option<Uuid>,
    /// Its title.
    pub title: String,
    /// Its text.
    #[serde(default)]
    pub body: String,
    /// Whether lists show it.
    #[serde(default)]
    pub published: bool,
}

/// What a client sends to rename a post.
#[derive(Debug, Clone, Deserialize)]
pub struct Title {
    /// The new one.
    pub title: String,
}

/// The answer to a create.
#[derive(Debug, Clone, Serialize)]
pub struct Created {
    /// Of the new row.
    pub id: Uuid,
}

/// What the list may be restricted to.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Filter {
    /// One category.
    pub category: Option<Uuid>,
}

#[cachex::cached(post_by_id)]
pub(crate) async fn load(db: Db, id: Uuid) -> Result<Option<PostView>> {
    let row = sqlx::query(
        "SELECT posts.id, posts.category_id, categories.name AS category, posts.type_id, types.name AS type,
                posts.title, posts.body, posts.published
         FROM posts
         LEFT JOIN categories ON categories.id = posts.category_id
         LEFT JOIN types ON types.id = posts.type_id
         WHERE posts.id = ? AND posts.deleted_at IS NULL",
    )
    .bind(id)
    .fetch_optional(&db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(PostView {
        id: row.try_get("id")?,
        category_id: row.try_get("category_id")?,
        category: row.try_get("category")?,
        type_id: row.try_get("type_id")?,
        kind: row.try_get("type")?,
        title: row.try_get("title")?,
        body: row.try_get("body")?,
        published: row.try_get("published")?,
        pictures: pictures::of_post(&db, id).await?,
    }))
}

#[cachex::cached(posts)]
pub(crate) async fn load_list(db: Db, category: Option<Uuid>) -> Result<PostList> {
    let rows = sqlx::query(
        "SELECT posts.id, posts.title, pictures.id AS picture_id, pictures.url
         FROM posts
         LEFT JOIN pictures ON pictures.id =
             (SELECT first.id FROM pictures first WHERE first.post_id = posts.id ORDER BY first.created_at, first.id LIMIT 1)
         WHERE posts.published AND posts.deleted_at IS NULL AND (?1 IS NULL OR posts.category_id = ?1)
         ORDER BY posts.created_at DESC, posts.id",
    )
    .bind(category)
    .fetch_all(&db)
    .await?;
    let line = |row: &sqlx::sqlite::SqliteRow| -> std::result::Result<PostLine, sqlx::Error> {
        let picture: Option<Uuid> = row.try_get("picture_id")?;
        Ok(PostLine {
            id: row.try_get("id")?,
            title: row.try_get("title")?,
            picture: match picture {
                Some(id) => Some(PictureLine {
                    id,
                    url: row.try_get("url")?,
                }),
                None => None,
            },
        })
    };
    Ok(PostList(
        rows.iter()
            .map(line)
            .collect::<std::result::Result<_, _>>()?,
    ))
}

/// `GET /posts`
pub async fn list(
    State(app): State<App>,
    Query(filter): Query<Filter>,
) -> Result<Json<Arc<PostList>>> {
    Ok(Json(load_list(app.db, filter.category).await?))
}

/// `GET /posts/{id}`
pub async fn read(State(app): State<App>, Path(id): Path<Uuid>) -> Result<Json<Arc<PostView>>> {
    load(app.db, id)
        .await?
        .map(Json)
        .ok_or(Error::NotFound("post"))
}

/// `POST /posts`
#[cachex::invalidates(post.create, id = |created| created.id, category = new.category)]
pub async fn create(
    State(app): State<App>,
    Json(new): Json<NewPost>,
) -> Result<(StatusCode, Json<Created>)> {
    let id = Uuid::new_v4();
    sqlx::query("INSERT INTO posts (id, category_id, type_id, title, body, published) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(id)
        .bind(new.category)
        .bind(new.kind)
        .bind(new.title)
        .bind(new.body)
        .bind(new.published)
        .execute(&app.db)
        .await?;
    Ok((StatusCode::CREATED, Json(Created { id })))
}

/// `PUT /posts/{id}`: only the body knows which category the post leaves, so the change is recorded there.
pub async fn update(
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Json(new): Json<NewPost>,
) -> Result<StatusCode> {
    let mut tx = app.db.begin().await?;
    let before: Option<Uuid> =
        sqlx::query_scalar("SELECT category_id FROM posts WHERE id = ? AND deleted_at IS NULL")
            .bind(id)
            .fetch_optional(&mut *tx)
            .await?
            .ok_or(Error::NotFound("post"))?;
    sqlx::query(
        "UPDATE posts SET category_id = ?, type_id = ?, title = ?, body = ?, published = ?, updated_at = datetime('now')
         WHERE id = ?",
    )
    .bind(new.category)
    .bind(new.kind)
    .bind(new.title)
    .bind(new.body)
    .bind(new.published)
    .bind(id)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    cache::post::update(id)
        .category(before, new.category)
        .record();
    Ok(StatusCode::NO_CONTENT)
}

/// `PATCH /posts/{id}/title`
#[cachex::invalidates(post.update(title))]
pub async fn rename(
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Json(new): Json<Title>,
) -> Result<StatusCode> {
    let done = sqlx::query("UPDATE posts SET title = ?, published = true, updated_at = datetime('now') WHERE id = ? AND deleted_at IS NULL")
        .bind(new.title)
        .bind(id)
        .execute(&app.db)
        .await?;
    if done.rows_affected() == 0 {
        return Err(Error::NotFound("post"));
    }
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /posts/{id}`: the row stays, with the time it was deleted.
pub async fn remove(State(app): State<App>, Path(id): Path<Uuid>) -> Result<StatusCode> {
    let category: Option<Uuid> = sqlx::query_scalar(
        "UPDATE posts SET deleted_at = datetime('now') WHERE id = ? AND deleted_at IS NULL RETURNING category_id",
    )
    .bind(id)
    .fetch_optional(&app.db)
    .await?
    .ok_or(Error::NotFound("post"))?;
    cache::post::delete(id).category(category).record();
    Ok(StatusCode::NO_CONTENT)
}
