//! Lists Rust files, and matches the globs of `check.sources` and `check.ignore`.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use cachex_compiler::analyze::targets_of_paths;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::{DirEntry, WalkBuilder, WalkState};

use super::{Crate, Project, ProjectError};
use crate::args::Sources;

/// Folders of a package that hold no code of the application.
const TESTS: [&str; 3] = ["tests", "benches", "examples"];

/// The files of a package, without those of packages that lie within it.
pub(super) fn of_package(folder: &Path, sources: &Sources, project: &mut Project) {
    let (top, tests) = (folder.to_owned(), sources.tests);
    let Walked { files, .. } = walk(folder, move |path, is_folder| {
        let above = path.parent() == Some(&top);
        let name = name(path);
        let left_out = above && (name == "build.rs" || (!tests && TESTS.contains(&name)));
        let of_another = || is_folder && path != top && path.join("Cargo.toml").is_file();
        !left_out && !of_another()
    });
    add(files, project);
}

/// Sorts files by what they are.
fn add(files: Vec<PathBuf>, project: &mut Project) {
    // What could not be looked at is among the Rust files: it may be one, or hold some.
    let (texts, rust): (Vec<_>, Vec<_>) = files
        .into_iter()
        .partition(|file| has_extension(file, "sql"));
    project.files.extend(rust);
    project.texts.extend(texts);
}

fn has_extension(file: &Path, wanted: &str) -> bool {
    file.extension()
        .is_some_and(|extension| extension == wanted)
}

/// A folder that cargo is not asked about: its crates are where cargo would look for them.
pub(super) fn bare(folder: &Path, sources: &Sources, project: &mut Project) {
    let tests = sources.tests;
    let Walked { files, manifests } = walk(folder, move |path, _| {
        let in_package = || {
            path.parent()
                .is_some_and(|parent| parent.join("Cargo.toml").is_file())
        };
        tests || !(TESTS.contains(&name(path)) && in_package())
    });
    let paths: Vec<String> = files.iter().map(|file| relative(folder, file)).collect();
    let manifests = read(folder, &manifests);
    let targets = targets_of_paths(paths.iter().map(String::as_str), &manifests);
    let placed = |table: &BTreeMap<String, String>| {
        let roots = table.iter();
        roots
            .map(|(name, root)| (name.clone(), folder.join(root)))
            .collect()
    };
    let mut placed = Shared::new(placed);
    project
        .crates
        .extend(targets.into_iter().map(|target| Crate {
            root: folder.join(&target.root),
            name: target.name,
            kind: target.kind,
            folder: folder.join(&target.folder),
            dependencies: placed.of(&target.dependencies),
        }));
    add(files, project);
}

/// What manifests say, by their path below a folder; one that can't be read tells nothing.
fn read(folder: &Path, manifests: &[PathBuf]) -> BTreeMap<String, String> {
    let manifest = |file: &PathBuf| {
        let text = std::fs::read_to_string(file).ok()?;
        Some((relative(folder, file), text))
    };
    manifests.iter().filter_map(manifest).collect()
}

fn name(path: &Path) -> &str {
    path.file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default()
}

/// What lies below a folder.
#[derive(Default)]
struct Walked {
    /// Rust and SQL files, and what can't be looked at: reading it fails, and then it is reported.
    files: Vec<PathBuf>,
    manifests: Vec<PathBuf>,
}

/// All files below a folder that the filter, which is told what is a folder, lets through. What git ignores is no
/// source.
fn walk(folder: &Path, keep: impl Fn(&Path, bool) -> bool + Send + Sync + 'static) -> Walked {
    let walked = Mutex::new(Walked::default());
    let walk = WalkBuilder::new(folder)
        // A link to a folder may lead anywhere, and in circles.
        .follow_links(false)
        .filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            entry.file_name() != "target" && keep(entry.path(), is_folder)
        })
        .build_parallel();
    walk.run(|| {
        Box::new(|entry| {
            // Another thread's panic leaves the lists whole.
            let walked = || walked.lock().unwrap_or_else(PoisonError::into_inner);
            match entry {
                Ok(entry) if is_file(&entry, is_source) => walked().files.push(entry.into_path()),
                Ok(entry) if is_file(&entry, is_manifest) => {
                    walked().manifests.push(entry.into_path());
                }
                Ok(_) => {}
                Err(error) => walked().files.extend(blamed(&error).map(Path::to_owned)),
            }
            WalkState::Continue
        })
    });
    let mut walked = walked.into_inner().unwrap_or_else(PoisonError::into_inner);
    sort(&mut walked.files);
    walked
}

