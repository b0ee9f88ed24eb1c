//! What a change does: clear, then tell.
//!
//! Owns the order of the two and what is counted on the way. Keeps true: everything is cleared before anything is
//! told, a cache before those built from it; clearing is silent.

use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use tracing::{Span, field};

use crate::cachex::Cachex;
use crate::change::{self, Reach};
use crate::codegen::{
    ChangeScope, EntityDef, ErasedAction, ErasedChange, Region, SchemaDef, Value,
};
use crate::event::{Event, Seq, compose};
use crate::loud;
use crate::unit;

/// What became of changes that were applied.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Apply {
    /// They are cleared: no read that starts now gives a value loaded before them.
    Applied {
        /// Their place in the sequence of this node.
        seq: Seq,
    },
}

/// A change on its way: [`Cachex::apply`] as a type. Dropped before it was first polled, it did nothing.
///
/// A method that is `async` by itself would ask for what its change lacks once more where it is awaited.
#[must_use = "nothing is cleared until it is awaited"]
pub struct Applying<'a>(Pin<Box<dyn Future<Output = Apply> + Send + 'a>>);

impl<'a> Applying<'a> {
    /// Of a change that was told whatever it needs.
    pub fn of(cx: &'a Cachex, change: ErasedChange) -> Self {
        Self(Box::pin(cx.apply(change)))
    }
}

impl Future for Applying<'_> {
    type Output = Apply;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Apply> {
        self.0.as_mut().poll(context)
    }
}

impl std::fmt::Debug for Applying<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Applying").finish_non_exhaustive()
    }
}

/// Sees what is cleared and told: the recorder of tests.
pub(crate) trait Observer: Send + Sync {
    fn cleared(&self, regions: &[Region]);
    fn told(&self, events: &[Event]);
}

/// What went wrong without failing anything.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    unscoped: AtomicU64,
}

impl Counters {
    pub(crate) fn unscoped(&self) -> u64 {
        self.unscoped.load(Ordering::Relaxed)
    }
}

/// What applying did, for the answer to the request.
#[derive(Debug)]
pub(crate) struct Done {
    /// `None`: there was no runtime.
    pub(crate) seq: Option<Seq>,
    pub(crate) events: Vec<Event>,
    /// What clients were told.
    #[cfg_attr(
        not(feature = "axum"),
        expect(dead_code, reason = "only an answer over HTTP repeats it")
    )]
    pub(crate) told: Told,
    /// A mistake of the application, to be raised where a panic does no harm.
    pub(crate) complaint: Option<String>,
}

/// What clients were told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// The events, if any.
    Events,
    /// A `reset` instead: a scoped change came without a scope.
    Reset,
}

impl Done {
    /// Nobody took the changes.
    pub(crate) fn lost(changes: &[ErasedChange]) -> Self {
        let names: Vec<_> = changes.iter().map(|change| change.entity.name).collect();
        let complaint = loud::lost(
            changes.len(),
            &format!(
                "no runtime is installed, and no unit of work is open on one: a change of `{}` was lost; install one at \
                 start, `Cachex::builder(&cache::SCHEMA).install()`",
                names.join("`, `")
            ),
        );
        Self {
            seq: None,
            events: Vec::new(),
            told: Told::Events,
            complaint: Some(complaint),
        }
    }
}

impl Cachex {
    /// Clears what a change makes stale and tells clients, in one event of its own; inside a unit of work, too. What
    /// is to wait for the unit's end is recorded instead.
    ///
    /// When it returns, no read that starts gives a value loaded before the change. In process it never waits, so it
    /// can't be cancelled half-way.
    pub async fn apply(&self, change: impl Into<ErasedChange>) -> Apply {
        self.apply_all([change.into()]).await
    }

    /// Several changes at once, with one event for all of them.
    #[expect(clippy::unused_async, reason = "a shared store is waited for here")]
    pub async fn apply_all(&self, changes: impl IntoIterator<Item = ErasedChange>) -> Apply {
        let changes: Vec<_> = changes.into_iter().collect();
        self.apply_here(&changes)
    }

    pub(crate) fn apply_here(&self, changes: &[ErasedChange]) -> Apply {
        self.conclude(self.apply_now(changes, unit::scope().as_ref()))
    }

    /// Clears what a change makes stale at once and silently; returns what it cleared.
    pub fn invalidate(&self, change: impl Into<ErasedChange>) -> Vec<Region> {
        let (known, complaint) = self.known(&[change.into()]);
        let regions = self.clear(&known, unit::scope().as_ref());
        if let Some(complaint) = complaint {
            loud::complain(&complaint);
        }
        regions
    }

