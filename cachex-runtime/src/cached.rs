//! What generated code says of a cache, as types: what its key is made of, and what an entry is.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use crate::apply::{Apply, notice};
use crate::behind::Reloads;
use crate::cachex::Cachex;
use crate::codegen::{
    self, Always, AnyHome, ErasedAction, Field, Fields, Give, IdOf, Key, NoTags, Perhaps, Presence,
    SchemaDef, Tags, Value, Written,
};
use crate::load::Carries;
use crate::local::LoadError;
use crate::read::{self, Reloaded};
use crate::values;

/// A cache, which tells its keys from those of others with fields of the same names.
pub trait Cached: 'static {
    /// Its index in the schema.
    const INDEX: u32;
    /// The fields of its key: the scope, where it has one, and the params.
    type Key: Fields;
    /// What lies in it.
    type Entry: Entries;
    /// Its typed key.
    type Made: Key;
    /// The [`Home`](codegen::Home) of its store, where the type of its values is declared.
    #[inline]
    fn home() -> AnyHome {
        &()
    }
}

/// A cache that always has a value.
#[diagnostic::on_unimplemented(
    message = "cache `{Self}` has a `negative_ttl`, and this loader never says that there is none",
    label = "this loader of `{Self}` always gives a value",
    note = "return `Result<Option<V>, E>`, with `None` where there is none, or remove `negative_ttl` from the cache"
)]
pub trait AlwaysThere: Cached<Made: Key<Presence: Presence<Kind = Always>>> {}

#[diagnostic::do_not_recommend]
impl<C: Cached<Made: Key<Presence: Presence<Kind = Always>>>> AlwaysThere for C {}

/// A cache that keeps "there is none".
#[diagnostic::on_unimplemented(
    message = "cache `{Self}` declares no `negative_ttl`, so its loader can't give `None`",
    label = "this loader of `{Self}` gives an `Option`",
    note = "declare how long \"there is none\" is kept, `negative_ttl: 30s`, or return `Result<V, E>` with an error where \
            there is none"
)]
pub trait PerhapsThere: Cached<Made: Key<Presence: Presence<Kind = Perhaps>>> {}

#[diagnostic::do_not_recommend]
impl<C: Cached<Made: Key<Presence: Presence<Kind = Perhaps>>>> PerhapsThere for C {}

/// [`read::cached`] for a loader that returns `Result<V, E>`.
///
/// # Errors
/// The loader's.
pub async fn cached_always<C, L, E, How: 'static, F, Fut>(
    key: Option<&C::Made>,
    load: F,
) -> Result<Arc<L::Value>, LoadError<E>>
where
    C: AlwaysThere,
    L: Carries<C::Made, How>,
    E: Send + Sync + 'static,
    F: FnOnce() -> Fut + Reloads<Reloaded<C::Made>, Result<L, E>>,
    Fut: Future<Output = Result<L, E>>,
{
    read::cached::<C::Made, L, E, (Always, How), F, Fut>(key, load).await
}

/// [`read::cached`] for a loader that returns `Result<Option<V>, E>`.
///
/// # Errors
/// The loader's.
pub async fn cached_perhaps<C, L, E, How: 'static, F, Fut>(
    key: Option<&C::Made>,
    load: F,
) -> Result<Option<Arc<L::Value>>, LoadError<E>>
where
    C: PerhapsThere,
    L: Carries<C::Made, How>,
    E: Send + Sync + 'static,
    F: FnOnce() -> Fut + Reloads<Reloaded<C::Made>, Result<Option<L>, E>>,
    Fut: Future<Output = Result<Option<L>, E>>,
{
    read::cached::<C::Made, Option<L>, E, (Perhaps, How), F, Fut>(key, load).await
}

/// An entry: its value, its tags, whether there always is one.
#[derive(Debug)]
pub struct Entry<V = Anything, T = NoTags, P = Always>(PhantomData<(V, T, P)>);

/// What an entry is.
pub trait Entries {
    /// [`Declared`] or [`Anything`].
    type Value;
    /// Its tags.
    type Tags: Tags;
    /// Whether there always is one.
    type Presence: Presence;
}

impl<V, T: Tags, P: Presence> Entries for Entry<V, T, P> {
    type Value = V;
    type Tags = T;
    type Presence = P;
}

/// The type of `value:`.
#[derive(Debug)]
pub struct Declared<V>(PhantomData<V>);

/// No `value:` is declared: whatever its loader gives.
#[derive(Debug)]
pub enum Anything {}

/// What an entry may hold.
#[diagnostic::on_unimplemented(
    message = "the cache is declared to hold another type than `{V}`",
    label = "`value:` in the schema says what it holds"
)]
pub trait Fits<V> {}

impl<V> Fits<V> for Declared<V> {}

impl<V> Fits<V> for Anything {}

/// The scope, if a field of a key is it.
pub fn scope_in<F: Field>(it: &F::Type) -> Option<Value> {
    let values = F::SCOPE.then(|| F::values(it))?;
    values.into_iter().next()
}

/// The canonical value of a field of a key, unless it is the scope.
pub fn param_in<F: Field>(it: &F::Type, params: &mut Vec<Value>) {
    if !F::SCOPE {
        params.extend(F::values(it));
    }
}

/// `post_by_id(7)`
///
/// # Errors
/// What the formatter refuses.
pub fn write_key<K: Key>(key: &K, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut tuple = f.debug_tuple(codegen::cache::<K>().name);
    for value in key.scope().into_iter().chain(key.params()) {
        tuple.field(&format_args!("{}", value.0));
    }
    tuple.finish()
}

/// Tells clients that an entity was changed; an identity that is unknown means the list as a whole.
pub fn notify<E: Written>(
    cx: &Cachex,
    schema: &'static SchemaDef,
    id: impl Give<IdOf<E>>,
    action: ErasedAction,
) -> Apply {
    let entity = codegen::entity(schema, E::INDEX);
    cx.notify(notice(entity, values::id::<E>(id), action))
}
