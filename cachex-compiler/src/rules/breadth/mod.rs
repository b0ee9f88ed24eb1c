//! CX05: what clears more than it must, or less than it seems to.

pub(super) mod alias_without_identity;
pub(super) mod short_lived_part;
pub(super) mod unused_tag;
pub(super) mod whole_cache_dependency;
