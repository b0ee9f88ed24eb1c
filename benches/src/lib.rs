//! Measurements side by side with peers, and what they are measured on.

pub mod scale;
