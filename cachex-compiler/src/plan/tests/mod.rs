//! The plan held against the rules it was made from.

mod build;
mod draw;
mod random;
mod shape;
