use futures::future::BoxFuture;
use sqlx::PgPool;

struct Consumer {
    topic: &'static str,
    on_message: fn(PgPool, Vec<u8>) -> BoxFuture<'static, ()>,
}

#[tokio::main]
async fn main() {
    let db = PgPool::connect("blog").await.unwrap();
    let consumer = Consumer { topic: "posts.removed", on_message: remove_post };
    tokio::spawn(consume(consumer, db)).await.unwrap();
}

async fn consume(consumer: Consumer, db: PgPool) {
    let mut messages = queue::subscribe(consumer.topic).await;
    while let Some(message) = messages.next().await {
        (consumer.on_message)(db.clone(), message).await;
    }
}

fn remove_post(db: PgPool, id: Vec<u8>) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        sqlx::query("DELETE FROM posts WHERE id = $1").bind(id).execute(&db).await.ok();
    })
}
