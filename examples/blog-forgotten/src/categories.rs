//! Categories of posts.

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

/// One category.
#[derive(Debug, Clone, Serialize, FromRow)]
pub struct Category {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

/// All categories, by name.
#[derive(Debug, Clone, Serialize)]
pub struct CategoryList(pub Vec<Category>);

/// What a client sends to create or rename a category.
#[derive(Debug, Clone, Deserialize)]
pub struct NewCategory {
    /// Its name.
    pub name: String,
}

#[cachex::cached(categories)]
pub(crate) async fn load_list(db: Db) -> Result<CategoryList> {
    Ok(CategoryList(
        sqlx::query_as("SELECT id, name FROM categories ORDER BY name, id")
            .fetch_all(&db)
            .await?,
    ))
}

/// `GET /categories`
pub async fn list(State(app): State<App>) -> Result<Json<Arc<CategoryList>>> {
    Ok(Json(load_list(app.db).await?))
}

/// `POST /categories`
#[cachex::invalidates(category.create, id = |created| created.id)]
pub async fn create(
    State(app): State<App>,
    Json(new): Json<NewCategory>,
) -> Result<(StatusCode, Json<Created>)> {
    let id = Uuid::new_v4();
    sqlx::query("INSERT INTO categories (id, name) VALUES (?, ?)")
        .bind(id)
        .bind(new.name)
        .execute(&app.db)
        .await?;
    Ok((StatusCode::CREATED, Json(Created { id })))
}

/// `PUT /categories/{id}`
#[cachex::invalidates(category.update(name))]
pub async fn update(
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Json(new): Json<NewCategory>,
) -> Result<StatusCode> {
    let done = sqlx::query("UPDATE categories SET name = ? WHERE id = ?")
        .bind(new.name)
        .bind(id)
        .execute(&app.db)
        .await?;
    if done.rows_affected() == 0 {
        return Err(Error::NotFound("category"));
    }
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /categories/{id}`: refused by the database while a post is in it.
#[cachex::invalidates(category.delete)]
pub async fn remove(State(app): State<App>, Path(id): Path<Uuid>) -> Result<StatusCode> {
    let done = sqlx::query("DELETE FROM categories WHERE id = ?")
        .bind(id)
        .execute(&app.db)
        .await?;
    if done.rows_affected() == 0 {
        return Err(Error::NotFound("category"));
    }
    Ok(StatusCode::NO_CONTENT)
}
