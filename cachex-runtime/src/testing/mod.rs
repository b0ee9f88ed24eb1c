//! For the application's own tests: a runtime in memory with a clock moved by hand, what it cleared and told, and
//! entries primed without a value.
//!
//! A [`Runtime`] is the default of its thread while it lives, so that tests in parallel don't meet: annotated
//! functions that are called in the test, and everything that a current-thread executor runs, find it.
//!
//! ```ignore
//! let test = cachex::testing::runtime(&cache::SCHEMA);
//! test.prime(&cache::PostById { id }, Some(cache::PostByIdTags { author }));
//! rename(id, "new").await?;
//! cachex::assert_cleared!(post_by_id[id]);
//! cachex::assert_event!(post.update, id = id);
//! ```

mod assert;
mod primed;
pub mod proof;
mod recorder;

use std::cell::RefCell;
use std::sync::Arc;

pub use self::assert::{cleared, event, json, kept, no_event};
pub use self::primed::Primed;
pub use self::recorder::Recorder;
use crate::apply::Apply;
use crate::cachex::Cachex;
use crate::clock::Clock;
use crate::codegen::{ErasedChange, Key, SchemaDef, Tags as _};

thread_local! {
    /// The runtimes of the test that runs in this thread, the newest last.
    static HERE: RefCell<Vec<(Cachex, Recorder)>> = const { RefCell::new(Vec::new()) };
}

/// The default of this thread, before the process's.
pub(crate) fn here() -> Option<Cachex> {
    HERE.with_borrow(|here| here.last().map(|(cachex, _)| cachex.clone()))
}

/// The recorder of the newest runtime in this thread.
///
/// # Panics
/// If there is none.
#[expect(
    clippy::expect_used,
    reason = "a test without a runtime has nothing to show"
)]
pub fn recorder() -> Recorder {
    HERE.with_borrow(|here| here.last().map(|(_, recorder)| recorder.clone()))
        .expect("a runtime of `cachex::testing::runtime` lives in this thread")
}

/// A runtime for one test; until it is dropped it is the default of this thread.
pub fn runtime(schema: &'static SchemaDef) -> Runtime {
    let clock = Clock::manual();
    let recorder = Recorder::default();
    let cachex = Cachex::builder(schema)
        .clock(clock.clone())
        .observer(Arc::new(recorder.clone()))
        .build();
    recorder.of(&cachex);
    HERE.with_borrow_mut(|here| here.push((cachex.clone(), recorder.clone())));
    Runtime {
        cachex,
        clock,
        recorder,
    }
}

/// The runtime of one test, from [`runtime`].
#[derive(Debug)]
#[must_use = "dropped, it is the default of its thread no more"]
pub struct Runtime {
    cachex: Cachex,
    clock: Clock,
    recorder: Recorder,
}

impl Runtime {
    /// The runtime under test.
    pub fn cachex(&self) -> &Cachex {
        &self.cachex
    }

    /// Its clock: it stands still until it is told to move.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// What it cleared and told.
    pub fn recorder(&self) -> &Recorder {
        &self.recorder
    }

    /// An entry that was loaded now, without its value; without tags it is one whose tags aren't known, as "there is
    /// none" is.
    pub fn prime<K: Key>(&self, key: &K, tags: Option<K::Tags>) {
        self.prime_erased(Primed {
            cache: K::CACHE,
            scope: key.scope(),
            params: key.params(),
            tags: tags.map(|tags| tags.values()),
        });
    }

    /// The same of canonical values, for generated tests.
    pub fn prime_erased(&self, primed: Primed) {
        self.recorder.prime(primed);
    }

    /// Clears and tells of a change, as [`Cachex::apply`] does, and waits for nothing.
    pub fn apply(&self, change: impl Into<ErasedChange>) -> Apply {
        self.cachex.apply_here(&[change.into()])
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        let runtime = HERE.with_borrow_mut(|here| {
            let place = here
                .iter()
                .position(|(cachex, _)| cachex.is(&self.cachex))?;
            Some(here.remove(place))
        });
        // Dropped outside the borrow: it may have much to drop.
        drop(runtime);
    }
}
