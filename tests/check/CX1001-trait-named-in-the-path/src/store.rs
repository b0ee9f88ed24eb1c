use sqlx::PgPool;

pub trait Backend {
    async fn rename(&self, id: i64);
}

pub trait Writer {
    async fn rename(&self, id: i64);
}

/// What is done to a post is noted, too.
pub trait Noted {
    async fn rename(&self, id: i64);
}

pub struct Sql(PgPool);

pub struct Access {
    pub sql: Sql,
}

impl Access {
    pub fn writer(&self) -> Option<&(impl Writer + use<>)> {
        Some(&self.sql)
    }
}

impl Backend for Sql {
    async fn rename(&self, id: i64) {
        sqlx::query("UPDATE posts SET title = 'new' WHERE id = $1").bind(id).execute(&self.0).await.unwrap();
    }
}

impl Noted for Sql {
    async fn rename(&self, id: i64) {
        sqlx::query("INSERT INTO notes (post) VALUES ($1)").bind(id).execute(&self.0).await.unwrap();
    }
}
