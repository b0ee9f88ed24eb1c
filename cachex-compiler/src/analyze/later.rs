//! What is known of a file, read when somebody asks: where one function is looked at again, few files are asked for.

use std::cell::OnceCell;
use std::fmt;
use std::sync::LazyLock;

use super::FileFacts;
use crate::source::FileId;

/// A Rust file whose facts are kept.
#[derive(Debug)]
pub struct KeptFile<'a> {
    /// The id that spans of the facts carry.
    pub id: FileId,
    /// Its path, like [`SourceFile::path`](super::SourceFile::path).
    pub path: &'a str,
    /// What [`parse_file`](super::parse_file) found in it.
    pub facts: Later<'a>,
}

/// What is known of a file, once somebody asks.
pub struct Later<'a> {
    read: Box<dyn Fn() -> Option<FileFacts> + 'a>,
    found: OnceCell<Option<FileFacts>>,
}

/// What stands for a file of which nothing is known.
static NOTHING: LazyLock<FileFacts> = LazyLock::new(FileFacts::default);

impl<'a> Later<'a> {
    /// With a way to read it, which is gone once at most.
    pub fn new(read: impl Fn() -> Option<FileFacts> + 'a) -> Self {
        Self {
            read: Box::new(read),
            found: OnceCell::new(),
        }
    }

    /// Gives what was just read of it instead.
    pub fn replace(&mut self, facts: FileFacts) {
        self.found = OnceCell::from(Some(facts));
    }

    pub(super) fn facts(&self) -> &FileFacts {
        let found = self.found.get_or_init(|| (self.read)());
        found.as_ref().unwrap_or(&NOTHING)
    }

    /// Whether somebody asked, and it could not be read.
    pub(super) fn is_lost(&self) -> bool {
        matches!(self.found.get(), Some(None))
    }
}

impl fmt::Debug for Later<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.found.fmt(formatter)
    }
}
