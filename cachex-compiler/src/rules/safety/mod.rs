//! CX06: what a declaration promises and another takes back.

pub(super) mod local_strictness;
pub(super) mod stale_strictness;
pub(super) mod unscoped_cache;
