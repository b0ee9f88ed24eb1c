//! Functions that an attribute hands to something outside of these sources, and some that only look like it.

pub struct Keeper {
    db: Db,
}

/// An actor's messages arrive through what the attribute makes.
#[actors::messages]
impl Keeper {
    async fn handle(&mut self, message: Renamed) {
        self.store("UPDATE posts SET title = $1").await;
    }

    async fn store(&self, sql: &str) {
        self.db.execute(sql).await;
    }
}

/// Called from another language.
#[uniffi::export]
pub async fn like(db: Db) {
    db.execute("INSERT INTO likes (post) VALUES ($1)").await;
}

/// Described, and given to a router nobody knows.
#[utoipa::path(put, path = "/posts/{id}/pin", responses((status = 200)))]
async fn pin(db: Db) {
    db.execute("UPDATE posts SET pinned = true").await;
}

/// A command of a bot, behind an attribute that changes nothing.
#[tracing::instrument(skip_all)]
#[poise::command(slash_command)]
async fn forget(context: Context) {
    context.db.execute("DELETE FROM likes").await;
}

/// Nobody calls it, and no attribute says that somebody does.
#[cfg(feature = "old")]
#[tracing::instrument]
#[must_use]
pub async fn forgotten(db: Db) {
    db.execute("DELETE FROM posts").await;
}

#[async_trait::async_trait]
#[allow(dead_code)]
impl Old {
    pub async fn sweep(&self, db: Db) {
        db.execute("DELETE FROM sweepings").await;
    }
}

pub struct Old;

/// Called by a handler alone: the attribute adds no root of its own.
#[metered::count]
async fn count(db: Db) {
    db.execute("UPDATE counters SET n = n + 1").await;
}

#[actix_web::post("/count")]
async fn counted(db: Db) {
    count(db).await;
}
