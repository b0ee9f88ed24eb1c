//! What a loader may return: a value that knows its tags, one with its tags beside it, one of a cache without tags,
//! and `Option`s of these where the cache keeps "there is none".
//!
//! Owns the types that let `get_or_load` take all of them. The `How` parameters are always inferred: from the key's
//! cache and the loader's type exactly one of the implementations fits.

use std::sync::Arc;

use crate::codegen::{Always, Holds, Key, NoTags, Perhaps, Presence};
use crate::local::Loaded;

/// A value that knows its tags.
pub trait Tagged<K: Key> {
    /// The tags of its entry.
    fn tags(&self) -> K::Tags;
}

/// A value and its tags, from [`tagged`].
#[derive(Debug, Clone)]
pub struct WithTags<V, T> {
    value: V,
    tags: T,
}

/// What a loader returns whose value doesn't know its tags.
pub fn tagged<V, T>(value: V, tags: T) -> WithTags<V, T> {
    WithTags { value, tags }
}

/// The value tells its tags ([`Tagged`]).
#[derive(Debug)]
pub enum ByValue {}
/// The tags stand beside the value ([`tagged`]).
#[derive(Debug)]
pub enum Beside {}
/// The cache has none.
#[derive(Debug)]
pub enum Untagged {}

/// A value with the tags its cache wants.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no value of this cache with the tags it has",
    label = "this loader gives another type than `value:` declares, or its tags are not known",
    note = "where the cache has tags, implement `cachex::Tagged` of its key for the value (for `post_by_id` that is \
            `Tagged<PostById>`), or return `cachex::tagged(value, PostByIdTags {{ … }})`"
)]
pub trait Carries<K: Key, How>: 'static {
    /// What is kept.
    type Value: Send + Sync + 'static;
    /// The value, ready to be kept.
    fn into_loaded(self) -> Loaded<Self::Value, K::Tags>;
}

#[diagnostic::do_not_recommend]
impl<K: Key + Holds<V>, V: Tagged<K> + Send + Sync + 'static> Carries<K, ByValue> for V {
    type Value = V;

    fn into_loaded(self) -> Loaded<V, K::Tags> {
        let tags = self.tags();
        Loaded::tagged(self, tags)
    }
}

#[diagnostic::do_not_recommend]
impl<K, V, T: 'static> Carries<K, Beside> for WithTags<V, T>
where
    K: Key<Tags = T> + Holds<V>,
    V: Send + Sync + 'static,
{
    type Value = V;

    fn into_loaded(self) -> Loaded<V, T> {
        Loaded::tagged(self.value, self.tags)
    }
}

#[diagnostic::do_not_recommend]
impl<K, V> Carries<K, Untagged> for V
where
    K: Key<Tags = NoTags> + Holds<V>,
    V: Send + Sync + 'static,
{
    type Value = V;

    fn into_loaded(self) -> Loaded<V, NoTags> {
        Loaded::tagged(self, NoTags)
    }
}

/// Of caches that don't keep "there is none".
#[diagnostic::on_unimplemented(
    message = "the cache has a `negative_ttl`, and this loader never says that there is none",
    label = "this loader always gives a value",
    note = "return `Result<Option<V>, E>`, with `None` where there is none, or remove `negative_ttl` from the cache"
)]
pub trait AlwaysOne {}

#[diagnostic::do_not_recommend]
impl<P: Presence<Kind = Always>> AlwaysOne for P {}

/// What a loader of a cache gives.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what a loader of this cache gives",
    label = "a cache with `negative_ttl` wants `Result<Option<V>, E>`, any other `Result<V, E>`, with the tags known",
    note = "`V` is the type that `value:` declares, where it does; where the cache has tags, implement `cachex::Tagged` of \
            its key for `V`, or return `cachex::tagged(value, PostByIdTags {{ … }})`"
)]
pub trait Load<K: Key, How>: 'static {
    /// What is kept.
    type Value: Send + Sync + 'static;
    /// What a reader gets: `Arc<V>` or `Option<Arc<V>>`.
    type Found;
    /// What was loaded, ready to be kept.
    fn into_loaded(self) -> Loaded<Self::Value, K::Tags>;
    /// What was found, as readers get it; `None` where there is none and there has to be one.
    fn found(value: Option<Arc<Self::Value>>) -> Option<Self::Found>;
}

impl<K, L, How> Load<K, (Always, How)> for L
where
    K: Key<Presence: AlwaysOne>,
    L: Carries<K, How>,
{
    type Value = L::Value;
    type Found = Arc<L::Value>;

    fn into_loaded(self) -> Loaded<L::Value, K::Tags> {
        Carries::into_loaded(self)
    }

    fn found(value: Option<Arc<L::Value>>) -> Option<Arc<L::Value>> {
        value
    }
}

#[diagnostic::do_not_recommend]
impl<K, L, How> Load<K, (Perhaps, How)> for Option<L>
where
    K: Key<Presence: Presence<Kind = Perhaps>>,
    L: Carries<K, How>,
{
    type Value = L::Value;
    type Found = Option<Arc<L::Value>>;

    fn into_loaded(self) -> Loaded<L::Value, K::Tags> {
        self.map_or_else(Loaded::none, Carries::into_loaded)
    }

    fn found(value: Option<Arc<L::Value>>) -> Option<Option<Arc<L::Value>>> {
        Some(value)
    }
}
