//! Change patterns: `post`, `post.update`, `post.update(title, slug)`, `post.update()`.

use super::{AttributeId, EntityId};
use crate::source::Span;

/// What a write does to an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// One image: after.
    Create,
    /// Two images.
    Update,
    /// One image: before.
    Delete,
}

impl Action {
    /// All three, in the order they are listed everywhere.
    pub const ALL: [Self; 3] = [Self::Create, Self::Update, Self::Delete];

    /// As written in a pattern.
    pub fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }
}

/// A set of an entity's references and fields, by [`AttributeId`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FieldSet(pub u128);

impl FieldSet {
    /// References and fields an entity may have together. More is a diagnostic.
    pub const CAPACITY: usize = 128;
    /// No field.
    pub const NONE: Self = Self(0);
    /// All fields.
    pub const ALL: Self = Self(u128::MAX);

    /// The set of one.
    pub fn one(attribute: AttributeId) -> Self {
        Self(1 << (u32::from(attribute.0) % 128))
    }

    /// Both sets together.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether they share a field.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether all of `other` is in `self`.
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The attributes in it, ascending.
    pub fn iter(self) -> impl Iterator<Item = AttributeId> {
        (0..128u16)
            .filter(move |bit| self.0 >> bit & 1 == 1)
            .map(AttributeId)
    }
}

impl FromIterator<AttributeId> for FieldSet {
    fn from_iter<I: IntoIterator<Item = AttributeId>>(attributes: I) -> Self {
        attributes
            .into_iter()
            .fold(Self::NONE, |set, attribute| set.union(Self::one(attribute)))
    }
}

/// One pattern of changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// Whose changes.
    pub entity: EntityId,
    /// `None`: any action.
    pub action: Option<Action>,
    /// `None`: any field. `Some` stands behind `update` only; `Some(NONE)` is `update()`.
    pub fields: Option<FieldSet>,
    /// The whole pattern as written.
    pub span: Span,
}
