//! The surface generated code names, and nothing else of this crate.
//!
//! Generated code holds the plan of `cachex.yaml` as one text, which [`plan`] reads once into the definitions below;
//! the runtime evaluates them. Values are compared, hashed and put into keys in one canonical form, [`Value`]: two
//! values are the same exactly when their texts are.
//!
//! # What `#[invalidates]` expands to
//!
//! ```text
//! #[invalidates(post.update(title), id = post_id)]
//! #[invalidates(picture.create, id = |ok| ok.picture, post = post_id)]
//! async fn rename(Path(post_id): Path<Uuid>, …) -> Result<impl IntoResponse, Error> { body }
//! ```
//! becomes, as the whole body of `rename`:
//! ```text
//! let __post_id = ::core::clone::Clone::clone(&post_id);            // expressions over parameters, before the body
//! let __annotated = ::cachex::codegen::Annotated::enter(::cachex::codegen::Declaration {
//!     function: ::core::concat!(::core::module_path!(), "::rename"),
//!     // What is declared, in the attributes' order; what only the success value tells stands as unknown.
//!     // Contributed if the function is cancelled or panics (with `OnError::Invalidate` also if it fails).
//!     changes: ::std::vec![…ErasedChange…],
//!     on_error: ::cachex::codegen::OnError::Nothing,                 // `on_error = invalidate`: OnError::Invalidate
//!     executor: ::cachex::codegen::Executor::Own,                    // a transaction or executor among the
//! });                                                                //   parameters: Executor::Callers
//! let __value: Result<_, Error> = __annotated.run(async move { body }).await;
//! if ::cachex::codegen::succeeded!(&__value) {                       // `success = |r| …`: codegen::judge(&__value, |r| …)
//!     // Option<T>: None where there is no success value. `ok` is the value behind Result, Option, Json and
//!     // tuples that end in Json; it is borrowed.
//!     let __picture = ::cachex::codegen::success!(&__value, |ok| ok.picture);
//!     // `Changes::AsDeclared` where no closure over the success value stands in the attributes.
//!     __annotated.succeed(::cachex::codegen::Changes::Exactly(::std::vec![…])).await;
//! } else {
//!     __annotated.fail().await;
//! }
//! __value
//! ```
//! A sync function is the same with `run_now(|| -> Result<_, Error> { body })` (`return` in the body stays in the
//! closure), `succeed_now(…)` and `fail_now()`; under `#[async_trait]` the block within `Box::pin(async move { … })`
//! is the async body. Where the return type has `impl IntoResponse`, a value of an opaque type is made a response
//! before it is judged: `::cachex::codegen::respond(value)` (feature `axum`), else its status can't be seen.
//! `Annotated` is `Send`; dropped without `succeed` or `fail` it counts as cancelled or panicked.
//!
//! # What `#[cached]` expands to
//!
//! The body becomes the loader of [`cached_always`]`(key.as_ref(), move || async move { body }).await`, which finds the
//! runtime by itself and returns `Result<Arc<V>, LoadError<E>>`, or of [`cached_perhaps`], which returns
//! `Result<Option<Arc<V>>, LoadError<E>>`, where it returns an `Option`.
//!
//! # What the methods of a generated change call
//!
//! [`record`]`(change)`, [`Cachex::apply`](crate::Cachex::apply)`(change).await`, [`regions`]`(&SCHEMA, &change)`,
//! [`Cachex::invalidate`](crate::Cachex::invalidate)`(change)`, and for `notify::post(&cx, id, action)`
//! [`Cachex::notify`](crate::Cachex::notify)`(`[`notice`]`(&POST, id, action))`, with the [`ErasedChange`] the constructor
//! filled; `.same_event(ev)`, `.scope(…)` and `.data(…)` set its fields.

use std::borrow::Cow;
use std::hash::Hash;
pub use std::marker::PhantomData;
pub use std::time::Duration;

pub use serde::Serialize;
pub use time::{Date, OffsetDateTime};
pub use uuid::Uuid;

pub use crate::apply::{Apply, Applying, notice, regions};
pub use crate::behind::{Behind, Detached, Here, Reloads};
pub use crate::cached::{
    AlwaysThere, Anything, Cached, Declared, Entries, Entry, Fits, PerhapsThere, cached_always,
    cached_perhaps, notify, param_in, scope_in, write_key,
};
pub use crate::cachex::Cachex;
pub use crate::local::{AnyHome, Home};
pub use crate::plan::{Unreadable, plan, read as read_plan};
pub use crate::read::cached;
#[cfg(feature = "axum")]
pub use crate::unit::outcome::respond;
pub use crate::unit::outcome::{self, judge};
pub use crate::unit::{Annotated, Changes, Declaration, Executor, OnError, record};
pub use crate::values::*;
pub use crate::{
    __changes as changes, __flags as flags, __key as key, __params as params, __setters as setters,
    __succeeded as succeeded, __success as success, __tags as tags,
};

