//! What the analyser is given: parsed files, and which crates they make up. The caller does the reading.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::FileFacts;
use crate::model::Dialect;
use crate::source::FileId;

/// The sources of one run. The order of the files and targets does not matter.
#[derive(Debug, Clone, Default)]
pub struct Workspace<'a> {
    /// Every Rust file.
    pub files: Vec<SourceFile<'a>>,
    /// The crates. A file that none of them reaches through `mod` is a crate of its own.
    pub targets: Vec<Target>,
}

/// Gives the text of an SQL file that `query_file!` or `include_str!` names, by path like [`SourceFile::path`]; `None`
/// where there is no such file.
pub type Texts<'a> = &'a dyn Fn(&str) -> Option<String>;

/// One Rust file.
#[derive(Debug, Clone, Copy)]
pub struct SourceFile<'a> {
    /// The id that spans of the facts carry.
    pub id: FileId,
    /// Its path below the analysed folder, with `/`.
    pub path: &'a str,
    /// What [`parse_file`](super::parse_file) found in it.
    pub facts: &'a FileFacts,
}

/// One crate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// The name Rust paths have for it: `kellnr_db`.
    pub name: String,
    /// What it is.
    pub kind: TargetKind,
    /// Its root file, like [`SourceFile::path`].
    pub root: String,
    /// The folder of its manifest, like [`SourceFile::path`]; empty for the analysed folder itself.
    pub folder: String,
    /// Crates of this workspace that it names: the name in its paths → the library's [`Target::root`].
    /// Crates of one package, and those of a bare folder, share one table.
    pub dependencies: Arc<BTreeMap<String, String>>,
}

/// What a crate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TargetKind {
    /// A library.
    Library,
    /// A program: its `main` is a root.
    Program,
    /// `tests/`, `benches/`, `examples/`, `build.rs`: left out unless [`Tests::Included`].
    Development,
}

/// How to analyse.
#[derive(Debug, Clone)]
pub struct Options {
    /// `check.dialect`.
    pub dialect: Dialect,
    /// `check.handlers.attributes`: attributes that make a handler.
    pub attributes: Vec<String>,
    /// `check.handlers.routers`: functions that route to a handler.
    pub routers: Vec<String>,
    /// `check.handlers.jobs`: functions that are given a job.
    pub jobs: Vec<String>,
    /// Whether tests count.
    pub tests: Tests,
}

/// Whether code that only tests run is analysed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tests {
    /// `#[cfg(test)]`, `#[test]` and development targets are left out.
    Skipped,
    /// `--tests`.
    Included,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            dialect: Dialect::Postgres,
            attributes: Vec::new(),
            routers: Vec::new(),
            jobs: Vec::new(),
            tests: Tests::Skipped,
        }
    }
}
