//! Pages: one, their list, and the handlers that write them.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use sqlx::Row;
use uuid::Uuid;

use crate::app::App;
use crate::cache::{self, PageByIdTags, PagesTags};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::pictures::{self, Shown};
use crate::posts::{Created, PictureLine};

/// One page as clients see it.
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// Its id.
    pub id: Uuid,
    /// Its layout's id, if it has one.
    pub layout_id: Option<Uuid>,
    /// Its layout's name.
    pub layout: Option<String>,
    /// Its layout's width, in columns.
    pub width: Option<i64>,
    /// Its title.
    pub title: String,
    /// Its text.
    pub body: String,
    /// Its pictures, oldest first.
    pub pictures: Vec<Shown>,
}

impl cachex::Tagged<cache::PageById> for PageView {
    fn tags(&self) -> PageByIdTags {
        PageByIdTags {
            layout: self.layout_id,
            picture: self.pictures.iter().map(|picture| picture.id).collect(),
        }
    }
}

/// A line of the list.
#[derive(Debug, Clone, Serialize)]
pub struct PageLine {
    /// The page's id.
    pub id: Uuid,
    /// The page's title.
    pub title: String,
    /// The first of its pictures.
    pub picture: Option<PictureLine>,
}

/// All pages.
#[derive(Debug, Clone, Serialize)]
pub struct PageList(pub Vec<PageLine>);

impl cachex::Tagged<cache::Pages> for PageList {
    fn tags(&self) -> PagesTags {
        PagesTags {
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

/// What a client sends to create or replace a page.
#[derive(Debug, Clone, Deserialize)]
pub struct NewPage {
    /// Its layout, if it is to have one.
    pub layout: Option<Uuid>,
    /// Its title.
    pub title: String,
    /// Its text.
    #[serde(default)]
    pub body: String,
}

#[cachex::cached(page_by_id)]
pub(crate) async fn load(db: Db, id: Uuid) -> Result<Option<PageView>> {
    let row = sqlx::query(
        "SELECT pages.id, pages.layout_id, layouts.name AS layout, layouts.width, pages.title, pages.body
         FROM pages LEFT JOIN layouts ON layouts.id = pages.layout_id
         WHERE pages.id = ?",
    )
    .bind(id)
    .fetch_optional(&db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(PageView {
        id: row.try_get("id")?,
        layout_id: row.try_get("layout_id")?,
        layout: row.try_get("layout")?,
        width: row.try_get("width")?,
        title: row.try_get("title")?,
        body: row.try_get("body")?,
        pictures: pictures::of_page(&db, id).await?,
    }))
}

#[cachex::cached(pages)]
pub(crate) async fn load_list(db: Db) -> Result<PageList> {
    let rows = sqlx::query(
        "SELECT pages.id, pages.title, pictures.id AS picture_id, pictures.url
         FROM pages
         LEFT JOIN pictures ON pictures.id =
             (SELECT first.id FROM pictures first WHERE first.page_id = pages.id ORDER BY first.created_at, first.id LIMIT 1)
         ORDER BY pages.title, pages.id",
    )
    .fetch_all(&db)
    .await?;
    let line = |row: &sqlx::sqlite::SqliteRow| -> std::result::Result<PageLine, sqlx::Error> {
        let picture: Option<Uuid> = row.try_get("picture_id")?;
        Ok(PageLine {
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
    Ok(PageList(
        rows.iter()
            .map(line)
            .collect::<std::result::Result<_, _>>()?,
    ))
}

/// `GET /pages`
pub async fn list(State(app): State<App>) -> Result<Json<Arc<PageList>>> {
    Ok(Json(load_list(app.db).await?))
}

/// `GET /pages/{id}`
pub async fn read(State(app): State<App>, Path(id): Path<Uuid>) -> Result<Json<Arc<PageView>>> {
    load(app.db, id)
        .await?
        .map(Json)
        .ok_or(Error::NotFound("page"))
}

/// `POST /pages`
#[cachex::invalidates(page.create, id = |created| created.id)]
pub async fn create(
    State(app): State<App>,
    Json(new): Json<NewPage>,
) -> Result<(StatusCode, Json<Created>)> {
    let id = Uuid::new_v4();
    sqlx::query("INSERT INTO pages (id, layout_id, title, body) VALUES (?, ?, ?, ?)")
        .bind(id)
        .bind(new.layout)
        .bind(new.title)
        .bind(new.body)
        .execute(&app.db)
        .await?;
    Ok((StatusCode::CREATED, Json(Created { id })))
}

/// `PUT /pages/{id}`
#[cachex::invalidates(page.update)]
pub async fn update(
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Json(new): Json<NewPage>,
) -> Result<StatusCode> {
    let done = sqlx::query("UPDATE pages SET layout_id = ?, title = ?, body = ?, updated_at = datetime('now') WHERE id = ?")
        .bind(new.layout)
        .bind(new.title)
        .bind(new.body)
        .bind(id)
        .execute(&app.db)
        .await?;
    if done.rows_affected() == 0 {
        return Err(Error::NotFound("page"));
    }
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /pages/{id}`: its pictures stay, without a page.
#[cachex::invalidates(page.delete)]
pub async fn remove(State(app): State<App>, Path(id): Path<Uuid>) -> Result<StatusCode> {
    let mut tx = app.db.begin().await?;
    pictures::leave_page(&mut tx, id).await?;
    let done = sqlx::query("DELETE FROM pages WHERE id = ?")
        .bind(id)
        .execute(&mut *tx)
        .await?;
    if done.rows_affected() == 0 {
        return Err(Error::NotFound("page"));
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
