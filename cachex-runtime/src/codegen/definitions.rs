//! What the plan's text is read into: the schema, its entities, its caches, and what a change of each clears.
//!
//! Owns the shapes. Knows no types of the application: values stand in their canonical form.

use std::time::Duration;

/// A scalar, for writing a [`Value`] back as JSON in events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scalar {
    /// A JSON number.
    Number,
    /// A JSON boolean.
    Bool,
    /// A JSON string.
    Text,
}

/// The compiled schema.
#[derive(Debug)]
pub struct SchemaDef {
    /// First part of every key.
    pub namespace: &'static str,
    /// Name of the scope, if declared.
    pub scope: Option<&'static str>,
    /// By [`EntityDef::index`].
    pub entities: &'static [&'static EntityDef],
    /// By [`CacheDef::index`].
    pub caches: &'static [&'static CacheDef],
}

/// A compiled entity.
#[derive(Debug)]
pub struct EntityDef {
    /// Index in [`SchemaDef::entities`].
    pub index: u32,
    /// Its name.
    pub name: &'static str,
    /// The name clients see.
    pub event: &'static str,
    /// The identity's components, references to composite identities flattened: name and scalar. Those of a
    /// flattened reference are named `reference.component`. Empty for [`SYSTEM`] alone.
    pub identity: &'static [(&'static str, Scalar)],
    /// References that are components of the identity: the attribute, its first flattened component, how many.
    /// Their values are read off each identity, so that a change of many identities keeps them apart; the
    /// constructor needs not repeat them in [`ErasedChange::before`] and [`ErasedChange::after`].
    pub components: &'static [(u16, u16, u16)],
    /// Names of references and fields; a bit of a field set is an index into it.
    pub attributes: &'static [&'static str],
    /// Whether create, update, delete are told to clients.
    pub notify: [bool; 3],
    /// Whether its changes stay within a scope.
    pub scoped: bool,
    /// What create, update, delete clear, upstream caches first.
    pub steps: [&'static [StepDef]; 3],
}

/// A compiled cache.
#[derive(Debug)]
pub struct CacheDef {
    /// Index in [`SchemaDef::caches`].
    pub index: u32,
    /// Position in the order of clearing, upstream first.
    pub order: u32,
    /// Its name.
    pub name: &'static str,
    /// The key template with `{0}`-style holes cut out: text, then param 0's value, text, param … as
    /// (literal text before, dimension) pairs and the trailing text.
    pub key: (&'static [(&'static str, u16)], &'static str),
    /// Params, then tags.
    pub dimensions: &'static [DimensionDef],
    /// Facets as bit sets over the dimensions, in the order a region prefers them.
    pub facets: &'static [u64],
    /// Time to live; `None`: until invalidated or evicted. Kept in steps of 67 ms: an entry goes up to a step early,
    /// never late, and one with a shorter TTL lives a step at most.
    pub ttl: Option<Duration>,
    /// Random part taken off the TTL, in per cent.
    pub jitter: u8,
    /// After the TTL, served while one caller reloads.
    pub stale_while_revalidate: Duration,
    /// After the TTL, served when the loader fails.
    pub stale_if_error: Duration,
    /// How long "there is none" is kept.
    pub negative_ttl: Option<Duration>,
    /// Bound of entries in process.
    pub max_entries: u64,
    /// Values of a many-valued tag an entry may have before its tags count as unknown.
    pub max_tags: u32,
    /// Version of the value's encoding.
    pub format: u32,
    /// Whether its entries belong to a scope.
    pub scoped: bool,
    /// How far the loader may lag behind the primary. What it gives within so long after a bump of one of its regions
    /// goes to those who asked and is not kept, nor is what another cache's loader builds from it.
    pub replica_lag: Option<Duration>,
}

/// A param that is always there.
pub const fn param(name: &'static str) -> DimensionDef {
    DimensionDef {
        name,
        kind: DimensionKind::Param,
        cardinality: Cardinality::One,
    }
}

/// A param that may be absent.
pub const fn optional_param(name: &'static str) -> DimensionDef {
    DimensionDef {
        name,
        kind: DimensionKind::Param,
        cardinality: Cardinality::Optional,
    }
}

