//! What must not happen in silence: a change that nobody clears, or that clears more than it should.
//!
//! Owns the count of lost changes and the way of saying so: counted, logged as an error once, a panic under debug
//! assertions. Keeps true: a panic is never raised on top of another one.

use std::sync::Once;
use std::sync::atomic::{AtomicU64, Ordering};

static LOST: AtomicU64 = AtomicU64::new(0);

/// Changes that no runtime took, since the process began.
pub fn lost_changes() -> u64 {
    LOST.load(Ordering::Relaxed)
}

/// Changes were lost. Logged the first time only: it would come again with every request. Returns the message, to be
/// raised by [`complain`] where a panic does no harm.
pub(crate) fn lost(changes: usize, message: &str) -> String {
    static LOGGED: Once = Once::new();
    LOST.fetch_add(changes as u64, Ordering::Relaxed);
    LOGGED.call_once(|| tracing::error!("{message}"));
    message.to_owned()
}

/// Panics under debug assertions, unless a panic is under way.
pub(crate) fn complain(message: &str) {
    assert!(
        cfg!(not(debug_assertions)) || std::thread::panicking(),
        "{message}"
    );
}
