//! The schema after its names were resolved: what `cachex.yaml` says, in the domain's words.
//!
//! Owns the data every later stage reads. Knows no YAML. Every name and every edge carries the span where it
//! stands, so that a rule can label both sites of a conflict. Ids index the vectors of [`Schema`]; they are only
//! made by `resolve`, which makes them valid.

mod cache;
mod check;
mod entity;
mod pattern;
mod resolve;
mod types;
mod valid;

pub use cache::{
    Cache, Client, Consistency, Dependencies, Dependency, Dimension, DimensionKind, KeyPart, Only,
    QueryKey, Tier, Ttl, Upstream, Warm, When, Where, WhereField, WhereValue,
};
pub use check::{Check, Dialect, Effect, EffectArgument, Severities, WritePattern};
pub use entity::{
    Actions, Attribute, AttributeKind, Component, Entity, Identity, PartTable, Table, TableKind,
    Touch,
};
pub use pattern::{Action, FieldSet, Pattern};
pub(crate) use resolve::{Unread, includes, read_pattern, resolve};
pub use types::{Cardinality, DimensionType, Normaliser, Scalar, Type};
pub use valid::Valid;

use crate::source::Span;

/// Index of an entity in [`Schema::entities`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// Index of a cache in [`Schema::caches`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CacheId(pub u32);

/// Index of a dimension in [`Cache::dimensions`]: params first, in order of declaration, then tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DimensionId(pub u16);

/// Index of an attribute in [`Entity::attributes`]: references first, then fields, in order of declaration.
/// References are fields like any other, so both share this numbering. At most [`FieldSet::CAPACITY`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttributeId(pub u16);

/// A value and the place it was written at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What stands there.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// A name as written, with its place.
pub type Name = Spanned<String>;

/// Everything a schema says.
#[derive(Debug, Clone)]
pub struct Schema {
    /// First part of every key.
    pub namespace: Name,
    /// The scope every key, change and event carries, if declared: its name and scalar.
    pub scope: Option<(Name, Scalar)>,
    /// In order of declaration; those of included files after the root file's.
    pub entities: Vec<Entity>,
    /// In order of declaration; those of included files after the root file's.
    pub caches: Vec<Cache>,
    /// What `cachex check` is told.
    pub check: Check,
}

impl Schema {
    /// The entity of an id.
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are only made by resolve, which makes them valid"
    )]
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.0 as usize]
    }

    /// The cache of an id.
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are only made by resolve, which makes them valid"
    )]
    pub fn cache(&self, id: CacheId) -> &Cache {
        &self.caches[id.0 as usize]
    }

    /// All entities with their ids, in order.
    pub fn entity_ids(&self) -> impl Iterator<Item = (EntityId, &Entity)> {
        (0..).map(EntityId).zip(&self.entities)
    }

    /// All caches with their ids, in order.
    pub fn cache_ids(&self) -> impl Iterator<Item = (CacheId, &Cache)> {
        (0..).map(CacheId).zip(&self.caches)
    }
}
