mod job;
mod posts;
mod queue;

use std::sync::{Arc, OnceLock};

static PUBLISHER: OnceLock<Arc<dyn queue::Publisher>> = OnceLock::new();

#[tokio::main]
async fn main() {
    PUBLISHER.set(Arc::new(posts::Archive)).ok().unwrap();
    queue::work(elsewhere::queue()).await;
    if let Some(publisher) = PUBLISHER.get() {
        publisher.publish().await;
    }
}