/// A tag with exactly one value.
pub const fn tag(name: &'static str) -> DimensionDef {
    DimensionDef {
        name,
        kind: DimensionKind::Tag,
        cardinality: Cardinality::One,
    }
}

/// A tag that may be absent.
pub const fn optional_tag(name: &'static str) -> DimensionDef {
    DimensionDef {
        name,
        kind: DimensionKind::Tag,
        cardinality: Cardinality::Optional,
    }
}

/// A many-valued tag.
pub const fn tags(name: &'static str) -> DimensionDef {
    DimensionDef {
        name,
        kind: DimensionKind::Tag,
        cardinality: Cardinality::Many,
    }
}

/// Binds a dimension.
pub const fn bind(dimension: u16, from: SourceDef) -> BindingDef {
    BindingDef {
        dimension,
        from,
        or_absent: false,
    }
}

impl CacheDef {
    /// A cache that declares nothing: a definition names only what differs from it.
    pub const DEFAULT: Self = Self {
        index: 0,
        order: 0,
        name: "",
        key: (&[], ""),
        dimensions: &[],
        facets: &[],
        ttl: None,
        jitter: 0,
        stale_while_revalidate: Duration::ZERO,
        stale_if_error: Duration::ZERO,
        negative_ttl: None,
        max_entries: 10_000,
        max_tags: 64,
        format: 1,
        scoped: false,
        replica_lag: None,
    };
}

/// A dimension of a compiled cache.
#[derive(Debug, Clone, Copy)]
pub struct DimensionDef {
    /// Its name.
    pub name: &'static str,
    /// From the key or from the value.
    pub kind: DimensionKind,
    /// How many values it has.
    pub cardinality: Cardinality,
}

/// Where a dimension's value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DimensionKind {
    /// The key.
    Param,
    /// The loaded value.
    Tag,
}

/// How many values a dimension has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cardinality {
    /// Exactly one.
    One,
    /// Perhaps none.
    Optional,
    /// A set.
    Many,
}

/// A compiled step: clear a region of a cache.
#[derive(Debug)]
pub struct StepDef {
    /// Index of the cache.
    pub cache: u32,
    /// The dimensions that get a value.
    pub bindings: &'static [BindingDef],
    /// For `update`: applies when one of these fields was set; `u128::MAX`: always.
    pub mask: u128,
    /// Values that must be equal, or unknown.
    pub tests: &'static [(SourceDef, &'static str)],
    /// Attributes that must not be known to be absent.
    pub present: &'static [u16],
}

impl StepDef {
    /// The whole of cache 0, always: a definition names only what differs from it.
    pub const DEFAULT: Self = Self {
        cache: 0,
        bindings: &[],
        mask: u128::MAX,
        tests: &[],
        present: &[],
    };
}

/// One dimension of a region gets its value.
#[derive(Debug)]
pub struct BindingDef {
    /// Index into [`CacheDef::dimensions`].
    pub dimension: u16,
    /// Where from.
    pub from: SourceDef,
    /// The region is united with the one where the dimension is absent.
    pub or_absent: bool,
}

/// Where a value comes from: one image of the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceDef {
    /// The whole identity.
    Identity,
    /// A component of it, by its index among the flattened ones ([`EntityDef::identity`]).
    Component(u16),
    /// A reference or field.
    Attribute(u16),
    /// Components of the identity a reference holds: the reference, the first flattened component, how many.
    ComponentOf(u16, u16, u16),
    /// A fixed value, already canonical.
    Literal(&'static str),
}

/// The plan of a schema as text, read when it is first asked for.
pub type Plan = std::sync::LazyLock<SchemaDef>;

/// The entity of an index, which generated code has from the schema itself.
pub fn entity(schema: &'static SchemaDef, index: u32) -> &'static EntityDef {
    let entity = schema.entities.get(index as usize);
    entity.copied().unwrap_or(&SYSTEM)
}

/// The reserved entity without identity: `system.delete` clears every cache of the scope. The generated module
/// `system` builds its changes with this entity, `ids: None` and [`ErasedAction::Delete`]; no steps are generated.
pub static SYSTEM: EntityDef = EntityDef {
    index: u32::MAX,
    name: "system",
    event: "system",
    identity: &[],
    components: &[],
    attributes: &[],
    notify: [true; 3],
    scoped: true,
    steps: [&[], &[], &[]],
};
