//! Layouts of pages.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

use crate::app::App;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::posts::Created;

/// One layout.
#[derive(Debug, Clone, Serialize, FromRow)]
pub struct Layout {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// How wide it is, in columns.
    pub width: i64,
}

/// All layouts, by name.
#[derive(Debug, Clone, Serialize)]
pub struct LayoutList(pub Vec<Layout>);

/// What a client sends to create or replace a layout.
#[derive(Debug, Clone, Deserialize)]
pub struct NewLayout {
    /// Its name.
    pub name: String,
    /// How wide it is, in columns.
    pub width: i64,
}

#[cachex::cached(layouts)]
pub(crate) async fn load_list(db: Db) -> Result<LayoutList> {
    Ok(LayoutList(
        sqlx::query_as("SELECT id, name, width FROM layouts ORDER BY name, id")
            .fetch_all(&db)
            .await?,
    ))
}

/// `GET /layouts`
pub async fn list(State(app): State<App>) -> Result<Json<Arc<LayoutList>>> {
    Ok(Json(load_list(app.db).await?))
}

/// `POST /layouts`
#[cachex::invalidates(layout.create, id = |created| created.id)]
pub async fn create(
    State(app): State<App>,
    Json(new): Json<NewLayout>,
) -> Result<(StatusCode, Json<Created>)> {
    let id = Uuid::new_v4();
    sqlx::query("INSERT INTO layouts (id, name, width) VALUES (?, ?, ?)")
        .bind(id)
        .bind(new.name)
        .bind(new.width)
        .execute(&app.db)
        .await?;
    Ok((StatusCode::CREATED, Json(Created { id })))
}

/// `PUT /layouts/{id}`
pub async fn update(
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Json(new): Json<NewLayout>,
) -> Result<StatusCode> {
    let done = sqlx::query("UPDATE layouts SET name = ?, width = ? WHERE id = ?")
        .bind(new.name)
        .bind(new.width)
        .bind(id)
        .execute(&app.db)
        .await?;
    if done.rows_affected() == 0 {
        return Err(Error::NotFound("layout"));
    }
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /layouts/{id}`: refused by the database while a page has it.
#[cachex::invalidates(layout.delete)]
pub async fn remove(State(app): State<App>, Path(id): Path<Uuid>) -> Result<StatusCode> {
    let done = sqlx::query("DELETE FROM layouts WHERE id = ?")
        .bind(id)
        .execute(&app.db)
        .await?;
    if done.rows_affected() == 0 {
        return Err(Error::NotFound("layout"));
    }
    Ok(StatusCode::NO_CONTENT)
}
