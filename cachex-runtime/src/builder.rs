//! Building a runtime, and the process's default one.
//!
//! Owns what can be configured at start. The default is where an annotated function outside any unit of work finds
//! its runtime; there is one for a process, the one installed last.

use std::sync::{Arc, PoisonError, RwLock};

use crate::apply::{Counters, Observer};
use crate::behind::Tasks;
use crate::cachex::{Cachex, Inner};
use crate::clock::Clock;
use crate::codegen::SchemaDef;
use crate::event::Log;
use crate::local::Caches;

/// Read for annotated functions outside units and written at start: no lock is ever waited for.
static DEFAULT: RwLock<Option<Cachex>> = RwLock::new(None);

/// Events kept for clients that come back.
const REPLAY: usize = 1024;
/// Messages that may wait for a slow client.
const QUEUE: usize = 256;

/// A runtime before it is built, from [`Cachex::builder`].
#[must_use = "a builder does nothing until `build` or `install`"]
pub struct Builder {
    schema: &'static SchemaDef,
    namespace: String,
    clock: Clock,
    replay: usize,
    queue: usize,
    observer: Option<Arc<dyn Observer>>,
}

impl std::fmt::Debug for Builder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Builder")
            .field("namespace", &self.namespace)
            .finish_non_exhaustive()
    }
}

impl Builder {
    pub(crate) fn new(schema: &'static SchemaDef) -> Self {
        Self {
            schema,
            namespace: schema.namespace.to_owned(),
            clock: Clock::system(),
            replay: REPLAY,
            queue: QUEUE,
            observer: None,
        }
    }

    /// The first part of every key, instead of the schema's: `blog-staging`.
    pub fn namespace(mut self, namespace: impl Into<String>) -> Self {
        self.namespace = namespace.into();
        self
    }

    /// What expiry is measured with.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// How many events are kept for clients that come back; whoever missed more gets one `reset`. 1024 unless set.
    pub fn replay(mut self, events: usize) -> Self {
        self.replay = events;
        self
    }

    /// How many messages may wait for one client before it is closed, rounded up to a power of two. 256 unless set.
    pub fn queue(mut self, messages: usize) -> Self {
        self.queue = messages;
        self
    }

    #[cfg(any(test, feature = "testing"))]
    pub(crate) fn observer(mut self, observer: Arc<dyn Observer>) -> Self {
        self.observer = Some(observer);
        self
    }

    /// The runtime.
    pub fn build(self) -> Cachex {
        let epoch = format!("{:x}", rand::random::<u64>());
        Cachex {
            caches: Caches::new(self.schema, &self.clock),
            inner: Arc::new(Inner {
                schema: self.schema,
                namespace: self.namespace,
                tasks: Tasks::default(),
                log: Log::new(&epoch, self.replay, self.queue),
                counters: Counters::default(),
                observer: self.observer,
            }),
        }
    }

    /// The runtime, from here on also the process's default.
    pub fn install(self) -> Cachex {
        self.build().install()
    }
}

impl Cachex {
    /// Makes this the process's default, which annotated functions outside a unit of work use.
    ///
    /// The first to be installed keeps its caches to the end of the process, also if it is replaced: their stores are
    /// made where a hit finds them at once. What was read from before it was installed stays where it is, and is asked
    /// for at each hit; so install it first.
    #[must_use = "it is still this runtime"]
    pub fn install(self) -> Self {
        self.caches.move_home();
        // What is replaced is dropped after the lock is free: it may have much to drop.
        let replaced = DEFAULT
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .replace(self.clone());
        drop(replaced);
        self
    }

    /// The process's default, if one was installed. In tests a `cachex::testing::runtime` of this thread comes first.
    pub fn installed() -> Option<Self> {
        #[cfg(any(test, feature = "testing"))]
        if let Some(here) = crate::testing::here() {
            return Some(here);
        }
        DEFAULT
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}
