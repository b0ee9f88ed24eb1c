//! Time, injected: what expiry and stale windows are measured with.
//!
//! Owns the one place that asks the operating system. A hit reads the time, and asking costs half a hit; so the
//! system's clock is a number that a thread refreshes. Keeps true: time never goes back, and no test sleeps.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

/// How old the system clock's number may be: far below the shortest sensible TTL.
const RESOLUTION: Duration = Duration::from_millis(5);

/// A point in time, in nanoseconds from an arbitrary origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(u64);

impl Moment {
    /// Never reached.
    pub(crate) const NEVER: Self = Self(u64::MAX);

    /// Later by a span; [`Moment::NEVER`] if that is out of range.
    #[inline]
    pub(crate) fn after(self, span: Nanos) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

/// A [`Moment`] in steps of 2^26 nanoseconds, 67 ms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step(u64);

impl Moment {
    #[inline]
    pub(crate) fn step(self) -> Step {
        Step(self.0 >> Deadline::STEP_BITS)
    }
}

/// A point in time in four bytes, as it lies in an entry: in steps, for nine years. A
/// process that runs longer keeps nothing that has a TTL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Deadline(u32);

impl Deadline {
    const STEP_BITS: u32 = 26;
    /// Never reached.
    pub(crate) const NEVER: Self = Self(u32::MAX);
    const LAST: u32 = u32::MAX - 1;

    /// After a span, or up to a step before that: nothing is served longer than its TTL. Only a TTL below a step
    /// is made one.
    pub(crate) fn after(now: Moment, span: Nanos) -> Self {
        let end = now.after(span).step().0.max(now.step().0 + 1);
        Self(u32::try_from(end).map_or(Self::LAST, |end| end.min(Self::LAST)))
    }

    /// Whether it is still to come.
    #[inline]
    pub(crate) fn is_after(self, now: Step) -> bool {
        now.0 < u64::from(self.0)
    }

    /// The moment it stands for.
    pub(crate) fn moment(self) -> Moment {
        match self {
            Self::NEVER => Moment::NEVER,
            Self(steps) => Moment(u64::from(steps) << Self::STEP_BITS),
        }
    }
}

/// A span in the unit of a [`Moment`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Nanos(pub(crate) u64);

impl From<Duration> for Nanos {
    fn from(span: Duration) -> Self {
        // 584 years and more are for ever.
        Self(u64::try_from(span.as_nanos()).unwrap_or(u64::MAX))
    }
}

/// The clock of a [`Caches`](crate::local::Caches): the system's, or one that tests move by hand. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Clock {
    now: Arc<AtomicU64>,
    /// When a system clock began.
    start: Instant,
    /// Held by every clone of a system clock; the last one to go stops the thread.
    refresher: Option<Arc<Refresher>>,
}

impl Clock {
    /// The system's monotonic clock, read at a resolution of a few milliseconds. It starts a thread, which ends
    /// with the last clone of this clock; should that be refused, the clock stands still and entries live until
    /// they are cleared or evicted.
    pub fn system() -> Self {
        let (now, start) = (Arc::new(AtomicU64::new(0)), Instant::now());
        Self {
            refresher: Refresher::start(Arc::clone(&now), start).map(Arc::new),
            now,
            start,
        }
    }

    /// A clock that stands still until it is told to move.
    pub fn manual() -> Self {
        Self {
            now: Arc::default(),
            start: Instant::now(),
            refresher: None,
        }
    }

    /// Moves a manual clock, and all its clones, on. The system's clock goes its own way.
    pub fn advance(&self, by: Duration) {
        if self.refresher.is_none() {
            self.now.fetch_add(Nanos::from(by).0, Ordering::Relaxed);
        }
    }

    /// The time as the operating system has it, which [`Clock::now`] may be some milliseconds behind of.
    pub(crate) fn exactly_now(&self) -> Moment {
        if self.refresher.is_none() {
            return self.now();
        }
        Moment(Nanos::from(self.start.elapsed()).0)
    }

    /// Inlined: it stands on the way of every hit.
    #[inline]
    pub(crate) fn now(&self) -> Moment {
        Moment(self.now.load(Ordering::Relaxed))
    }
}

/// The thread that refreshes a system clock. Its owner's drop ends it.
#[derive(Debug)]
struct Refresher {
    stopped: Arc<AtomicBool>,
    thread: Thread,
}

impl Refresher {
    fn start(now: Arc<AtomicU64>, start: Instant) -> Option<Self> {
        let stopped = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&stopped);
        let refresh = move || {
            while !stop.load(Ordering::Relaxed) {
                // Parked and not asleep, so that the end of the clock wakes it.
                thread::park_timeout(RESOLUTION);
                now.store(Nanos::from(start.elapsed()).0, Ordering::Relaxed);
            }
        };
        let thread = thread::Builder::new()
            .name("cachex-clock".into())
            .spawn(refresh)
            .ok()?;
        Some(Self {
            stopped,
            thread: thread.thread().clone(),
        })
    }
}

impl Drop for Refresher {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        self.thread.unpark();
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
            start.after(Nanos::from(Duration::from_millis(1500)))
        );
    }

    #[test]
    fn a_deadline_comes_no_later_than_its_span_and_never_at_once() {
        let start = Moment(123_456_789);
        let minute = Nanos::from(Duration::from_mins(1));
        let deadline = Deadline::after(start, minute);
        assert!(
            deadline.is_after(
                start
                    .after(Nanos::from(Duration::from_millis(59_930)))
                    .step()
            )
        );
        assert!(!deadline.is_after(start.after(minute).step()));
        assert!(!deadline.is_after(deadline.moment().step()));
        assert!(Deadline::after(start, Nanos(1)).is_after(start.step()));
        assert!(
            Deadline::NEVER.is_after(
                start
                    .after(Nanos::from(Duration::from_hours(24 * 365 * 9)))
                    .step()
            )
        );
    }

    #[test]
    fn after_nine_years_nothing_with_a_ttl_is_kept() {
        let old = Moment(0).after(Nanos::from(Duration::from_hours(24 * 365 * 10)));
        assert!(!Deadline::after(old, Nanos::from(Duration::from_mins(1))).is_after(old.step()));
    }

    #[test]
    fn a_span_beyond_the_range_is_for_ever() {
        assert_eq!(Moment(1).after(Nanos::from(Duration::MAX)), Moment::NEVER);
    }

    #[test]
    fn the_system_clock_moves_by_itself_and_its_thread_ends_with_it() {
        let clock = Clock::system();
        let start = clock.now();
        while clock.now() == start {
            thread::yield_now();
        }
        let number = Arc::downgrade(&clock.now);
        drop(clock);
        while number.strong_count() > 0 {
            thread::yield_now();
        }
    }
}
