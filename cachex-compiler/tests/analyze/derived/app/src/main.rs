//! Rows whose statements a derive macro of these sources makes.

use axum::routing::post;
use axum::{Extension, Router};
use blog_derive::{Describe, Row};
use sqlx::PgPool;

type Id = i64;

#[derive(Clone)]
struct NoId;

#[derive(Row)]
struct BlogPost<I = NoId> {
    id: I,
    title: String,
}

#[derive(Clone, Row)]
#[table(topic_list)]
struct Topic<I = NoId> {
    id: I,
    title: String,
}

#[derive(Describe)]
struct Draft {
    title: String,
}

impl BlogPost {
    fn new(title: &str) -> Self {
        Self { id: NoId, title: title.to_owned() }
    }
}

impl BlogPost<Id> {
    async fn shorten(mut self, db: &PgPool) {
        self.title.truncate(20);
        self.save(db).await.ok();
        sqlx::query("DELETE FROM excerpts WHERE post = $1").bind(self.id).execute(db).await.ok();
    }
}

async fn create(Extension(db): Extension<PgPool>) {
    let post = BlogPost::new("first").save(&db).await.unwrap();
    post.save(&db).await.unwrap();
    let topic = Topic { id: NoId, title: "news".to_owned() };
    topic.save(&db).await.unwrap();
}

async fn shorten(Extension(db): Extension<PgPool>) {
    if let Some(post) = BlogPost::find_by_id(&db, 7).await.unwrap() {
        post.shorten(&db).await;
    }
}

async fn remove(Extension(db): Extension<PgPool>, topic: Topic<Id>, draft: Draft, files: Files) {
    topic.clone().delete(&db).await.ok();
    draft.delete(&db).await;
    files.delete(&db).await;
}

#[tokio::main]
async fn main() {
    let app = Router::new()
        .route("/create", post(create))
        .route("/shorten", post(shorten))
        .route("/remove", post(remove));
    axum::serve(listener(), app).await.unwrap();
}

// What is called stands in front of what it is called on.
macro_rules! saver {
    ($name:ident, $row:expr) => {
        async fn $name(db: PgPool) {
            $row.save(&db).await.ok();
        }
    };
}

saver!(save_one, BlogPost::new("one"));
