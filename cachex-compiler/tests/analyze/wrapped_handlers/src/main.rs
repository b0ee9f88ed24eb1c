//! Handlers that are not given as they are: behind a layer of their own, or in what wraps them.

mod registry;

use axum::handler::Handler;
use axum::routing::{get, post};
use poem::EndpointExt;
use std::future::Future;

#[tokio::main]
async fn main() {
    let limit = Limit::new();
    let app = axum::Router::new()
        .route(
            "/members",
            get(members.layer(limit.with_cost(1)))
                .put(add_member.layer(limit.with_cost(10)))
                .delete(Handler::layer(remove_member, limit.clone())),
        )
        .route("/topics", post(audited(add_topic)))
        .route("/topics/:id", audited(signed(rename_topic)))
        .route("/likes", post(audited(get_likes).layer(limit.clone())))
        .fallback(lost.into_service());
    let pages = poem::Route::new().at("/pages", poem::post(add_page.with(Tracing).data(1)));
    serve(app.merge(guarded()).merge(beside(db())), pages, registry::router(), registry::procedures()).await;
}

async fn members() -> String {
    run("UPDATE members SET seen = now()").await
}

async fn add_member() {
    run("INSERT INTO members (name) VALUES ($1)").await;
}

async fn remove_member() {
    run("DELETE FROM members WHERE id = $1").await;
}

async fn add_topic() {
    run("INSERT INTO topics (label) VALUES ($1)").await;
}

async fn rename_topic() {
    run("UPDATE topics SET label = $1").await;
}

async fn get_likes() {
    run("UPDATE likes SET read = true").await;
}

async fn lost() {
    run("INSERT INTO misses (path) VALUES ($1)").await;
}

#[poem::handler]
async fn add_page() {
    run("INSERT INTO pages (title) VALUES ($1)").await;
}

/// What the wrapper does itself, it does for the handler.
pub fn audited<F, R>(handler: F) -> impl Fn(Request) -> R
where
    F: Fn(Request) -> R + Clone,
    R: Future<Output = ()>,
{
    move |request| {
        let handler = handler.clone();
        async move {
            run("INSERT INTO audits (path) VALUES ($1)").await;
            handler(request).await
        }
    }
}

pub fn signed<F>(handler: F) -> F {
    handler
}

pub async fn run(sql: &str) -> String {
    sqlx::query(sql).execute(db()).await
}

/// The functions given to a layer are called by the server.
fn guarded() -> axum::Router {
    axum::Router::new()
        .route("/guarded", get(|| async { "" }))
        .layer(axum::middleware::from_fn(guard))
        .layer(own_layer())
}

async fn guard(request: Request, next: Next) {
    run("UPDATE guards SET passed = now()").await;
}

fn own_layer() -> Layer {
    run("DELETE FROM layers");
    Layer
}

/// Handlers and tasks made beside what they take along.
fn beside(db: Db) -> axum::Router {
    tokio::spawn({
        let db = db.clone();
        async move {
            db.execute("DELETE FROM leftovers").await;
        }
    });
    axum::Router::new()
        .route(
            "/pictures/:id",
            get({
                let db = db.clone();
                move |id| show_picture(db, id)
            })
            .put(|id: Path<i64>| async move { edit_picture(id).await })
            .patch(|id| async move { answer(crop_picture(id).await) })
            .delete(|_| run("DELETE FROM pictures WHERE id = $1")),
        )
        .route(
            "/albums",
            post({
                let db = db.clone();
                move |body: String| async move {
                    let album = db.execute("INSERT INTO albums (name) VALUES ($1)").await;
                    notify(album).await
                }
            }),
        )
}

async fn show_picture(db: Db, id: i64) {
    run("UPDATE pictures SET seen = true WHERE id = $1").await;
}

async fn edit_picture(id: Path<i64>) {
    run("UPDATE pictures SET caption = $1 WHERE id = $2").await;
}

fn answer(result: Cropped) -> Response {
    Response::from(result)
}

async fn crop_picture(id: i64) -> Cropped {
    run("UPDATE pictures SET width = $1 WHERE id = $2").await
}

async fn notify(album: i64) {
    run("INSERT INTO notes (album) VALUES ($1)").await;
}
