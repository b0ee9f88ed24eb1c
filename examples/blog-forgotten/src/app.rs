//! The routes, and the layer that makes each request a unit of work.

use axum::Router;
use axum::response::Html;
use axum::routing::{get, patch, post, put};
use cachex::Cachex;

use crate::db::Db;
use crate::{cache, categories, feed, layouts, pages, pictures, posts, system, types};

/// What every handler has.
#[derive(Clone)]
pub struct App {
    /// The source of truth.
    pub db: Db,
    /// The caches.
    pub cachex: Cachex,
}

/// The caches of one process, empty.
pub fn cachex() -> Cachex {
    Cachex::builder(&cache::SCHEMA).build()
}

/// The whole application.
pub fn router(db: Db, cachex: Cachex) -> Router {
    let app = App {
        db,
        cachex: cachex.clone(),
    };
    Router::new()
        .route(
            "/",
            get(|| async { Html(include_str!("../static/index.html")) }),
        )
        .route("/posts", get(posts::list).post(posts::create))
        .route(
            "/posts/{id}",
            get(posts::read).put(posts::update).delete(posts::remove),
        )
        .route("/posts/{id}/title", patch(posts::rename))
        .route("/posts/{id}/pictures", put(pictures::upsert_of_post))
        .route("/pages", get(pages::list).post(pages::create))
        .route(
            "/pages/{id}",
            get(pages::read).put(pages::update).delete(pages::remove),
        )
        .route("/pictures", get(pictures::list).post(pictures::create))
        .route("/pictures/unlink", post(pictures::unlink))
        .route(
            "/pictures/{id}",
            get(pictures::read)
                .patch(pictures::update)
                .delete(pictures::remove),
        )
        .route(
            "/categories",
            get(categories::list).post(categories::create),
        )
        .route(
            "/categories/{id}",
            put(categories::update).delete(categories::remove),
        )
        .route("/types", get(types::list).post(types::create))
        .route("/types/{id}", put(types::update).delete(types::remove))
        .route("/layouts", get(layouts::list).post(layouts::create))
        .route(
            "/layouts/{id}",
            put(layouts::update).delete(layouts::remove),
        )
        .route("/feed", get(feed::read))
        .route("/caches", axum::routing::delete(system::flush))
        .route("/events", cachex::sse::Events::new(&cachex).route())
        .layer(cachex::layer::UnitOfWork::new(&cachex))
        .with_state(app)
}
