//! The database: opening, migrating, a first post to look at.

use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions};
use uuid::Uuid;

/// The pool every handler and loader has.
pub type Db = SqlitePool;

/// Opens the database of a URL (`sqlite::memory:`, `sqlite:blog.db`) and brings its tables up to date.
pub async fn open(url: &str) -> Result<Db, sqlx::Error> {
    let options: SqliteConnectOptions = url.parse()?;
    // One connection: a database in memory lives in its connection, and SQLite has one writer anyway.
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.create_if_missing(true).foreign_keys(true))
        .await?;
    sqlx::migrate!().run(&pool).await?;
    Ok(pool)
}

/// A first post, where there is none, so that the page has something to show.
///
/// Runs before the server listens: no cache holds anything yet.
#[cachex::allow(
    uncovered_write,
    reason = "runs before the server listens, when no cache holds anything"
)]
pub async fn seed(db: &Db) -> Result<(), sqlx::Error> {
    let posts: i64 = sqlx::query_scalar("SELECT count(*) FROM posts")
        .fetch_one(db)
        .await?;
    if posts == 0 {
        sqlx::query("INSERT INTO posts (id, title, body, published) VALUES (?, ?, ?, true)")
            .bind(Uuid::new_v4())
            .bind("Hello")
            .bind("The first post. Rename it in one tab and watch the other.")
            .execute(db)
            .await?;
    }
    Ok(())
}
