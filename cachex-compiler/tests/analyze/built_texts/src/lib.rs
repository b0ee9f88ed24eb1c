//! Statements that are put together, and how far they are known.

const TABLE: &str = "posts";

async fn breaks_off(db: &PgPool, table: &str) {
    let mut query = QueryBuilder::new("UPDATE ");
    query.push(table).push(" SET title = 'x'");
    sqlx::query(&("DELETE FROM ".to_owned() + table)).execute(db).await;
    sqlx::query(&["INSERT INTO \"", table, "\" VALUES (1)"].concat()).execute(db).await;
    tracing::info!("update {table}");
}

async fn goes_on(db: &PgPool) {
    let mut query = QueryBuilder::new("UPDATE posts SET updated_at = now()");
    query.push(", title = ").push_bind(title);
    let mut sql = String::from("UPDATE posts SET updated_at = now()");
    sql.push_str(", title = 'x'");
    let mut sql = "UPDATE posts SET updated_at = now()".to_string();
    sql += ", title = 'x'";
    let sql = format!("UPDATE posts SET updated_at = now(){}", more);
    let sql = format!("UPDATE posts SET views = $1 {more} WHERE id = 2");
    let sql = format!("UPDATE posts SET views = {views} WHERE id = 2");
    let sql = format!("INSERT INTO posts (id, {}) VALUES (1)", columns);
}

async fn whole(db: &PgPool) {
    sqlx::query("UPDATE posts SET views = 0").execute(db).await;
    let sql = "UPDATE posts SET views = 0";
}

async fn named(db: &PgPool) {
    let table = TABLE;
    sqlx::query(&format!("DELETE FROM {table}")).execute(db).await;
    for table in tables() {
        sqlx::query(&format!("DELETE FROM {table}")).execute(db).await;
    }
}

struct Posts;

impl Posts {
    const TABLE: &'static str = "posts";

    async fn clear(&self, db: &PgPool) {
        sqlx::query(&format!("DELETE FROM {}", Self::TABLE)).execute(db).await;
    }
}

trait Named {
    const NAME: &'static str;

    fn name() -> &'static str;

    async fn clear(&self, db: &PgPool) {
        sqlx::query(&format!("DELETE FROM {}", Self::NAME)).execute(db).await;
        sqlx::query(&format!("UPDATE {} SET title = 'x'", Self::name())).execute(db).await;
    }
}

struct Tags;

impl Named for Tags {
    const NAME: &'static str = "tags";

    fn name() -> &'static str {
        "tags"
    }
}

async fn clear_tags(db: &PgPool) {
    Tags.clear(db).await;
}

async fn copied(client: &tokio_postgres::Client) {
    client.copy_in("COPY posts (id, title) FROM STDIN BINARY").await;
    client.copy_in(&format!("COPY {TABLE} FROM STDIN")).await;
}

async fn two_at_once(db: &MySqlPool) {
    sqlx::query("UPDATE posts p JOIN tags t ON t.post_id = p.id SET p.views = 1, t.name = 'x'").execute(db).await;
}

async fn at_once(db: &PgPool) {
    db.execute("DO $$ BEGIN IF EXISTS (SELECT FROM old) THEN DELETE FROM posts; INSERT INTO tags (id) VALUES (1); END IF; END $$").await;
    db.execute("CREATE FUNCTION clear() RETURNS void AS $$ BEGIN DELETE FROM tags; END $$ LANGUAGE plpgsql").await;
}

async fn only(db: &PgPool) {
    db.execute("DELETE FROM ONLY posts WHERE id = 1").await;
    db.execute("UPDATE ONLY posts SET title = 'x' WHERE id IN (SELECT id FROM ONLY tags FETCH FIRST 1 ROWS ONLY)").await;
}

trait Driver {
    const MEMBERS: &'static str = "members";

    fn members() -> &'static str {
        Self::MEMBERS
    }
}

struct Sqlite;

impl Driver for Sqlite {}

impl Sqlite {
    async fn leave(&self, db: &SqlitePool) {
        db.execute(&format!("DELETE FROM {table} WHERE id = $1", table = Self::members())).await;
    }
}
