use sqlx::PgPool;

pub trait Backend {
    async fn rename(&self, id: i64);
}

pub trait Writer {
    async fn rename(&self, id: i64);
}

pub struct Sql(PgPool);

pub struct Access {
    sql: Sql,
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
