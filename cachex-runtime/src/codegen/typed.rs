//! What generated code implements for its types: keys, tags, and what a cache's loader gives.

use std::hash::Hash;
use std::marker::PhantomData;

use super::{AnyHome, Behind, CacheDef, Here, SchemaDef, Value};

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
