//! Caches: dimensions, keys, dependencies, options.

use std::time::Duration;

use super::{
    AttributeId, CacheId, Cardinality, DimensionId, DimensionType, EntityId, Name, Pattern, Spanned,
};
use crate::source::Span;

/// A named family of entries.
#[derive(Debug, Clone)]
pub struct Cache {
    /// Its name, snake case, unescaped.
    pub name: Name,
    /// Shown in hover, audit, docs and rustdoc.
    pub description: Option<String>,
    /// The key template, split at its holes; empty where it could not be read whole.
    pub key: Spanned<Vec<KeyPart>>,
    /// Params, then tags.
    pub dimensions: Vec<Dimension>,
    /// The value's type (a Rust path); the loader's where not declared.
    pub value: Option<Name>,
    /// How long an entry lives.
    pub ttl: Spanned<Ttl>,
    /// Random part taken off the TTL, in per cent (0 to 100).
    pub jitter: u8,
    /// After the TTL, served while one caller reloads.
    pub stale_while_revalidate: Option<Spanned<Duration>>,
    /// After the TTL, served when the loader fails.
    pub stale_if_error: Option<Spanned<Duration>>,
    /// How long "there is none" is kept.
    pub negative_ttl: Option<Spanned<Duration>>,
    /// Bound of the in-process tier, in entries.
    pub max_entries: u64,
    /// Values of a many-valued tag an entry may have.
    pub max_tags: u32,
    /// Where an entry lies; `None`: `both` where a shared store is configured.
    pub tier: Option<Spanned<Tier>>,
    /// `bounded` unless declared.
    pub consistency: Spanned<Consistency>,
    /// How far the loader may lag behind the primary (`source: { replica: 500ms }`).
    pub replica_lag: Option<Spanned<Duration>>,
    /// Reloading what is read most.
    pub warm: Option<Warm>,
    /// The client's query cache.
    pub client: Option<Client>,
    /// Version of the value's encoding.
    pub format: u32,
    /// Changes whose staleness until the TTL is accepted.
    pub allow_stale: Vec<Pattern>,
    /// False behind `scope: none`.
    pub scoped: bool,
    /// What makes it stale.
    pub depends_on: Dependencies,
    /// Its whole declaration.
    pub span: Span,
}

impl Cache {
    /// The dimension of an id.
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are only made by resolve, which makes them valid"
    )]
    pub fn dimension(&self, id: DimensionId) -> &Dimension {
        &self.dimensions[id.0 as usize]
    }

    /// All dimensions with their ids.
    pub fn dimension_ids(&self) -> impl Iterator<Item = (DimensionId, &Dimension)> {
        (0..).map(DimensionId).zip(&self.dimensions)
    }

    /// The declared dependencies; none where they are missing or `none`.
    pub fn dependencies(&self) -> &[Dependency] {
        match &self.depends_on {
            Dependencies::Listed(list) => list,
            Dependencies::Missing | Dependencies::None { .. } => &[],
        }
    }
}

/// A piece of a key template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyPart {
    /// Text between holes.
    Text(String),
    /// `{param}`.
    Hole(DimensionId, Span),
}

/// A typed variable of a cache.
#[derive(Debug, Clone)]
pub struct Dimension {
    /// Its name.
    pub name: Name,
    /// In the key, or known from the value.
    pub kind: DimensionKind,
    /// What it holds.
    pub ty: DimensionType,
    /// How many values; a param is never `Many`.
    pub cardinality: Cardinality,
    /// Where its type is written.
    pub type_span: Span,
    /// The attribute its type was taken from (`post.slug`, `post.author`), if any; `post.id` is none.
    pub typed_by: Option<(EntityId, AttributeId)>,
}

/// Where a dimension's value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DimensionKind {
    /// The key.
    Param,
    /// The loaded value.
    Tag,
}

/// `depends_on`.
#[derive(Debug, Clone)]
pub enum Dependencies {
    /// It isn't there (a diagnostic says so).
    Missing,
    /// `none`, with its reason.
    None {
        /// Why, if given.
        reason: Option<Name>,
        /// Where.
        span: Span,
    },
    /// One or more.
    Listed(Vec<Dependency>),
}

