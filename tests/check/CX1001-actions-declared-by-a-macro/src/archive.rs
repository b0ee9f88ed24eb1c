use crate::saga::{Blog, declare_actions};

declare_actions! {
    archive;
    CLOSE -> "closed" {
        + close
        - reopen
    }
    REMOVE -> "removed" {
        + remove
        - keep
    }
}

pub fn register(registry: &mut steno::ActionRegistry) {
    archive_register_actions(registry);
}

async fn close(_: &Blog) {}

async fn reopen(_: &Blog) {}

async fn keep(_: &Blog) {}

async fn remove(blog: &Blog) {
    sqlx::query("DELETE FROM posts WHERE likes = 0").execute(&blog.db).await.ok();
}
