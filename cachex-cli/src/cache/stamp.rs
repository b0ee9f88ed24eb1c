//! How a file shows that it was not touched, without being read.

use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// Of a file at one time. The change time is among it: programs can set back the time of modification, not that one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    length: u64,
    /// Device and number.
    identity: (u64, u64),
    /// Seconds since 1970, and nanoseconds.
    modified: (i64, i64),
    changed: (i64, i64),
}

/// The coarsest clock of a file system ticks in steps of two seconds: two edits within a step look alike.
const STEP: Duration = Duration::from_secs(2);

impl Stamp {
    /// `None` where the system doesn't tell enough.
    #[cfg(unix)]
    pub(crate) fn of(file: &Path) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        let of = std::fs::metadata(file).ok()?;
        Some(Self {
            length: of.size(),
            identity: (of.dev(), of.ino()),
            modified: (of.mtime(), of.mtime_nsec()),
            changed: (of.ctime(), of.ctime_nsec()),
        })
    }

    /// `None` where the system doesn't tell enough.
    #[cfg(not(unix))]
    pub(crate) fn of(_: &Path) -> Option<Self> {
        None
    }

    /// Whether a file that has this stamp later on is the same: it had been left alone long enough when it was taken.
    pub(crate) fn is_settled(&self, taken: SystemTime) -> bool {
        let since = taken.duration_since(SystemTime::UNIX_EPOCH);
        let now = since.unwrap_or_default().saturating_sub(STEP);
        let now = i64::try_from(now.as_secs()).unwrap_or(0);
        self.modified.0 < now && self.changed.0 < now
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_file_just_written_is_not_settled() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let stamp = Stamp::of(file.path()).unwrap();
        let now = SystemTime::now();
        assert!(!stamp.is_settled(now));
        assert!(stamp.is_settled(now + 3 * STEP));
    }

    #[test]
    fn an_edit_shows_though_its_time_is_set_back() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "a").unwrap();
        let before = Stamp::of(file.path()).unwrap();
        let metadata = || file.path().metadata().unwrap();
        let (modified, changed) = (metadata().modified().unwrap(), changed_at(&metadata()));
        // Until the clock of the file system has moved on.
        while changed_at(&metadata()) == changed {
            std::fs::write(file.path(), "b").unwrap();
            let open = std::fs::File::options().write(true).open(file.path());
            open.unwrap().set_modified(modified).unwrap();
        }
        let after = Stamp::of(file.path()).unwrap();
        assert_eq!(
            (&after.modified, after.length),
            (&before.modified, before.length)
        );
        assert_ne!(after, before);
    }

    fn changed_at(metadata: &std::fs::Metadata) -> (i64, i64) {
        use std::os::unix::fs::MetadataExt;
        (metadata.ctime(), metadata.ctime_nsec())
    }
}