/// "This cache is stale when …".
#[derive(Debug, Clone)]
pub enum Dependency {
    /// On changes of entities.
    When(When),
    /// On another cache.
    Cache(Upstream),
}

impl Dependency {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::When(when) => when.span,
            Self::Cache(upstream) => upstream.span,
        }
    }

    /// The dimensions that its `where` binds, and where each is named.
    pub fn compared(&self) -> Vec<(DimensionId, Span)> {
        fn of<Left>(wheres: &[Where<Left>]) -> Vec<(DimensionId, Span)> {
            let dimensions = wheres.iter().filter_map(|clause| match clause.right.value {
                WhereValue::Dimension(id) => Some((id, clause.right.span)),
                WhereValue::Literal(_) => None,
            });
            dimensions.collect()
        }
        match self {
            Self::When(when) => of(&when.wheres),
            Self::Cache(upstream) => of(&upstream.wheres),
        }
    }

    /// The dimensions that its `only` fixes.
    pub fn only(&self) -> &[Only] {
        match self {
            Self::When(when) => &when.only,
            Self::Cache(upstream) => &upstream.only,
        }
    }
}

/// `{ when: …, where: …, only: … }`.
#[derive(Debug, Clone)]
pub struct When {
    /// One or more; with a `where` all of one entity (a rule checks it).
    pub patterns: Vec<Pattern>,
    /// `field: $dimension` or `field: literal`, of the pattern's entity.
    pub wheres: Vec<Where<WhereField>>,
    /// `dimension: literal` of this cache.
    pub only: Vec<Only>,
    /// The whole dependency.
    pub span: Span,
}

/// `{ cache: …, where: …, only: … }`.
#[derive(Debug, Clone)]
pub struct Upstream {
    /// Which.
    pub cache: Spanned<CacheId>,
    /// Left a dimension of the upstream cache; right an own one, or a literal.
    pub wheres: Vec<Where<DimensionId>>,
    /// `dimension: literal` of this cache.
    pub only: Vec<Only>,
    /// The whole dependency.
    pub span: Span,
}

/// The left side of a `where` behind `when`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WhereField {
    /// The whole identity (`id`).
    Identity,
    /// A component of a composite identity that is no reference, by its index.
    Component(u16),
    /// A reference or field; a component that is a reference is that reference.
    Attribute(AttributeId),
}

/// One entry of a `where`.
#[derive(Debug, Clone)]
pub struct Where<Left> {
    /// What is compared, and where its name stands.
    pub left: Spanned<Left>,
    /// With what.
    pub right: Spanned<WhereValue>,
}

/// The right side of a `where`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhereValue {
    /// `$dimension` of this cache.
    Dimension(DimensionId),
    /// A literal in its canonical text, normalised by the field's type (`true`, `cancelled`, `42`).
    Literal(String),
}

/// `only: { sort: popular }`.
#[derive(Debug, Clone)]
pub struct Only {
    /// The dimension it fixes.
    pub dimension: Spanned<DimensionId>,
    /// Its canonical text.
    pub literal: Spanned<String>,
}

/// `ttl`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ttl {
    /// `none`
    None,
    /// A duration.
    After(Duration),
}

/// Where an entry lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tier {
    /// In the process.
    Local,
    /// In the shared store.
    Shared,
    /// In both.
    Both,
}

/// What other nodes may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consistency {
    /// Fresh within the lease.
    Bounded,
    /// Checked in the shared store on every hit.
    Strict,
}

/// `warm: { on: [start, invalidate], top: 50 }`.
#[derive(Debug, Clone)]
pub struct Warm {
    /// At start.
    pub on_start: bool,
    /// After an invalidation.
    pub on_invalidate: bool,
    /// How many of the most read.
    pub top: u32,
    /// Where.
    pub span: Span,
}

/// `client: …`.
#[derive(Debug, Clone)]
pub struct Client {
    /// The query key, if declared.
    pub query_key: Option<QueryKey>,
    /// The localStorage key template, if declared.
    pub local_storage: Option<Vec<KeyPart>>,
    /// Where.
    pub span: Span,
}

/// A query key of the client's cache.
#[derive(Debug, Clone)]
pub enum QueryKey {
    /// One string (SWR's are URLs).
    One(Vec<KeyPart>),
    /// Parts.
    Parts(Vec<Vec<KeyPart>>),
}
