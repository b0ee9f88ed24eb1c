#[path = "rename_post.rs"]
mod rename_post;

pub use rename_post::rename_post;
