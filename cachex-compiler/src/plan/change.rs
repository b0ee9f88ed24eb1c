//! A concrete change and what it meets: images, values, regions, entries.
//!
//! Owns no meaning: these are the words in which the plan's evaluation and the naive one are asked and answer.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Action, AttributeId, Cache, CacheId, Component, DimensionId, DimensionKind, DimensionType,
    EntityId, FieldSet, Schema,
};

/// One write of one entity (or of several alike, `each = ids`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whose.
    pub entity: EntityId,
    /// What was done.
    pub action: Action,
    /// The references and fields that were set; looked at for an update alone. `ALL` where they aren't known.
    pub set: FieldSet,
    /// The entity after (`create`), before (`delete`), or before and after (`update`); with several identities so
    /// many for each.
    pub images: Vec<Image>,
}

/// The entity on one side of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Which entity: a text, or its components; `Unknown` where the statement doesn't say.
    pub identity: Given,
    /// Its references and fields; one that is not in it is unknown.
    pub attributes: BTreeMap<AttributeId, Given>,
}

/// What is known of one value of an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// Nothing.
    Unknown,
    /// That there is none.
    Absent,
    /// It.
    One(Value),
    /// All of it, of a many-valued reference.
    Many(BTreeSet<Value>),
}

/// A value as it is compared: canonical text, or an identity's components.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Of a scalar, or of an identity of one component.
    Text(String),
    /// Of a composite identity, in order of declaration.
    Components(Vec<Value>),
}

/// The entries of one cache whose bound dimensions have these values.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region {
    /// Of which cache.
    pub cache: CacheId,
    /// By dimension; none: the whole cache. A `None` is "absent", a value of its own.
    pub bound: BTreeMap<DimensionId, Option<Value>>,
}

/// One entry of a cache, by what its dimensions hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Of which cache.
    pub cache: CacheId,
    /// One for each param.
    pub params: BTreeMap<DimensionId, Option<Value>>,
    /// The values of each tag, an absent one as `None`; a many-valued one may have none or several. `None` where the
    /// tags aren't known: a negative entry, or one with more than `max_tags`.
    pub tags: Option<BTreeMap<DimensionId, BTreeSet<Option<Value>>>>,
}

impl Region {
    /// Whether clearing the region clears an entry. One whose tags aren't known belongs to every region bound by a tag,
    /// and one where an optional param is absent to every region that binds it: it isn't restricted.
    pub fn holds(&self, cache: &Cache, entry: &Entry) -> bool {
        let tag = |dimension: &DimensionId| cache.dimension(*dimension).kind == DimensionKind::Tag;
        if entry.tags.is_none() && self.bound.keys().any(tag) {
            return true;
        }
        self.bound.iter().all(|(dimension, value)| {
            if let Some(param) = entry.params.get(dimension) {
                return param == value || param.is_none();
            }
            let tags = entry.tags.as_ref().and_then(|tags| tags.get(dimension));
            tags.is_some_and(|values| values.contains(value))
        })
    }
}

impl Value {
    /// The value as its type compares it.
    #[must_use]
    pub fn normalised(self, schema: &Schema, ty: &DimensionType) -> Self {
        match (self, ty) {
            (Self::Text(text), DimensionType::Scalar(ty)) => Self::Text(ty.normalise(&text)),
            (value, DimensionType::Identity(entity)) => {
                value.identified(schema, &schema.entity(*entity).identity.components)
            }
            (value @ Self::Components(_), DimensionType::Scalar(_)) => value,
        }
    }

    fn identified(self, schema: &Schema, components: &[Component]) -> Self {
        match (self, components) {
            (value, [component]) => value.normalised(schema, &component.ty),
            (Self::Components(values), _) => Self::Components(
                values
                    .into_iter()
                    .zip(components)
                    .map(|(value, component)| value.normalised(schema, &component.ty))
                    .collect(),
            ),
            (value @ Self::Text(_), _) => value,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
