//! Reads: from the caches, through a loader, or past the caches.
//!
//! Keeps true: a read within a unit of work that may have written what it reads neither hits nor stores, so that a
//! function sees its own writes and nobody sees them before they are committed.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::sync::{Arc, Once};

use tokio::runtime::Handle;

use crate::behind::{Detached, Reloads};
use crate::cachex::Cachex;
use crate::codegen::{self, Holds, Key, Presence};
use crate::load::Load;
use crate::local::{Answer, Caches, HitOrLoad, LoadError, Loaded, Local, Panic, Stale};
use crate::unit;

/// Where loaders of a key's cache run.
pub(crate) type Reloaded<K> = <<K as Key>::Presence as Presence>::Reloaded;

impl Cachex {
    /// What lies under a key, if it is valid and within its TTL: `Some(None)` is the knowledge that there is none.
    /// Inside a unit of work that may have written it, nothing.
    #[inline]
    pub fn get<K, V>(&self, key: &K) -> Option<Option<Arc<V>>>
    where
        K: Key + Holds<V>,
        V: Send + Sync + 'static,
    {
        match self.caches.at_home::<K, V>() {
            Some(local) if !self.passes(local) => local.get_at::<Self>(key),
            _ => self.get_elsewhere(key),
        }
    }

    /// What lies under a key, or what the loader gives: `Arc<V>`, or `Option<Arc<V>>` where the cache keeps "there
    /// is none". The loader returns `Result<V, E>` or `Result<Option<V>, E>`, its tags known by [`Tagged`] or
    /// [`tagged`].
    ///
    /// Of the readers that miss together one loads and the others wait; its error is everybody's, as `Arc<E>`.
    /// Cancelled while it loads, the loader's future is dropped and one of those who wait calls its own.
    ///
    /// Where the cache has `stale_while_revalidate`, an entry past its TTL is given at once to all who find it, and
    /// one task reloads it behind them: therefore such a loader owns what it uses. The task ends with the last clone
    /// of this runtime. Outside a tokio runtime there are no tasks: one reader reloads the entry itself and waits,
    /// the others are given it at once.
    ///
    /// [`Tagged`]: crate::Tagged
    /// [`tagged`]: crate::tagged
    #[inline]
    pub fn get_or_load<K, L, E, How: 'static, F, Fut>(
        &self,
        key: &K,
        load: F,
    ) -> impl Future<Output = Result<L::Found, LoadError<E>>>
    where
        K: Key,
        L: Load<K, How>,
        E: Send + Sync + 'static,
        F: FnOnce() -> Fut + Reloads<Reloaded<K>, Result<L, E>>,
        Fut: Future<Output = Result<L, E>>,
    {
        HitOrLoad::Looks(move || match self.fresh::<K, L, How, F>(key) {
            Some(found) => ControlFlow::Break(Ok(found)),
            None => ControlFlow::Continue(self.miss(key, load)),
        })
    }

    #[expect(
        clippy::inline_always,
        reason = "measured: a hit left out of line costs a fifth more"
    )]
    #[inline(always)]
    fn fresh<K: Key, L: Load<K, How>, How, Site>(&self, key: &K) -> Option<L::Found> {
        L::found(self.look::<K, L::Value, Site>(key)?)
    }

    /// A look into the store of a key, at a place of its own. A store that isn't in its home is looked into out of line:
    /// with two addresses where its store may be, a hit would know neither beforehand.
    #[expect(
        clippy::inline_always,
        reason = "measured: a hit left out of line costs a fifth more"
    )]
    #[inline(always)]
    fn look<K: Key, V: Send + Sync + 'static, Site>(&self, key: &K) -> Option<Answer<V>> {
        match self.caches.at_home::<K, V>() {
            Some(local) if !self.passes(local) => local.fresh::<Site>(key),
            _ => self.look_elsewhere(key),
        }
    }

    #[inline(never)]
    fn look_elsewhere<K: Key, V: Send + Sync + 'static>(&self, key: &K) -> Option<Answer<V>> {
        self.local::<K, V>()?.fresh::<Caches>(key)
    }

    #[inline(never)]
    fn get_elsewhere<K: Key, V: Send + Sync + 'static>(&self, key: &K) -> Option<Answer<V>> {
        self.local::<K, V>()?.get_at::<Caches>(key)
    }

    /// Boxed, and boxed out of line: a hit shouldn't carry about the room that a load needs, nor make it on its stack.
    #[cold]
    #[inline(never)]
    fn miss<K, L, E, How: 'static, F, Fut>(
        &self,
        key: &K,
        load: F,
    ) -> Pin<Box<impl Future<Output = Result<L::Found, LoadError<E>>>>>
    where
        K: Key,
        L: Load<K, How>,
        E: Send + Sync + 'static,
        F: FnOnce() -> Fut + Reloads<Reloaded<K>, Result<L, E>>,
        Fut: Future<Output = Result<L, E>>,
    {
        Box::pin(self.load_missing(key, load))
    }

    async fn load_missing<K, L, E, How: 'static, F, Fut>(
        &self,
        key: &K,
        load: F,
    ) -> Result<L::Found, LoadError<E>>
    where
        K: Key,
        L: Load<K, How>,
        E: Send + Sync + 'static,
        F: FnOnce() -> Fut + Reloads<Reloaded<K>, Result<L, E>>,
        Fut: Future<Output = Result<L, E>>,
    {
        let Some(local) = self.local() else {
            return self.load_past::<K, L, E, How, _, _>(load).await;
        };
        let load = match load.detach() {
            Err(load) => load,
            Ok(load) => return self.load_behind(local, key, load).await,
        };
        self.load_here(local, key, load).await
    }

    /// Of an entry past its TTL that may be served: serves it, and has a task reload it if nobody does yet. Outside a
    /// tokio runtime, where there are no tasks, the reader reloads it itself.
    async fn load_behind<K, L, E, How>(
        &self,
        local: &Local<K, L::Value>,
        key: &K,
        load: Detached<Result<L, E>>,
    ) -> Result<L::Found, LoadError<E>>
    where
        K: Key,
        L: Load<K, How>,
        E: Send + Sync + 'static,
        How: 'static,
    {
        let Ok(runtime) = Handle::try_current() else {
            return self.load_here(local, key, || load).await;
        };
        let (served, reload) = match local.stale(key) {
            Stale::Serve(found) => (L::found(found), None),
            Stale::Reload(found, reload) => (L::found(found), Some(reload)),
            Stale::Nothing => (None, None),
        };
        let Some(served) = served else {
            drop(reload);
            return self.load_here(local, key, || load).await;
        };
        if let Some(reload) = reload {
            // Not the runtime itself: its end is to end the task.
            let caches = self.caches.clone();
            let task = async move {
                if let Some(local) = caches.of::<K, L::Value>() {
                    let load = async || Ok::<_, E>(load.await?.into_loaded());
                    local.reload(reload, load).await;
                }
            };
            self.inner.tasks.spawn(task, &runtime);
        }
        Ok(served)
    }

    async fn load_here<K, L, E, How, F, Fut>(
        &self,
        local: &Local<K, L::Value>,
        key: &K,
        load: F,
    ) -> Result<L::Found, LoadError<E>>
    where
        K: Key,
        L: Load<K, How>,
        E: Send + Sync + 'static,
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<L, E>>,
    {
        let mut load = Some(load);
        let found = local.load(key, || loaded(load.take())).await?;
        match (L::found(found), load) {
            (Some(found), _) => Ok(found),
            // Another reader's `get_many` left this key out, though there has to be a value: our loader knows it.
            (None, Some(load)) => self.load_past::<K, L, E, How, _, _>(load).await,
            (None, None) => Err(nothing::<K, E>()),
        }
    }

    /// Like [`Cachex::get_or_load`] on a caller's own transaction or connection, which shows what nobody else may
    /// see yet: it neither reads from the cache nor stores, and nobody joins it.
    pub async fn get_or_load_in<K, T, L, E, How, F, Fut>(
        &self,
        transaction: T,
        _key: &K,
        load: F,
    ) -> Result<L::Found, LoadError<E>>
    where
        K: Key,
        L: Load<K, How>,
        E: Send + Sync + 'static,
        F: FnOnce(T) -> Fut,
        Fut: Future<Output = Result<L, E>>,
    {
        self.load_past::<K, L, E, How, _, _>(|| load(transaction))
            .await
    }

    /// The values of several keys, in their order. The loader is called once for all that are missing; a key it
    /// leaves out has none. Its error fails the whole read.
    pub async fn get_many<K, L, E, How, F, Fut>(
        &self,
        keys: &[K],
        load: F,
    ) -> Result<Vec<Option<Arc<L::Value>>>, LoadError<E>>
    where
        K: Key,
        L: Load<K, How>,
        E: Send + Sync + 'static,
        F: Fn(Vec<K>) -> Fut,
        Fut: Future<Output = Result<Vec<(K, L)>, E>>,
    {
        let load = async |keys| {
            let found = load(keys).await?;
            let ready = |(key, value): (K, L)| (key, value.into_loaded());
            Ok(found.into_iter().map(ready).collect::<Vec<_>>())
        };
        if let Some(local) = self.local::<K, L::Value>() {
            return local.get_many(keys, load).await;
        }
        let found = load(keys.to_vec()).await;
        let found = found.map_err(|error| LoadError::Failed(Arc::new(error)))?;
        Ok(in_order(keys, found))
    }

    /// The store to read from: none for a key of another schema, nor inside a unit that may have written it.
    fn local<K: Key, V: Send + Sync + 'static>(&self) -> Option<&Local<K, V>> {
        let local = self.caches.of::<K, V>()?;
        (!self.passes(local)).then_some(local)
    }

    /// Whether a read goes past a store, being inside a unit that may have written what lies there.
    #[inline]
    fn passes<K: Key, V: Send + Sync + 'static>(&self, local: &Local<K, V>) -> bool {
        local.is_passed() && unit::bypasses(self, K::CACHE)
    }

    async fn load_past<K, L, E, How, F, Fut>(&self, load: F) -> Result<L::Found, LoadError<E>>
    where
        K: Key,
        L: Load<K, How>,
        E: Send + Sync + 'static,
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<L, E>>,
    {
        let Some(local) = self.caches.of::<K, L::Value>() else {
            // A key of another schema: nothing of it is kept here, and every read of it pays for that.
            tracing::warn!(
                cache = codegen::cache::<K>().name,
                "no cache of this runtime's schema"
            );
            return load_alone::<K, L, E, How, _, _>(load).await;
        };
        let found = local.load_through(|| loaded(Some(load))).await?;
        L::found(found).ok_or_else(nothing::<K, E>)
    }
}