/// Each path once, in the order of their bytes: that of their parts is much dearer to keep.
pub(super) fn sort(files: &mut Vec<PathBuf>) {
    files.sort_unstable_by(|one, other| one.as_os_str().cmp(other.as_os_str()));
    files.dedup_by(|one, other| one.as_os_str() == other.as_os_str());
}

/// Whether a path is among sorted ones.
pub(super) fn contain(files: &[PathBuf], path: &Path) -> bool {
    let found = files.binary_search_by(|file| file.as_os_str().cmp(path.as_os_str()));
    found.is_ok()
}

/// Turns tables that many crates share into others that they share: each is turned once, where its users stand
/// beside each other.
pub(crate) struct Shared<T, U, F> {
    turned: F,
    last: Option<(Arc<T>, Arc<U>)>,
}

impl<T, U, F: Fn(&T) -> U> Shared<T, U, F> {
    pub(crate) fn new(turned: F) -> Self {
        Self { turned, last: None }
    }

    pub(crate) fn of(&mut self, table: &Arc<T>) -> Arc<U> {
        if let Some((known, turned)) = &self.last
            && Arc::ptr_eq(known, table)
        {
            return Arc::clone(turned);
        }
        let turned = Arc::new((self.turned)(table));
        self.last = Some((Arc::clone(table), Arc::clone(&turned)));
        turned
    }
}

/// Whether it is a file whose path is of this sort, or a link to one.
fn is_file(entry: &DirEntry, sort: fn(&Path) -> bool) -> bool {
    let path = entry.path();
    let is_file = || match entry.file_type() {
        Some(kind) if kind.is_symlink() => path.metadata().map_or(true, |of| of.is_file()),
        kind => kind.is_some_and(|kind| kind.is_file()),
    };
    sort(path) && is_file()
}

fn is_source(path: &Path) -> bool {
    has_extension(path, "rs") || has_extension(path, "sql")
}

fn is_manifest(path: &Path) -> bool {
    name(path) == "Cargo.toml"
}

/// What could not be looked at.
fn blamed(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            blamed(err)
        }
        _ => None,
    }
}

/// Globs below a folder, written as in a `.gitignore`.
pub(super) struct Globs(Gitignore);

impl Globs {
    /// Of the globs as written.
    pub(super) fn new(folder: &Path, globs: &[String]) -> Result<Self, ProjectError> {
        let mut builder = GitignoreBuilder::new(folder);
        for glob in globs {
            // Anchored: `src` is the folder's own `src`, not one anywhere below it.
            let anchored = format!("/{}", glob.trim_start_matches("./").trim_start_matches('/'));
            builder
                .add_line(None, &anchored)
                .map_err(|error| ProjectError::Glob(glob.clone(), error))?;
        }
        let built = builder.build().map_err(ProjectError::Globs)?;
        Ok(Self(built))
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one of them names the file, or a folder it lies in.
    pub(super) fn name(&self, file: &Path) -> bool {
        file.starts_with(self.0.path())
            && self.0.matched_path_or_any_parents(file, false).is_ignore()
    }
}

/// A path as seen from a folder, with `/` between its parts; both absolute.
pub(crate) fn relative(folder: &Path, path: &Path) -> String {
    // The common case, without taking both apart.
    let (above, whole) = (folder.as_os_str(), path.as_os_str());
    let below = whole
        .as_encoded_bytes()
        .strip_prefix(above.as_encoded_bytes());
    if let Some(below) = below.and_then(|below| below.strip_prefix(b"/")) {
        return String::from_utf8_lossy(below).into_owned();
    }
    let shared = folder
        .components()
        .zip(path.components())
        .take_while(|(left, right)| left == right)
        .count();
    let up = folder.components().skip(shared).map(|_| "..".to_owned());
    let down = path.components().skip(shared).map(|part| match part {
        Component::RootDir => String::new(),
        part => part.as_os_str().to_string_lossy().into_owned(),
    });
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_seen_from_a_folder() {
        let seen = |folder: &str, path: &str| relative(Path::new(folder), Path::new(path));
        assert_eq!(seen("/a/b", "/a/b/src/x.rs"), "src/x.rs");
        assert_eq!(seen("/a/b", "/a/shared/x.rs"), "../shared/x.rs");
    }

    #[test]
    fn globs_are_anchored_at_their_folder() {
        let globs = ["src/seed/**".to_owned(), "crates/*/src".to_owned()];
        let globs = Globs::new(Path::new("/app"), &globs).unwrap();
        assert!(globs.name(Path::new("/app/src/seed/users.rs")));
        assert!(globs.name(Path::new("/app/crates/api/src/main.rs")));
        assert!(!globs.name(Path::new("/app/other/src/seed/users.rs")));
        assert!(!globs.name(Path::new("/elsewhere/src/seed/users.rs")));
    }
}
