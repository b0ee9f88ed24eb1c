//! What a stream yields is known by its `Item`.
use futures::{Stream, StreamExt, TryStreamExt, pin_mut, stream::BoxStream};
use std::pin::pin;

struct Beat {
    id: i64,
}

impl Beat {
    async fn keep(&self, db: &mut PgConnection) {
        sqlx::query!("INSERT INTO beats (id) VALUES ($1)", self.id).execute(db).await.unwrap();
    }

    async fn forget(&self, db: &mut PgConnection) {
        sqlx::query!("DELETE FROM beats WHERE id = $1", self.id).execute(db).await.unwrap();
    }

    async fn mark(&self, db: &mut PgConnection) {
        sqlx::query!("UPDATE beats SET marked = true WHERE id = $1", self.id).execute(db).await.unwrap();
    }

    async fn count(&self, db: &mut PgConnection) {
        sqlx::query!("UPDATE beats SET count = count + 1 WHERE id = $1", self.id).execute(db).await.unwrap();
    }
}

/// Others have a method of the name: only the type tells which is meant.
struct Log;

impl Log {
    async fn keep(&self, db: &mut PgConnection) {
        sqlx::query!("INSERT INTO logs (id) VALUES (1)").execute(db).await.unwrap();
    }
    async fn forget(&self, db: &mut PgConnection) {
        sqlx::query!("DELETE FROM logs").execute(db).await.unwrap();
    }
    async fn mark(&self, db: &mut PgConnection) {
        sqlx::query!("UPDATE logs SET marked = true").execute(db).await.unwrap();
    }
    async fn count(&self, db: &mut PgConnection) {
        sqlx::query!("UPDATE logs SET count = 0").execute(db).await.unwrap();
    }
}

async fn keep(beats: impl Stream<Item = anyhow::Result<Beat>>, db: &mut PgConnection) -> anyhow::Result<()> {
    let mut beats = pin!(beats);
    while let Some(beat) = beats.next().await.transpose()? {
        beat.keep(db).await;
    }
    Ok(())
}

async fn forget(beats: impl Stream<Item = anyhow::Result<Beat>>, db: &mut PgConnection) -> anyhow::Result<()> {
    pin_mut!(beats);
    while let Some(beat) = beats.try_next().await? {
        beat.forget(db).await;
    }
    Ok(())
}

async fn mark(mut beats: BoxStream<'static, Beat>, db: &mut PgConnection) {
    while let Some(beat) = beats.next().await {
        beat.mark(db).await;
    }
}

trait Publish {
    async fn publish(self, db: &mut PgConnection);
}

impl Publish for Beat {
    async fn publish(self, db: &mut PgConnection) {
        sqlx::query!("INSERT INTO outbox (id) VALUES ($1)", self.id).execute(db).await.unwrap();
    }
}

impl Publish for Vec<Beat> {
    async fn publish(self, db: &mut PgConnection) {
        sqlx::query!("INSERT INTO batches (length) VALUES ($1)", self.len()).execute(db).await.unwrap();
    }
}

async fn published(beats: &[Beat], db: &mut PgConnection) {
    beats.to_vec().publish(db).await;
}

trait Recorder {
    async fn trace(&self, name: &str, beat: i64);
    async fn tick(&self);
}

struct Journal;

impl Recorder for Journal {
    async fn trace(&self, name: &str, beat: i64) {
        sqlx::query!("INSERT INTO journal (name, beat) VALUES ($1, $2)", name, beat).execute(&pool()).await.unwrap();
    }
    async fn tick(&self) {
        sqlx::query!("DELETE FROM journal").execute(&pool()).await.unwrap();
    }
}

/// What others give has methods of the same names.
async fn traced() {
    tracing::Span::current().trace("beats", 1);
    let mut interval = tokio::time::interval(Duration::from_secs(1));
    interval.tick().await;
}

fn stored() -> impl Iterator<Item = Beat> {
    (0..3).map(|id| Beat { id })
}

#[tokio::main]
async fn main() {
    let mut db = connect().await;
    keep(source(), &mut db).await.unwrap();
    forget(source(), &mut db).await.unwrap();
    mark(source().boxed(), &mut db).await;
    traced().await;
    published(&all(), &mut db).await;
    for beat in stored() {
        beat.count(&mut db).await;
    }
}
