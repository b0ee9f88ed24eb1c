//! Runs the blog: `cargo run -p blog-forgotten`, then open the printed address in two tabs.

use std::error::Error;

use blog_forgotten::{app, db};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::var("DATABASE_URL").unwrap_or_else(|_| "sqlite::memory:".to_owned());
    let address = std::env::var("BLOG_ADDRESS").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());
    let db = db::open(&url).await?;
    db::seed(&db).await?;
    let listener = tokio::net::TcpListener::bind(&address).await?;
    println!("the blog listens on http://{}", listener.local_addr()?);
    // Also for work outside a request: without it what is declared there has no runtime to clear.
    let cachex = app::cachex().install();
    axum::serve(listener, app::router(db, cachex)).await?;
    Ok(())
}
