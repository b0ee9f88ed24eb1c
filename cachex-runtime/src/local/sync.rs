//! The atomics of the core under one name, so that `tests/loom` can put loom's in their place.

pub(crate) use std::sync::OnceLock;
pub(crate) use std::sync::atomic::{AtomicU64, Ordering};
