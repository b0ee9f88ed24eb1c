//! A shop that keeps products in moka, and forgets them by hand.

mod orders;
mod products;
mod stock;

use axum::Router;
use axum::routing::{get, post};
use sqlx::SqlitePool;

use products::Products;

/// What every handler has.
#[derive(Clone)]
struct App {
    db: SqlitePool,
    products: Products,
}

#[tokio::main]
async fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let db = SqlitePool::connect("sqlite:shop.db?mode=rwc").await?;
    let products = Products::new(db.clone());
    let app = Router::new()
        .route(
            "/products/{id}",
            get(products::read).patch(products::reprice),
        )
        .route("/orders", post(orders::place))
        .with_state(App { db, products });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    Ok(axum::serve(listener, app).await?)
}
