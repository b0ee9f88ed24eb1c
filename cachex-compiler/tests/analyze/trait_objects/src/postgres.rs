use crate::{Repository, Users};

pub struct Postgres;
struct PostgresUsers;

impl Repository for Postgres {
    fn users(&self) -> Box<dyn Users> {
        Box::new(PostgresUsers)
    }

    fn audit(&self, line: &str) {
        pg_execute("INSERT INTO audit (line) VALUES ($1)", &[&line]);
    }
}

#[async_trait::async_trait]
impl Users for PostgresUsers {
    async fn rename(&self, id: i64, name: &str) {
        pg_execute("UPDATE auth.users SET name = $1 WHERE id = $2", &[&name, &id]).await;
    }
}
