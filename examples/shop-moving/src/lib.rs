//! The shop with one cache on its way from moka to cachex: readers move one by one, and both caches run.

pub mod orders;
pub mod products;
pub mod stock;

/// Generated from `cachex.yaml`: keys and changes.
pub mod cache {
    cachex::schema!("cachex.yaml");
}

use axum::Router;
use axum::routing::{get, post};
use cachex::Cachex;
use sqlx::SqlitePool;

use products::Products;

/// What every handler has.
#[derive(Clone)]
pub struct App {
    db: SqlitePool,
    products: Products,
}

/// The whole application.
pub fn router(db: SqlitePool, cachex: &Cachex) -> Router {
    let products = Products::new(db.clone());
    Router::new()
        .route(
            "/products/{id}",
            get(products::read).patch(products::reprice),
        )
        .route("/products/{id}/price", get(products::price))
        .route("/orders", post(orders::place))
        .layer(cachex::layer::UnitOfWork::new(cachex))
        .with_state(App { db, products })
}
