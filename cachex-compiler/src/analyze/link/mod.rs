//! All files together → facts.

mod orm;
mod resolve;
mod solve;
mod symbols;
mod types;
mod world;