/// Like [`Cachex::get_or_load`], on the runtime of the open unit of work, else on the process's default: what
/// `#[cached]` expands to. Without any, the loader is called each time, and that is logged as an error once; so it is
/// for a key that isn't known.
pub async fn cached<K, L, E, How: 'static, F, Fut>(
    key: Option<&K>,
    load: F,
) -> Result<L::Found, LoadError<E>>
where
    K: Key,
    L: Load<K, How>,
    E: Send + Sync + 'static,
    F: FnOnce() -> Fut + Reloads<Reloaded<K>, Result<L, E>>,
    Fut: Future<Output = Result<L, E>>,
{
    static LOGGED: Once = Once::new();
    let Some(key) = key else {
        return load_alone::<K, L, E, How, _, _>(load).await;
    };
    if let Some(found) = unit::of_current(|cachex| cachex.fresh::<K, L, How, Fut>(key)) {
        return Ok(found);
    }
    if let Some(cachex) = Cachex::current() {
        return cachex.get_or_load(key, load).await;
    }
    let cache = codegen::cache::<K>().name;
    LOGGED.call_once(|| tracing::error!(cache, "no runtime is installed: nothing is cached"));
    load_alone::<K, L, E, How, _, _>(load).await
}

/// What a loader gives where nothing can be kept.
async fn load_alone<K, L, E, How, F, Fut>(load: F) -> Result<L::Found, LoadError<E>>
where
    K: Key,
    L: Load<K, How>,
    E: Send + Sync + 'static,
    F: FnOnce() -> Fut,
    Fut: Future<Output = Result<L, E>>,
{
    let value = load().await;
    let value = value.map_err(|error| LoadError::Failed(Arc::new(error)))?;
    let found = value.into_loaded().value.map(Arc::new);
    L::found(found).ok_or_else(nothing::<K, E>)
}

