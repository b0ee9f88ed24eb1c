//! Time, injected: what expiry and stale windows are measured with.
//!
//! Owns the one place that asks the operating system. A hit reads the time, and asking costs half a hit; so the
//! system's clock is a number that a thread refreshes. Keeps true: time never goes back, and no test sleeps.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use coarsetime::Updater;

/// How old the system clock's number may be: far below the shortest sensible TTL.
const RESOLUTION_MS: u64 = 5;

/// A point in time, in ticks of 2⁻³² seconds from an arbitrary origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(u64);

impl Moment {
    /// Never reached.
    pub(crate) const NEVER: Self = Self(u64::MAX);

    /// Later by a span; [`Moment::NEVER`] if that is out of range.
    pub(crate) fn after(self, span: Ticks) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

/// A span in the unit of a [`Moment`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Ticks(pub(crate) u64);

impl From<Duration> for Ticks {
    fn from(span: Duration) -> Self {
        // 136 years and more are for ever.
        let seconds = u32::try_from(span.as_secs()).map_or(u64::MAX, |s| u64::from(s) << 32);
        let fraction = (u64::from(span.subsec_nanos()) << 32) / 1_000_000_000;
        Self(seconds.saturating_add(fraction))
    }
}

/// The clock of a [`Caches`](crate::local::Caches): the system's, or one that tests move by hand. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Clock(Source);

#[derive(Debug, Clone)]
enum Source {
    /// Held by every clone; the last one to go stops the thread.
    System(Arc<Refresher>),
    Manual(Arc<AtomicU64>),
}

/// The thread that refreshes coarsetime's process-wide number, while anybody needs it.
#[derive(Debug)]
struct Refresher(Option<Updater>);

impl Drop for Refresher {
    fn drop(&mut self) {
        if let Some(updater) = self.0.take() {
            // Joining waits for the thread's last nap; that it ended badly could only mean it had ended already.
            let _ = updater.stop();
        }
    }
}

impl Clock {
    /// The system's monotonic clock, read at a resolution of a few milliseconds. It starts a thread, which ends
    /// with the last clone of this clock; where none can be started each reading asks the system.
    pub fn system() -> Self {
        Self(Source::System(Arc::new(Refresher(
            Updater::new(RESOLUTION_MS).start().ok(),
        ))))
    }

    /// A clock that stands still until it is told to move.
    pub fn manual() -> Self {
        Self(Source::Manual(Arc::new(AtomicU64::new(1 << 32))))
    }

    /// Moves a manual clock, and all its clones, on. The system's clock goes its own way.
    pub fn advance(&self, by: Duration) {
        if let Source::Manual(now) = &self.0 {
            now.fetch_add(Ticks::from(by).0, Ordering::Relaxed);
        }
    }

    /// Inlined: it stands on the way of every hit.
    #[inline]
    pub(crate) fn now(&self) -> Moment {
        match &self.0 {
            Source::System(refresher) if refresher.0.is_some() => {
                Moment(coarsetime::Instant::recent().as_ticks())
            }
            Source::System(_) => Moment(coarsetime::Instant::now().as_ticks()),
            Source::Manual(now) => Moment(now.load(Ordering::Relaxed)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_moves_with_all_its_clones_and_only_when_told() {
        let clock = Clock::manual();
        let clone = clock.clone();
        let start = clock.now();
        assert_eq!(clone.now(), start);
        clone.advance(Duration::from_millis(1500));
        assert_eq!(
            clock.now(),
            start.after(Ticks::from(Duration::from_millis(1500)))
        );
    }

    #[test]
    fn a_span_beyond_the_range_is_for_ever() {
        assert_eq!(Moment(1).after(Ticks::from(Duration::MAX)), Moment::NEVER);
        assert_eq!(Ticks::from(Duration::from_secs(2)).0, 2 << 32);
    }
}
