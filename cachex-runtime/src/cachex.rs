//! The runtime of one schema: built once, cheap to clone.
//!
//! Owns the parts; reads stand in `read`, what a change does to them in `apply`.

use std::fmt;
use std::sync::Arc;

use crate::apply::{Counters, Observer};
use crate::behind::Tasks;
use crate::builder::Builder;
use crate::change::cache_at;
use crate::codegen::{Key, Region, SchemaDef, cache};
use crate::event::{Audience, Log, Seq, Subscription};
use crate::key;
use crate::local::{Caches, Stats};

/// The caches, events and clock of one schema. Clones are the same runtime.
#[derive(Clone)]
pub struct Cachex {
    pub(crate) inner: Arc<Inner>,
    /// Not in there: each pointer on the way to a hit costs a twentieth of it.
    pub(crate) caches: Caches,
}

pub(crate) struct Inner {
    pub(crate) schema: &'static SchemaDef,
    pub(crate) namespace: String,
    pub(crate) tasks: Tasks,
    pub(crate) log: Log,
    pub(crate) counters: Counters,
    pub(crate) observer: Option<Arc<dyn Observer>>,
}

impl fmt::Debug for Cachex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cachex")
            .field("namespace", &self.inner.namespace)
            .field("caches", &self.caches)
            .finish_non_exhaustive()
    }
}

impl Cachex {
    /// Starts building the runtime of a schema; the generated module has it as `SCHEMA`.
    pub fn builder(schema: &'static SchemaDef) -> Builder {
        Builder::new(schema)
    }

    /// The text of a key: `namespace:[scope:][v‹format›:]template`.
    pub fn key<K: Key>(&self, key: &K) -> String {
        let scope = key.scope();
        key::text(
            &self.inner.namespace,
            cache::<K>(),
            scope.as_ref(),
            &key.params(),
        )
    }

    /// The keys of a region, what it leaves free as `*`, and the tags it binds: `blog:post:* (author=7)`. Empty for a
    /// region of another schema.
    pub fn pattern(&self, region: &Region) -> String {
        let Inner {
            schema, namespace, ..
        } = &*self.inner;
        cache_at(schema, region.cache).map_or_else(String::new, |cache| {
            key::pattern(schema, namespace, cache, region)
        })
    }

    /// The events and resets of a client, from its place on (`Last-Event-ID`), or from now.
    ///
    /// A place that is too far back, or of another start of this node, is answered by one `reset`.
    pub fn subscribe(&self, audience: Audience, since: Option<&str>) -> Subscription {
        self.inner.log.subscribe(since, audience)
    }

    /// What this node has applied.
    pub fn seq(&self) -> Seq {
        self.inner.log.now()
    }

    /// What each cache has counted, by name.
    pub fn stats(&self) -> Vec<(&'static str, Stats)> {
        self.caches.stats()
    }

    /// Scoped changes that came without a scope: each cleared all scopes and sent a `reset`.
    pub fn unscoped_changes(&self) -> u64 {
        self.inner.counters.unscoped()
    }

    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.inner, &other.inner)
    }
}
