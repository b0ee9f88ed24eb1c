//! Routes of tide: what is added to a server, whoever made it.

use sqlx::PgPool;
use tide::{Request, Server};

pub fn app(db: PgPool) -> Server<PgPool> {
    let mut app = tide::with_state(db);
    app.at("/posts/:id").put(rename).delete(|request| async move { forget(request).await });
    nested(&mut app);
    app
}

fn nested(app: &mut Server<PgPool>) {
    app.at("/tags").with(tide::log::LogMiddleware::new()).post(tag);
}

async fn rename(request: Request<PgPool>) -> tide::Result {
    sqlx::query("UPDATE posts SET title = $1").execute(request.state()).await?;
    Ok("".into())
}

async fn forget(request: Request<PgPool>) -> tide::Result {
    sqlx::query("DELETE FROM posts").execute(request.state()).await?;
    Ok("".into())
}

async fn tag(request: Request<PgPool>) -> tide::Result {
    sqlx::query("INSERT INTO tags (label) VALUES ($1)").execute(request.state()).await?;
    Ok("".into())
}
