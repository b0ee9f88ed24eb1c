//! A write reaches the readers of both caches.

use cachex::Cachex;
use sqlx::sqlite::SqlitePoolOptions;

async fn serve() -> String {
    // A database in memory is one connection's own.
    let one = SqlitePoolOptions::new().max_connections(1);
    let db = one.connect("sqlite::memory:").await.unwrap();
    for statement in [
        "CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT, price INTEGER, stock INTEGER)",
        "CREATE TABLE orders (product_id INTEGER, count INTEGER)",
        "INSERT INTO products VALUES (1, 'a lamp', 20, 5)",
    ] {
        sqlx::query(statement).execute(&db).await.unwrap();
    }
    let cachex = Cachex::builder(&shop_moving::cache::SCHEMA).build();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = shop_moving::router(db, &cachex);
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}")
}

async fn get(url: String) -> String {
    reqwest::get(url).await.unwrap().text().await.unwrap()
}

#[tokio::test]
async fn a_write_is_seen_by_readers_that_have_moved_and_by_those_that_have_not() {
    let shop = serve().await;
    let (new, old) = (
        format!("{shop}/products/1"),
        format!("{shop}/products/1/price"),
    );
    assert!(get(new.clone()).await.contains("\"price\":20"));
    assert_eq!(get(old.clone()).await, "20");

    let client = reqwest::Client::new();
    let changed = client
        .patch(&new)
        .header("content-type", "application/json")
        .body(r#"{ "price": 25 }"#)
        .send()
        .await
        .unwrap();
    assert_eq!(changed.status(), 204);
    assert!(get(new.clone()).await.contains("\"price\":25"));
    assert_eq!(get(old).await, "25");

    let placed = client
        .post(format!("{shop}/orders"))
        .header("content-type", "application/json")
        .body(r#"{ "product": 1, "count": 2 }"#)
        .send()
        .await
        .unwrap();
    assert_eq!(placed.status(), 201);
    assert!(get(new).await.contains("\"stock\":3"));
}
