//! A cache as the rest of the runtime sees it: its protocol is the sound one.

use std::sync::Arc;

use super::behind::{Reload, Stale};
use super::cache::Cache;
use super::core::Core;
use super::entry::{Answer, Loaded};
use super::loading::LoadError;
use super::many::LoadedMany;
use crate::codegen::Key;

/// The entries of one cache, for one type of value.
///
/// A read never yields a value whose load began before an invalidation of one of its regions that had returned when
/// the read began, provided the loader reads a state at least as new as the moment it was called.
pub struct Local<K: Key, V>(Cache<K, V>);

impl<K: Key, V: Send + Sync + 'static> Local<K, V> {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self(Cache::new(core))
    }

    /// What lies under the key, if it is valid and within its TTL; `None`: a loader has to be asked.
    #[inline]
    pub fn get(&self, key: &K) -> Option<Answer<V>> {
        self.get_at::<Self>(key)
    }

    /// Like [`Local::get`], at a place of its own.
    #[expect(
        clippy::inline_always,
        reason = "measured: a hit left out of line costs a fifth more"
    )]
    #[inline(always)]
    pub(crate) fn get_at<Site>(&self, key: &K) -> Option<Answer<V>> {
        self.0.get::<Site>(key)
    }

    /// Like [`Local::get_at`], for a caller that loads what is missing, which counts it.
    #[expect(
        clippy::inline_always,
        reason = "measured: a hit left out of line costs a fifth more"
    )]
    #[inline(always)]
    pub(crate) fn fresh<Site>(&self, key: &K) -> Option<Answer<V>> {
        self.0.fresh::<Site>(key)
    }

    /// What lies under the key, or what the loader gives.
    ///
    /// Of the readers that miss at the same time one calls its loader, in its own future; the others wait for it, or
    /// are served an entry past its TTL where the cache allows it. Cancelled while it loads, it is the loader's
    /// future that is dropped, and one of the waiters calls its own.
    #[inline]
    pub fn get_or_load<E, F, Fut>(
        &self,
        key: &K,
        load: F,
    ) -> impl Future<Output = Result<Answer<V>, LoadError<E>>>
    where
        E: Send + Sync + 'static,
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<Loaded<V, K::Tags>, E>>,
    {
        self.0.get_or_load(key, load)
    }

    /// Like [`Local::get_or_load`], for a caller that has looked.
    pub(crate) async fn load<E, F, Fut>(&self, key: &K, load: F) -> Result<Answer<V>, LoadError<E>>
    where
        E: Send + Sync + 'static,
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<Loaded<V, K::Tags>, E>>,
    {
        self.0.load(key, load).await
    }

    /// What lies under the keys, in their order, or what the loader gives for those that are missing. A key that
    /// the loader leaves out has no value. If it fails, the whole read does, unless entries past their TTL stand in.
    ///
    /// The loader is called again for keys whose load by another reader came to nothing. Cancelled, the read drops
    /// the loader's future, and those who wait for its keys load them.
    pub async fn get_many<E, F, Fut>(
        &self,
        keys: &[K],
        load: F,
    ) -> Result<Vec<Answer<V>>, LoadError<E>>
    where
        E: Send + Sync + 'static,
        F: Fn(Vec<K>) -> Fut,
        Fut: Future<Output = Result<LoadedMany<K, V>, E>>,
    {
        self.0.get_many(keys, load).await
    }

    /// What the loader gives, past the cache: neither read from it nor stored, joined by nobody. For reads inside a
    /// unit of work that may have written what they read, and for loaders on a caller's own transaction. Cancelled,
    /// it drops the loader's future.
    pub async fn load_through<E, F, Fut>(&self, load: F) -> Result<Answer<V>, LoadError<E>>
    where
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<Loaded<V, K::Tags>, E>>,
    {
        let loaded = self.0.load_through(load).await?;
        Ok(loaded.value.map(Arc::new))
    }

    /// An entry past its TTL that may be served while it is reloaded.
    pub(crate) fn stale(&self, key: &K) -> Stale<K, V> {
        self.0.stale(key)
    }

    /// Reloads it. Cancelled, it drops the loader's future, and the next reader reloads.
    pub(crate) async fn reload<E, F, Fut>(&self, reload: Reload<K, V>, load: F)
    where
        E: Send + Sync + 'static,
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<Loaded<V, K::Tags>, E>>,
    {
        self.0.reload(reload, load).await;
    }

    /// Stores a value as if a loader had given it now.
    pub fn prime(&self, key: &K, loaded: Loaded<V, K::Tags>) {
        self.0.prime(key, loaded);
    }

    /// Whether some unit of work reads past this cache.
    #[inline]
    pub(crate) fn is_passed(&self) -> bool {
        self.0.core.is_passed()
    }

    /// How many entries lie in the store, the stale ones among them.
    pub fn entries(&self) -> usize {
        self.0.entries()
    }
}
