#[async_trait::async_trait]
pub trait Job {
    async fn run(&self);
}