/// Calls a loader, once.
async fn loaded<K, L, E, How, F, Fut>(load: Option<F>) -> Result<Loaded<L::Value, K::Tags>, E>
where
    K: Key,
    L: Load<K, How>,
    F: FnOnce() -> Fut,
    Fut: Future<Output = Result<L, E>>,
{
    match load {
        Some(load) => Ok(load().await?.into_loaded()),
        None => Ok(Loaded::none()),
    }
}

/// What `get_many` gives without a store.
fn in_order<K: Key, V>(keys: &[K], loaded: Vec<(K, Loaded<V, K::Tags>)>) -> Vec<Option<Arc<V>>> {
    let value = |loaded: Loaded<V, K::Tags>| loaded.value.map(Arc::new);
    let found: HashMap<K, Option<Arc<V>>> = loaded
        .into_iter()
        .map(|(key, loaded)| (key, value(loaded)))
        .collect();
    keys.iter()
        .map(|key| found.get(key).cloned().flatten())
        .collect()
}

/// There has to be a value and the loader gave none, which its type doesn't allow: it is the loader that failed.
fn nothing<K: Key, E>() -> LoadError<E> {
    LoadError::Panicked(Arc::new(Panic {
        cache: codegen::cache::<K>().name,
        message: "it gave no value".to_owned(),
    }))
}