/// The canonical text of a value: what stands for it in a key, injectively. `:` `%` `*` `?` `[` `]` `{` `}`, white
/// space and control characters are percent-encoded; the components of a composite identity are joined by `:`;
/// an absent value is [`Value::ABSENT`], which no present value encodes to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Value(pub Cow<'static, str>);

impl Value {
    /// An optional value that is not there: differs from an empty text.
    pub const ABSENT: Self = Self(Cow::Borrowed("%-"));
}

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

/// A typed key of one cache; generated.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the key of a cache",
    label = "this is no key",
    note = "keys are made by the module of `schema!`: `cache::PostById {{ id }}`"
)]
pub trait Key: Clone + Eq + Hash + Send + Sync + 'static {
    /// The tags of an entry: generated, or [`NoTags`].
    type Tags: Tags;
    /// Index of the cache it belongs to in [`Key::schema`]; a constant, as every hit asks for it.
    const CACHE: u32;
    /// The schema of the cache.
    fn schema() -> &'static SchemaDef;
    /// [`Always`], or [`Perhaps`] where the cache keeps "there is none" (`negative_ttl`): then a loader returns
    /// `Result<Option<V>, E>`. With `stale_while_revalidate` it is [`Revalidated`]`<Always>` or `<Perhaps>`.
    type Presence: Presence;
    /// The scope, where the cache has one: it is a field of the key.
    fn scope(&self) -> Option<Value> {
        None
    }
    /// The [`Home`] of its cache's store, where the type of its values is declared.
    #[inline]
    fn home() -> AnyHome {
        &()
    }
    /// The canonical values of the params, in order of declaration.
    fn params(&self) -> Vec<Value>;
}

/// The plan of a schema as text, read when it is first asked for.
pub type Plan = std::sync::LazyLock<SchemaDef>;

/// The entity of an index, which generated code has from the schema itself.
pub fn entity(schema: &'static SchemaDef, index: u32) -> &'static EntityDef {
    let entity = schema.entities.get(index as usize);
    entity.copied().unwrap_or(&SYSTEM)
}

/// The cache of a key, for what isn't asked at every hit.
pub(crate) fn cache<K: Key>() -> &'static CacheDef {
    let cache = K::schema().caches.get(K::CACHE as usize);
    cache.copied().unwrap_or(&CacheDef::DEFAULT)
}

/// The tags of an entry; generated.
pub trait Tags: Send + Sync + 'static {
    /// The canonical values of each tag, in order of declaration: exactly one for `One` and `Optional`
    /// (perhaps [`Value::ABSENT`]), any number for `Many`.
    fn values(&self) -> Vec<Vec<Value>>;
}

/// Whether a cache keeps "there is none", [`Always`] or [`Perhaps`]; [`Revalidated`] around it where entries past
/// their TTL are served while they are reloaded.
pub trait Presence: Send + Sync + 'static {
    /// [`Always`] or [`Perhaps`].
    type Kind;
    /// [`Here`] or [`Behind`].
    type Reloaded;
}

/// The loader always has a value: it returns `Result<V, E>`, a hit is an `Arc<V>`.
#[derive(Debug, Clone, Copy)]
pub enum Always {}

impl Presence for Always {
    type Kind = Self;
    type Reloaded = Here;
}

/// There may be none: the loader returns `Result<Option<V>, E>`, a hit is an `Option<Arc<V>>`.
#[derive(Debug, Clone, Copy)]
pub enum Perhaps {}

impl Presence for Perhaps {
    type Kind = Self;
    type Reloaded = Here;
}

/// The cache has `stale_while_revalidate`.
#[derive(Debug, Clone, Copy)]
pub struct Revalidated<P>(PhantomData<P>);

impl<P: Presence> Presence for Revalidated<P> {
    type Kind = P::Kind;
    type Reloaded = Behind;
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

/// A cache without tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NoTags;

impl Tags for NoTags {
    fn values(&self) -> Vec<Vec<Value>> {
        Vec::new()
    }
}

/// The error of what a loader returns, also behind an alias of `Result`.
#[diagnostic::on_unimplemented(
    message = "a cached loader returns `Result<V, E>`, and not `{Self}`",
    label = "this loader returns no `Result`"
)]
pub trait Fallible {
    /// It.
    type Error;
}

impl<T, E> Fallible for Result<T, E> {
    type Error = E;
}

/// What a key's cache holds: generated for the declared `value:`, or for every type where none is declared.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the key of a cache of such values",
    label = "not a key, or one of a cache that holds other values",
    note = "keys are made by the module of `schema!`: `cache::PostById {{ id }}`"
)]
pub trait Holds<V>: Key {}

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
