//! Jobs by their attribute, and what a derived builder builds.

use derive_builder::Builder;
use sqlx::PgPool;
use sqlxmq::{CurrentJob, JobRegistry, job};

#[derive(Builder)]
struct Attempt<'a> {
    job: &'a mut CurrentJob,
    #[builder(default)]
    times: u32,
}

impl<'a> Attempt<'a> {
    fn builder(job: &'a mut CurrentJob) -> AttemptBuilder<'a> {
        AttemptBuilder::default().job(job)
    }

    async fn run(self, db: &PgPool) {
        sqlx::query("UPDATE attempts SET times = times + 1").execute(db).await.ok();
    }
}

/// Another `run`, which nobody calls.
struct Trial;

impl Trial {
    async fn run(self, db: &PgPool) {
        sqlx::query("DELETE FROM trials").execute(db).await.ok();
    }
}

#[job(name = "publish")]
async fn publish(mut current_job: CurrentJob, db: PgPool) {
    sqlx::query("UPDATE posts SET published = true").execute(&db).await.ok();
    let attempt = Attempt::builder(&mut current_job).times(3).build().expect("it has a job");
    attempt.run(&db).await;
}

#[sqlxmq::job]
async fn sweep(_: CurrentJob, db: PgPool) {
    sqlx::query("DELETE FROM drafts").execute(&db).await.ok();
}

#[tokio::main]
async fn main() {
    let mut registry = JobRegistry::new(&[publish, sweep]);
    let db = PgPool::connect("postgres://").await.unwrap();
    registry.set_context(db.clone());
    registry.runner(&db).run().await.unwrap();
}
