//! Orders.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

use crate::{App, stock};

/// So many of a product.
#[derive(Debug, Deserialize)]
pub struct Order {
    product: i64,
    count: i64,
}

/// `POST /orders`
#[cachex::invalidates(product.update(stock), id = order.product)]
pub async fn place(
    State(app): State<App>,
    Json(order): Json<Order>,
) -> Result<StatusCode, StatusCode> {
    let failed = |_| StatusCode::INTERNAL_SERVER_ERROR;
    sqlx::query("INSERT INTO orders (product_id, count) VALUES (?, ?)")
        .bind(order.product)
        .bind(order.count)
        .execute(&app.db)
        .await
        .map_err(failed)?;
    stock::take(&app.db, order.product, order.count)
        .await
        .map_err(failed)?;
    app.products.invalidate(order.product).await;
    Ok(StatusCode::CREATED)
}
