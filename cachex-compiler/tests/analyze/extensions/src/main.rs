//! Traits of these sources for types outside of them, and parameters of types that are not given.

use sqlx::{Acquire, PgPool, Postgres, Transaction};

mod store {
    use sqlx::{Acquire, Postgres};

    /// For all that gives a connection.
    pub trait Posts<'c>: Acquire<'c, Database = Postgres> + Sized {
        async fn rename_post(self, title: &str) {
            let mut conn = self.acquire().await;
            sqlx::query("UPDATE posts SET title = $1").execute(&mut *conn).await;
        }

        async fn remove(self, id: i64) {
            let mut conn = self.acquire().await;
            sqlx::query("DELETE FROM posts WHERE id = $1").execute(&mut *conn).await;
        }
    }

    impl<'c, T> Posts<'c> for T where T: Acquire<'c, Database = Postgres> + Send {}

    pub struct Store {
        pool: sqlx::PgPool,
    }

    impl Store {
        pub async fn like(&self, id: i64) {
            self.pool.execute("INSERT INTO likes (post) VALUES ($1)").await;
        }
    }

    pub struct Memory;

    impl Memory {
        pub async fn like(&self, id: i64) {}
    }
}

mod context {
    use std::ops::Deref;
    use std::sync::Arc;

    pub struct Data<S: upstream::Likes> {
        pub store: S,
    }

    /// With a parameter that nobody gives.
    pub struct Context<S: upstream::Likes = crate::store::Store>(pub Arc<Data<S>>);

    impl<S: upstream::Likes> Deref for Context<S> {
        type Target = Data<S>;

        fn deref(&self) -> &Self::Target {
            self.0.as_ref()
        }
    }
}

async fn begin(pool: &PgPool) -> Result<Transaction<'static, Postgres>, Error> {
    pool.begin().await
}

#[actix_web::put("/posts/{id}")]
async fn rename(pool: PgPool) {
    use store::Posts as _;
    let mut tx = begin(&pool).await?;
    tx.rename_post("new").await;
    tx.commit().await;
}

/// Of what may be anything only the trait's import tells.
#[actix_web::delete("/posts/{id}")]
async fn remove(pool: PgPool) {
    use store::Posts;
    let mut tx = begin(&pool).await?;
    tx.remove(1).await;
}

#[actix_web::delete("/files/{id}")]
async fn remove_file(pool: PgPool, files: upstream::Files) {
    files.remove(1).await;
}

#[actix_web::post("/likes")]
async fn like(context: context::Context) {
    context.store.like(1).await;
}

fn main() {}
