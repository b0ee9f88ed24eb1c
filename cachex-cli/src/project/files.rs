//! Lists Rust files, and matches the globs of `check.sources` and `check.ignore`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use cachex_compiler::analyze::targets_of_paths;
use ignore::WalkBuilder;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::{Crate, Project, ProjectError};
use crate::args::Sources;

/// Folders of a package that hold no code of the application.
const TESTS: [&str; 3] = ["tests", "benches", "examples"];

/// The files of a package, without those of packages that lie within it.
pub(super) fn of_package(
    folder: &Path,
    sources: &Sources,
    project: &mut Project,
) -> Result<(), ProjectError> {
    let (top, tests) = (folder.to_owned(), sources.tests);
    let files = walk(folder, move |path| {
        let above = path.parent() == Some(&top);
        let name = name(path);
        let left_out = above && (name == "build.rs" || (!tests && TESTS.contains(&name)));
        !left_out && (path == top || !path.join("Cargo.toml").is_file())
    })?;
    add(files, project);
    Ok(())
}

/// Sorts files by what they are.
fn add(files: Vec<PathBuf>, project: &mut Project) {
    let (rust, texts): (Vec<_>, Vec<_>) = files
        .into_iter()
        .partition(|file| has_extension(file, "rs"));
    project.files.extend(rust);
    project.texts.extend(texts);
}

fn has_extension(file: &Path, wanted: &str) -> bool {
    file.extension()
        .is_some_and(|extension| extension == wanted)
}

/// A folder that cargo is not asked about: its crates are where cargo would look for them.
pub(super) fn bare(
    folder: &Path,
    sources: &Sources,
    project: &mut Project,
) -> Result<(), ProjectError> {
    let tests = sources.tests;
    let files = walk(folder, move |path| {
        let in_package = || {
            path.parent()
                .is_some_and(|parent| parent.join("Cargo.toml").is_file())
        };
        tests || !(TESTS.contains(&name(path)) && in_package())
    })?;
    let paths: Vec<String> = files.iter().map(|file| relative(folder, file)).collect();
    let targets = targets_of_paths(paths.iter().map(String::as_str), &manifests(folder, &files));
    project.crates.extend(targets.into_iter().map(|target| {
        Crate {
            root: folder.join(&target.root),
            name: target.name,
            kind: target.kind,
            folder: folder.join(&target.folder),
            dependencies: target
                .dependencies
                .into_iter()
                .map(|(name, root)| (name, folder.join(root)))
                .collect(),
        }
    }));
    add(files, project);
    Ok(())
}

/// The manifests of the folders that files lie in, by their path below a folder; one that can't be read tells nothing.
fn manifests(folder: &Path, files: &[PathBuf]) -> BTreeMap<String, String> {
    let above = files.iter().flat_map(|file| file.ancestors().skip(1));
    let folders: BTreeSet<&Path> = above.filter(|above| above.starts_with(folder)).collect();
    let manifest = |within: &Path| {
        let file = within.join("Cargo.toml");
        let text = std::fs::read_to_string(&file).ok()?;
        Some((relative(folder, &file), text))
    };
    folders.into_iter().filter_map(manifest).collect()
}

fn name(path: &Path) -> &str {
    path.file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default()
}

/// All Rust and SQL files below a folder that the filter lets through. What git ignores is no source.
fn walk(
    folder: &Path,
    keep: impl Fn(&Path) -> bool + Send + Sync + 'static,
) -> Result<Vec<PathBuf>, ProjectError> {
    let walk = WalkBuilder::new(folder)
        .follow_links(false)
        .filter_entry(move |entry| entry.file_name() != "target" && keep(entry.path()))
        .build();
    let mut files = Vec::new();
    for entry in walk {
        let entry = entry?;
        let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
        let path = entry.into_path();
        if is_file && (has_extension(&path, "rs") || has_extension(&path, "sql")) {
            files.push(path);
        }
    }
    Ok(files)
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
        let built = builder.build().map_err(ProjectError::Walk)?;
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
