//! The plan held against the rules it was made from.

mod build;
mod cases;
mod corners;
mod draw;
mod random;
mod shape;
mod told;
