//! Where an application lies: its folder, its schema, its crates and their Rust files.
//!
//! Owns all questions to cargo and to the file system's tree. Knows nothing of what the files say. Everything it
//! returns is sorted, so that the same tree gives the same output.

mod error;
mod files;
mod packages;

use std::path::{Path, PathBuf};

pub(crate) use error::ProjectError;
pub(crate) use files::{Globs, relative};

use crate::args::{Place, Sources};

/// An application, found.
#[derive(Debug)]
pub(crate) struct Project {
    /// Its folder, absolute.
    pub(crate) root: PathBuf,
    /// Its rules, absolute; a project without them has facts only.
    pub(crate) schema: Option<PathBuf>,
    /// Its crates, by name and folder.
    pub(crate) crates: Vec<Crate>,
}

/// A crate of the application.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Crate {
    /// As `use` names it.
    pub(crate) name: String,
    /// The files that rustc is given, absolute: `src/lib.rs`, `src/main.rs`, `src/bin/….rs`.
    pub(crate) roots: Vec<PathBuf>,
    /// All its Rust files, absolute.
    pub(crate) files: Vec<PathBuf>,
}

impl Project {
    /// Finds the application and its Rust files.
    pub(crate) fn find(place: &Place, sources: &Sources) -> Result<Self, ProjectError> {
        let located = packages::locate(place)?;
        let crates = if sources.src.is_empty() {
            packages::crates(&located, sources)?
        } else {
            sources
                .src
                .iter()
                .map(|folder| files::bare(&absolute(folder)?, sources))
                .collect::<Result<_, _>>()?
        };
        Ok(Self {
            schema: located.schema,
            root: located.root,
            crates: sorted(crates),
        })
    }

    /// Finds the application's rules, and none of its Rust files.
    pub(crate) fn find_rules(place: &Place) -> Result<Self, ProjectError> {
        let located = packages::locate(place)?;
        Ok(Self {
            schema: located.schema,
            root: located.root,
            crates: Vec::new(),
        })
    }

    /// The rules, which the command can't do without.
    pub(crate) fn rules(&self) -> Result<&Path, ProjectError> {
        self.schema
            .as_deref()
            .ok_or_else(|| ProjectError::NoSchema(self.root.clone()))
    }
}

/// A folder or file that must exist.
pub(crate) fn absolute(path: &Path) -> Result<PathBuf, ProjectError> {
    std::fs::canonicalize(path).map_err(|error| ProjectError::Unreadable(path.into(), error))
}

fn sorted(mut crates: Vec<Crate>) -> Vec<Crate> {
    crates.sort();
    crates
}