    /// Tells clients of a change, and clears nothing.
    pub fn notify(&self, change: impl Into<ErasedChange>) -> Apply {
        self.conclude(self.tell(&[change.into()], unit::scope().as_ref()))
    }

    /// What is told within a unit stands in the answer to its request, too.
    fn conclude(&self, mut done: Done) -> Apply {
        let seq = done.seq.clone().unwrap_or_else(|| self.seq());
        let complaint = done.complaint.take();
        unit::told(done);
        if let Some(complaint) = complaint {
            loud::complain(&complaint);
        }
        Apply::Applied { seq }
    }

    /// Clears, then tells.
    pub(crate) fn apply_now(&self, changes: &[ErasedChange], unit: Option<&Value>) -> Done {
        let span = span(changes);
        let _entered = span.enter();
        let (known, complaint) = self.known(changes);
        let regions = self.clear(&known, unit);
        span.record("regions", regions.len());
        let done = self.tell(&known, unit);
        if let Some(event) = done.events.first() {
            span.record("event", &*event.ev);
        }
        Done {
            complaint: done.complaint.or(complaint),
            ..done
        }
    }

    fn clear(&self, changes: &[ErasedChange], unit: Option<&Value>) -> Vec<Region> {
        let regions = change::regions_of(self.inner.schema, changes, unit);
        self.caches.clear(&regions);
        if let Some(observer) = &self.inner.observer {
            observer.cleared(&regions);
        }
        regions
    }

    fn tell(&self, changes: &[ErasedChange], unit: Option<&Value>) -> Done {
        let schema = self.inner.schema;
        let unscoped = |it: &&ErasedChange| change::reach(schema, it, unit) == Reach::Missing;
        if let Some(change) = changes.iter().find(unscoped) {
            return self.reset(change);
        }
        let (seq, events) = self.inner.log.publish(&compose(schema, changes, unit));
        if let Some(observer) = &self.inner.observer {
            observer.told(&events);
        }
        Done {
            seq: Some(seq),
            events,
            told: Told::Events,
            complaint: None,
        }
    }

    /// Nobody knows whom to tell: everybody drops everything.
    fn reset(&self, change: &ErasedChange) -> Done {
        self.inner.counters.unscoped.fetch_add(1, Ordering::Relaxed);
        let complaint = format!(
            "a change of `{}` came without a scope: all scopes were cleared, and all clients reset",
            change.entity.name
        );
        tracing::error!("{complaint}");
        Done {
            seq: Some(self.inner.log.reset()),
            events: Vec::new(),
            told: Told::Reset,
            complaint: Some(complaint),
        }
    }

    /// The changes of this runtime's schema. One of another clears nothing here, and is lost.
    fn known(&self, changes: &[ErasedChange]) -> (Vec<ErasedChange>, Option<String>) {
        let entities = self.inner.schema.entities;
        let (known, foreign): (Vec<_>, Vec<_>) = changes.iter().cloned().partition(|change| {
            let own = entities.get(change.entity.index as usize);
            change::is_system(change.entity)
                || own.is_some_and(|own| std::ptr::eq(*own, change.entity))
        });
        let complaint = foreign.first().map(|change| {
            let name = change.entity.name;
            loud::lost(
                foreign.len(),
                &format!(
                    "a change of `{name}`, an entity of another schema than the runtime's, was lost"
                ),
            )
        });
        (known, complaint)
    }
}

/// Around clearing and telling: the unit's first change, how many there are, how many regions they clear, and the
/// `ev` of their event.
fn span(changes: &[ErasedChange]) -> Span {
    tracing::debug_span!(
        "cachex.apply",
        entity = changes.first().map(|change| change.entity.name),
        action = changes.first().map(|change| change.action.name()),
        changes = changes.len(),
        regions = field::Empty,
        event = field::Empty,
    )
}

/// The regions a change would clear; nothing is done.
pub fn regions(schema: &'static SchemaDef, change: &ErasedChange) -> Vec<Region> {
    change::regions_of(schema, std::slice::from_ref(change), unit::scope().as_ref())
}

/// A change that tells of one entity and clears nothing: `id` unknown is the list as a whole.
pub fn notice(entity: &'static EntityDef, id: Option<Value>, action: ErasedAction) -> ErasedChange {
    ErasedChange {
        entity,
        action,
        ids: id.map(|id| vec![id]),
        before: Vec::new(),
        after: Vec::new(),
        set: 0,
        scope: ChangeScope::OfUnit,
        data: None,
        same_event: None,
    }
}
