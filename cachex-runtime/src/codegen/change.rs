//! A change and a region as the runtime evaluates them, and the canonical form of the values in them.

use std::borrow::Cow;

use super::EntityDef;

/// The canonical text of a value: what stands for it in a key, injectively. `:` `%` `*` `?` `[` `]` `{` `}`, white
/// space and control characters are percent-encoded; the components of a composite identity are joined by `:`;
/// an absent value is [`Value::ABSENT`], which no present value encodes to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Value(pub Cow<'static, str>);

impl Value {
    /// An optional value that is not there: differs from an empty text.
    pub const ABSENT: Self = Self(Cow::Borrowed("%-"));
}

/// A part of one cache, ready to be cleared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region {
    /// Index of the cache.
    pub cache: u32,
    /// Its scope; `None`: of all scopes, or the cache has none.
    pub scope: Option<Value>,
    /// The facet, an index into [`CacheDef::facets`]; `None`: the whole cache (of the scope).
    pub facet: Option<u16>,
    /// One value for each dimension of the facet, ascending by dimension.
    pub values: Vec<Value>,
}

/// A change as the runtime evaluates it, after the typed constructor is done with it.
#[derive(Debug, Clone)]
pub struct ErasedChange {
    /// Whose change.
    pub entity: &'static EntityDef,
    /// What happened.
    pub action: ErasedAction,
    /// The identities; `None`: unknown. One image pair stands for each of them.
    pub ids: Option<Vec<Value>>,
    /// References and fields before, by attribute: `None` unknown; a set for many-valued ones, exactly one value
    /// (perhaps [`Value::ABSENT`]) otherwise. Shorter than the attributes: the rest is unknown.
    pub before: Vec<Option<Vec<Value>>>,
    /// The same after.
    pub after: Vec<Option<Vec<Value>>>,
    /// The fields set (`update` and `any`); `u128::MAX`: all.
    pub set: u128,
    /// In which scope.
    pub scope: ChangeScope,
    /// A typed hint for clients.
    pub data: Option<serde_json::Value>,
    /// The `ev` of the event that already told clients.
    pub same_event: Option<String>,
}

/// In which scope something changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ChangeScope {
    /// That of the unit of work (or the entity has none).
    #[default]
    OfUnit,
    /// This one.
    One(Value),
    /// All scopes (`scope = all`).
    All,
}

/// The action of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ErasedAction {
    /// One image: after.
    Create,
    /// Two images.
    Update,
    /// One image: before.
    Delete,
    /// A bare annotation: the union of the three.
    Any,
}
