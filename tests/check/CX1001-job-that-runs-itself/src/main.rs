use std::time::Duration;

use sqlx::PgPool;

struct SweepJob;

impl SweepJob {
    async fn run(&self, db: PgPool) -> Result<(), sqlx::Error> {
        sqlx::query("DELETE FROM posts WHERE likes = 0").execute(&db).await?;
        Ok(())
    }
}

#[tokio::main]
async fn main() {
    let db = PgPool::connect("blog").await.unwrap();
    tokio::spawn(async move {
        let mut hourly = tokio::time::interval(Duration::from_secs(3600));
        loop {
            hourly.tick().await;
            let job = SweepJob;
            job.run(db.clone()).await.ok();
        }
    })
    .await
    .unwrap();
}
