//! A loader of a cache with `stale_while_revalidate` runs behind its reader, and owns what it uses.

#![allow(dead_code, unused_variables)]

use uuid::Uuid;

mod cache {
    cachex::schema!("revalidated.yaml");
}

struct Pool;
struct Post;

impl Pool {
    async fn read(&self) -> Result<Post, ()> {
        Ok(Post)
    }
}

#[cachex::cached(post_by_id)]
async fn borrows(pool: &Pool, id: Uuid) -> Result<Post, ()> {
    pool.read().await
}

struct Store {
    pool: Pool,
}

impl Store {
    #[cachex::cached(post_by_id)]
    async fn method(&self, id: Uuid) -> Result<Post, ()> {
        self.pool.read().await
    }
}

async fn in_code(cx: &cachex::Cachex, pool: &Pool, id: Uuid) {
    let key = cache::PostById { id };
    let found = cx.get_or_load(&key, || async { pool.read().await }).await;
}

// The cache keeps "there is none": its loader says where there is.
#[cachex::cached(post_by_title)]
async fn always(title: String) -> Result<cachex::WithTags<Post, cache::PostByTitleTags>, ()> {
    Err(())
}

// What it owns may go to a task.
#[cachex::cached(post_by_id)]
async fn boxed(pool: Box<Pool>, id: Uuid) -> Result<Post, ()> {
    pool.read().await
}

fn main() {}
