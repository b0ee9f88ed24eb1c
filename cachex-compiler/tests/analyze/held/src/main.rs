//! Functions that constants hold, and values that a transaction's closure gives back.

use std::future::Future;
use std::pin::Pin;
use std::thread;

use sqlx::PgPool;

struct Job {
    name: &'static str,
    run: fn(PgPool) -> Result<(), Failed>,
    undo: fn(PgPool),
}

static JOBS: &[Job] = &[
    Job { name: "sweep", run: sweep as fn(PgPool) -> Result<(), Failed>, undo: unsweep },
    Job { name: "count", run: count, undo: uncount },
];

const STEPS: [fn(PgPool); 2] = [first_step, second_step];

const NAMED: &[(&str, fn(PgPool))] = &[("third", third_step)];

fn sweep(db: PgPool) -> Result<(), Failed> {
    execute(db, "DELETE FROM drafts")
}

fn count(db: PgPool) -> Result<(), Failed> {
    execute(db, "UPDATE posts SET likes = 0")
}

fn unsweep(db: PgPool) {
    execute(db, "DELETE FROM sweeps").ok();
}

fn uncount(db: PgPool) {
    execute(db, "DELETE FROM counts").ok();
}

fn first_step(db: PgPool) {
    execute(db, "DELETE FROM tags").ok();
}

fn second_step(db: PgPool) {
    execute(db, "DELETE FROM topics").ok();
}

fn third_step(db: PgPool) {
    execute(db, "DELETE FROM words").ok();
}

fn execute(db: PgPool, sql: &str) -> Result<(), Failed> {
    sqlx::query(sql).execute(&db).map_err(Failed)
}

/// The task calls one field of each job; the other is handed on with the jobs.
fn start(db: PgPool) {
    for job in JOBS {
        let db = db.clone();
        thread::spawn(move || loop {
            (job.run)(db.clone()).ok();
        });
    }
}

fn step(db: PgPool) {
    for step in STEPS {
        step(db.clone());
    }
    for (_, step) in NAMED {
        step(db.clone());
    }
}

struct Transaction;

struct Database;

impl Database {
    async fn run<F, T>(&self, f: F) -> Result<T, Failed>
    where
        for<'a> F: Fn(&'a Transaction) -> Pin<Box<dyn Future<Output = Result<T, Failed>> + Send + 'a>>,
    {
        f(&Transaction).await
    }
}

#[derive(Default)]
struct Tally;

impl Tally {
    async fn put(&self, tx: &Transaction) -> Result<(), Failed> {
        sqlx::query("UPDATE users SET posts = posts + 1").execute(tx).await.map_err(Failed)
    }
}

struct Other;

impl Other {
    async fn put(&self, tx: &Transaction) -> Result<(), Failed> {
        sqlx::query("DELETE FROM others").execute(tx).await.map_err(Failed)
    }
}

async fn tally(db: Database) {
    let tally = db.run(|_| Box::pin(async move { Ok(Tally::default()) })).await.unwrap();
    db.run(|tx| Box::pin(async move { tally.put(tx).await })).await.ok();
}

#[tokio::main]
async fn main() {
    let db = PgPool::connect("postgres://").await.unwrap();
    start(db.clone());
    step(db);
    tally(Database).await;
}
