use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use sqlx::PgPool;

struct Sweeper {
    db: PgPool,
}

impl Sweeper {
    async fn run(&self) {
        sqlx::query("DELETE FROM posts WHERE likes = 0").execute(&self.db).await.ok();
    }

    async fn clear(&self) {
        sqlx::query("DELETE FROM topics WHERE label = ''").execute(&self.db).await.ok();
    }
}

struct Slow {
    sweeper: Mutex<Option<Weak<Sweeper>>>,
}

impl Slow {
    async fn act(&self) {
        let sweeper = self.sweeper.lock().unwrap().as_ref().and_then(|sweeper| sweeper.upgrade());
        if let Some(sweeper) = sweeper {
            sweeper.clear().await;
        }
    }
}

#[tokio::main]
async fn main() {
    let sweeper = Arc::new(Sweeper { db: PgPool::connect("blog").await.unwrap() });
    let slow = Slow { sweeper: Mutex::new(Some(Arc::downgrade(&sweeper))) };
    let swept = Arc::downgrade(&sweeper);
    let daily = tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_secs(86_400)).await;
            slow.act().await;
        }
    });
    let hourly = tokio::spawn(async move {
        while let Some(sweeper) = swept.upgrade() {
            tokio::time::sleep(Duration::from_secs(3_600)).await;
            sweeper.run().await;
        }
    });
    let _ = tokio::join!(daily, hourly);
}
