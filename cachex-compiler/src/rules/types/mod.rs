//! CX02: types, and what a key and its params owe each other.

pub(super) mod doubly_bound_dimension;
pub(super) mod hash_in_where;
pub(super) mod oversized_declaration;
pub(super) mod unused_param;
pub(super) mod where_across_entities;
pub(super) mod where_type_mismatch;
mod wording;
