pub struct Scheduler;

impl Scheduler {
    pub fn new() -> Self {
        Self
    }

    /// What is given runs in a task of its own.
    pub fn every_minute<F, R>(&self, task: F)
    where
        F: Fn() -> R + Send + 'static,
        R: Future<Output = ()>,
    {
        tokio::spawn(async move {
            loop {
                task().await;
            }
        });
    }
}
