//! Types of posts.

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

/// One type.
#[derive(Debug, Clone, Serialize, FromRow)]
pub struct Type {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

/// All types, by name.
#[derive(Debug, Clone, Serialize)]
pub struct TypeList(pub Vec<Type>);

/// What a client sends to create or rename a type.
#[derive(Debug, Clone, Deserialize)]
pub struct NewType {
    /// Its name.
    pub name: String,
}

#[cachex::cached(types)]
pub(crate) async fn load_list(db: Db) -> Result<TypeList> {
    Ok(TypeList(
        sqlx::query_as("SELECT id, name FROM types ORDER BY name, id")
            .fetch_all(&db)
            .await?,
    ))
}

/// `GET /types`
pub async fn list(State(app): State<App>) -> Result<Json<Arc<TypeList>>> {
    Ok(Json(load_list(app.db).await?))
}

/// `POST /types`
#[cachex::invalidates(type.create, id = |created| created.id)]
pub async fn create(
    State(app): State<App>,
    Json(new): Json<NewType>,
) -> Result<(StatusCode, Json<Created>)> {
    let id = Uuid::new_v4();
    sqlx::query("INSERT INTO types (id, name) VALUES (?, ?)")
        .bind(id)
        .bind(new.name)
        .execute(&app.db)
        .await?;
    Ok((StatusCode::CREATED, Json(Created { id })))
}

/// `PUT /types/{id}`
#[cachex::invalidates(type.update(name))]
pub async fn update(
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Json(new): Json<NewType>,
) -> Result<StatusCode> {
    let done = sqlx::query("UPDATE types SET name = ? WHERE id = ?")
        .bind(new.name)
        .bind(id)
        .execute(&app.db)
        .await?;
    if done.rows_affected() == 0 {
        return Err(Error::NotFound("type"));
    }
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /types/{id}`: refused by the database while a post is in it.
#[cachex::invalidates(type.delete)]
pub async fn remove(State(app): State<App>, Path(id): Path<Uuid>) -> Result<StatusCode> {
    let done = sqlx::query("DELETE FROM types WHERE id = ?")
        .bind(id)
        .execute(&app.db)
        .await?;
    if done.rows_affected() == 0 {
        return Err(Error::NotFound("type"));
    }
    Ok(StatusCode::NO_CONTENT)
}
