use crate::job::Job;
use elsewhere::Queue;

#[async_trait::async_trait]
pub trait Publisher: Send + Sync {
    async fn publish(&self);
}

pub async fn work(queue: Queue) {
    while let Some(job) = queue.next().await {
        job.run().await;
    }
}
