//! A blog whose every write says what it makes stale.
//!
//! The rules stand in `schemas/blog.yaml`. A module per entity holds its loaders and its handlers; `app` puts the
//! routes together. `cachex check examples/blog` vouches that no handler forgot.

pub mod app;
pub mod categories;
pub mod db;
pub mod error;
pub mod feed;
pub mod layouts;
mod links;
pub mod pages;
pub mod pictures;
pub mod posts;
pub mod system;
pub mod types;

/// The typed caches, changes and events of `schemas/blog.yaml`.
pub mod cache {
    cachex::schema!("../../schemas/blog.yaml");
}
