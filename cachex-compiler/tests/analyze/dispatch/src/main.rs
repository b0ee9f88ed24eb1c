//! Enums that hand a trait's methods on, handlers that are made services with their state.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::handler::Handler;
use axum::routing::post;
use enum_dispatch::enum_dispatch;
use sqlx::PgPool;

pub struct Postgres {
    db: PgPool,
}

pub struct Nowhere;

#[enum_dispatch]
pub enum Store {
    Postgres(Postgres),
    Nowhere(Nowhere),
}

#[enum_dispatch(Store)]
pub trait Posts {
    async fn rename(&self, id: i64);

    fn clear(&self) {}
}

impl Posts for Postgres {
    async fn rename(&self, id: i64) {
        sqlx::query("UPDATE posts SET title = 'new' WHERE id = $1").bind(id).execute(&self.db).await.ok();
    }
}

impl Posts for Nowhere {
    async fn rename(&self, _id: i64) {}
}

impl Postgres {
    /// No method of the trait: the enum does not have it.
    async fn vacuum(&self) {
        sqlx::query("DELETE FROM dead_rows").execute(&self.db).await.ok();
    }
}

#[enum_dispatch(Searches)]
enum Index {
    Local,
}

struct Local(PgPool);

#[enum_dispatch]
trait Searches {
    async fn forget(&self);
}

impl Searches for Local {
    async fn forget(&self) {
        sqlx::query("DELETE FROM words").execute(&self.0).await.ok();
    }
}

struct App {
    store: Arc<Store>,
    index: Index,
}

async fn direct(State(app): State<Arc<App>>) {
    app.store.rename(1).await;
    app.index.forget().await;
    app.store.vacuum().await;
}

async fn through<P: Posts + ?Sized>(posts: &P) {
    posts.rename(2).await;
}

async fn generic(State(app): State<Arc<App>>) {
    through(app.store.as_ref()).await;
}

trait Resource {
    async fn remove(&self);
}

struct Draft(PgPool);

impl Resource for Draft {
    async fn remove(&self) {
        sqlx::query("DELETE FROM drafts").execute(&self.0).await.ok();
    }
}

async fn removed<R: Resource>(State(resource): State<R>) {
    resource.remove().await;
}

fn service(db: PgPool) {
    webdav::answer(Handler::with_state(removed::<Draft>, Draft(db)));
}

#[tokio::main]
async fn main() {
    let app = Router::new().route("/direct", post(direct)).route("/generic", post(generic));
    axum::serve(listener(), app).await.unwrap();
}
