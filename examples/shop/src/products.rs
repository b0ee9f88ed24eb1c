//! Products: one at a time, through a cache.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use moka::future::Cache;
use serde::{Deserialize, Serialize};
use sqlx::SqlitePool;

use crate::App;

/// A product as clients see it.
#[derive(Debug, Clone, Serialize, sqlx::FromRow)]
pub struct Product {
    name: String,
    price: i64,
    stock: i64,
}

/// Products that were read lately.
#[derive(Clone)]
pub struct Products {
    cache: Cache<i64, Arc<Product>>,
    db: SqlitePool,
}

impl Products {
    /// None yet.
    pub fn new(db: SqlitePool) -> Self {
        let cache = Cache::builder()
            .time_to_live(Duration::from_mins(10))
            .build();
        Self { cache, db }
    }

    /// One, from the database where it isn't there.
    pub async fn get(&self, id: i64) -> Result<Arc<Product>, Arc<sqlx::Error>> {
        self.cache.try_get_with(id, load(&self.db, id)).await
    }

    /// Forgets one.
    pub async fn invalidate(&self, id: i64) {
        self.cache.invalidate(&id).await;
    }
}

async fn load(db: &SqlitePool, id: i64) -> sqlx::Result<Arc<Product>> {
    sqlx::query_as("SELECT name, price, stock FROM products WHERE id = ?")
        .bind(id)
        .fetch_one(db)
        .await
        .map(Arc::new)
}

/// `GET /products/{id}`
pub async fn read(
    State(app): State<App>,
    Path(id): Path<i64>,
) -> Result<Json<Arc<Product>>, StatusCode> {
    let product = app.products.get(id).await;
    product.map(Json).map_err(|_| StatusCode::NOT_FOUND)
}

/// A new price.
#[derive(Debug, Deserialize)]
pub struct Price {
    price: i64,
}

/// `PATCH /products/{id}`
pub async fn reprice(
    State(app): State<App>,
    Path(id): Path<i64>,
    Json(new): Json<Price>,
) -> Result<StatusCode, StatusCode> {
    sqlx::query("UPDATE products SET price = ? WHERE id = ?")
        .bind(new.price)
        .bind(id)
        .execute(&app.db)
        .await
        .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    app.products.invalidate(id).await;
    Ok(StatusCode::NO_CONTENT)
}
