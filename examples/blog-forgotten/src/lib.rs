//! The blog with three mistakes. Each would pass a review: `cachex check examples/blog-forgotten` finds them all.
//!
//! The rules stand in `schemas/blog.yaml`. A module per entity holds its loaders and its handlers; `app` puts the
//! routes together.
//!
//! 1. `layouts::update` declares nothing.
//! 2. `pages::remove` declares the page, but not the pictures that `links::clear_page` takes off it, two calls away.
//! 3. `posts::rename` declares a new title, and publishes the post as well.

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
