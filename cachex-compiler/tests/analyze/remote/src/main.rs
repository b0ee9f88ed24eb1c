//! Services whose callers are generated: a trait that an attribute makes one.

mod web;

use sqlx::PgPool;
use tarpc::context::Context;

#[tarpc::service]
trait Posts {
    async fn rename(id: i64, title: String);
    async fn forget(id: i64);
}

#[derive(Clone)]
struct Server {
    db: PgPool,
}

impl Posts for Server {
    async fn rename(self, _: Context, id: i64, title: String) {
        sqlx::query("UPDATE posts SET title = $2 WHERE id = $1").bind(id).bind(title).execute(&self.db).await.ok();
    }

    async fn forget(self, _: Context, id: i64) {
        self.erase(id).await;
    }
}

impl Server {
    async fn erase(&self, id: i64) {
        sqlx::query("DELETE FROM posts WHERE id = $1").bind(id).execute(&self.db).await.ok();
    }
}

/// No service: nobody calls it.
trait Drafts {
    async fn clear(&self);
}

impl Drafts for Server {
    async fn clear(&self) {
        sqlx::query("DELETE FROM drafts").execute(&self.db).await.ok();
    }
}

#[tokio::main]
async fn main() {
    let server = Server { db: PgPool::connect("postgres://").await.unwrap() };
    web::app(server.db.clone()).listen("127.0.0.1:8080").await.unwrap();
    tarpc::serve(server.serve()).await;
}
