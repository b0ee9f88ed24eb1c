//! Where an application lies: its folder, its schema, its crates and their Rust files.
//!
//! Owns all questions to cargo and to the file system's tree. Knows nothing of what the files say. Everything it
//! returns is sorted, so that the same tree gives the same output.

mod error;
mod files;
mod packages;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cachex_compiler::analyze::TargetKind;
use cachex_compiler::model::{Check, Name};

pub(crate) use error::ProjectError;
use files::Globs;
pub(crate) use files::{Shared, relative};
use packages::Rules;

use crate::args::{Place, Sources};
use crate::output;

/// An application, found. All paths are absolute.
#[derive(Debug)]
pub(crate) struct Project {
    /// Its folder.
    pub(crate) root: PathBuf,
    /// Its rules; a project without them has facts only.
    schema: Rules,
    /// Its crates.
    pub(crate) crates: BTreeSet<Crate>,
    /// Its Rust files, each once, in the order of their paths' bytes.
    pub(crate) files: Vec<PathBuf>,
    /// SQL files beside them, for `query_file!` and `include_str!`.
    pub(crate) texts: Vec<PathBuf>,
    /// Where cargo keeps what it builds, if it was asked.
    pub(crate) target: Option<PathBuf>,
}

/// A crate of the application.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Crate {
    /// The file that rustc is given.
    pub(crate) root: PathBuf,
    /// As `use` names it.
    pub(crate) name: String,
    /// What it is.
    pub(crate) kind: TargetKind,
    /// The folder of its manifest.
    pub(crate) folder: PathBuf,
    /// Crates of the application that it names: the name in its paths, and the library's root.
    /// Many crates share one table.
    pub(crate) dependencies: Arc<BTreeMap<String, PathBuf>>,
}

impl Project {
    /// Finds the application and its Rust files.
    pub(crate) fn find(place: &Place, sources: &Sources) -> Result<Self, ProjectError> {
        let located = packages::locate(place)?;
        let mut project = Self {
            schema: located.schema.clone(),
            root: located.root.clone(),
            target: located.target(),
            crates: BTreeSet::new(),
            files: Vec::new(),
            texts: Vec::new(),
        };
        if sources.src.is_empty() {
            if let Some(refusal) = located.refusal() {
                output::remark(&refusal.remark());
            }
            packages::list(&located, sources, &mut project);
        }
        for folder in &sources.src {
            files::bare(&absolute(folder)?, sources, &mut project);
        }
        files::sort(&mut project.files);
        files::sort(&mut project.texts);
        Ok(project)
    }

    /// Finds the application's rules, and none of its Rust files.
    pub(crate) fn find_rules(place: &Place) -> Result<PathBuf, ProjectError> {
        let located = packages::locate(place)?;
        let file = located.schema.file(&located.root)?;
        Ok(file.to_owned())
    }

    /// Keeps the files that the rules speak of: those of `check.sources`, without those of `check.ignore`.
    pub(crate) fn select(&mut self, check: &Check) -> Result<(), ProjectError> {
        let written = |names: &[Name]| -> Vec<String> {
            names.iter().map(|name| name.value.clone()).collect()
        };
        let sources = Globs::new(&self.root, &written(&check.sources))?;
        let ignore = Globs::new(&self.root, &written(&check.ignore))?;
        let keep =
            |file: &PathBuf| (sources.is_empty() || sources.name(file)) && !ignore.name(file);
        self.files.retain(keep);
        self.crates
            .retain(|of| files::contain(&self.files, &of.root));
        Ok(())
    }

    /// The rules, which the command can't do without.
    pub(crate) fn rules(&self) -> Result<&Path, ProjectError> {
        self.schema.file(&self.root)
    }
}

/// A folder or file that must exist.
pub(crate) fn absolute(path: &Path) -> Result<PathBuf, ProjectError> {
    std::fs::canonicalize(path).map_err(|error| ProjectError::Unreadable(path.into(), error))
}
