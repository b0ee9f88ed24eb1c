//! Which crates a set of files makes up: from `cargo metadata`, or, for a bare folder, from paths and manifests.
//!
//! Pure: the caller runs cargo and reads manifests.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::workspace::{Target, TargetKind};

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: String,
    targets: Vec<CargoTarget>,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct CargoTarget {
    name: String,
    kind: Vec<String>,
    src_path: String,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    rename: Option<String>,
}

/// The crates that `cargo metadata --no-deps --format-version 1` lists, with paths below `folder` (absolute, as cargo
/// writes it). Crates outside of the folder are left out. An error is cargo's output not being its JSON.
pub fn targets_of_metadata(json: &str, folder: &str) -> Result<Vec<Target>, serde_json::Error> {
    let metadata: Metadata = serde_json::from_str(json)?;
    let below = |path: &str| {
        let path = path.replace('\\', "/");
        path.strip_prefix(folder.trim_end_matches('/'))
            .map(|rest| rest.trim_start_matches('/').to_owned())
    };
    let libraries: BTreeMap<String, (String, String)> = metadata
        .packages
        .iter()
        .filter_map(|package| {
            let library = package
                .targets
                .iter()
                .find(|target| kind_of(&target.kind) == Some(TargetKind::Library))?;
            Some((
                package.name.clone(),
                (ident(&library.name), below(&library.src_path)?),
            ))
        })
        .collect();
    let mut targets = Vec::new();
    for package in &metadata.packages {
        let mut dependencies: BTreeMap<String, String> = package
            .dependencies
            .iter()
            .filter_map(|dependency| {
                let (name, root) = libraries.get(&dependency.name)?;
                Some((
                    dependency
                        .rename
                        .as_deref()
                        .map_or_else(|| name.clone(), ident),
                    root.clone(),
                ))
            })
            .collect();
        dependencies.extend(libraries.get(&package.name).cloned());
        let dependencies = Arc::new(dependencies);
        let Some(manifest) = below(&package.manifest_path) else {
            continue;
        };
        let folder = manifest
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder)
            .to_owned();
        for target in &package.targets {
            let (Some(kind), Some(root)) = (kind_of(&target.kind), below(&target.src_path)) else {
                continue;
            };
            targets.push(Target {
                name: ident(&target.name),
                kind,
                root,
                folder: folder.clone(),
                dependencies: Arc::clone(&dependencies),
            });
        }
    }
    targets.sort();
    Ok(targets)
}

fn kind_of(kinds: &[String]) -> Option<TargetKind> {
    kinds.iter().find_map(|kind| match kind.as_str() {
        "lib" | "rlib" | "dylib" | "cdylib" | "staticlib" | "proc-macro" => {
            Some(TargetKind::Library)
        }
        "bin" => Some(TargetKind::Program),
        "test" | "bench" | "example" | "custom-build" => Some(TargetKind::Development),
        _ => None,
    })
}

fn ident(name: &str) -> String {
    name.replace('-', "_")
}

/// The crates of a bare folder: roots where cargo looks for them, names from the manifests beside them (path → text),
/// else from the folders. Every library is taken to be known to every crate by its own name.
pub fn targets_of_paths<'a>(
    paths: impl IntoIterator<Item = &'a str>,
    manifests: &BTreeMap<String, String>,
) -> Vec<Target> {
    let manifests: BTreeMap<&str, Manifest<'_>> = manifests
        .iter()
        .map(|(path, text)| {
            let folder = path.trim_end_matches("Cargo.toml").trim_end_matches('/');
            (folder, Manifest::read(text))
        })
        .collect();
    let mut targets: Vec<Target> = paths
        .into_iter()
        .filter_map(|path| target_at(path, &manifests))
        .collect();
    let libraries: BTreeMap<String, String> = targets
        .iter()
        .filter(|target| target.kind == TargetKind::Library)
        .map(|target| (target.name.clone(), target.root.clone()))
        .collect();
    let libraries = Arc::new(libraries);
    for target in &mut targets {
        target.dependencies = Arc::clone(&libraries);
    }
    targets.sort();
    targets
}

/// What names crates in a manifest. Read once: a folder may have thousands of files.
#[derive(Default)]
struct Manifest<'a> {
    /// Where its programs stand.
    programs: Vec<&'a str>,
    package: Option<String>,
    library: Option<String>,
    library_path: Option<String>,
}

impl<'a> Manifest<'a> {
    fn read(text: &'a str) -> Self {
        Self {
            programs: programs(text),
            package: value(text, "[package]", "name"),
            library: value(text, "[lib]", "name"),
            library_path: value(text, "[lib]", "path"),
        }
    }
}

/// The paths in a manifest that has programs.
fn programs(text: &str) -> Vec<&str> {
    if !text.contains("[[bin]]") {
        return Vec::new();
    }
    let paths = text.split("path = \"").skip(1);
    paths.filter_map(|rest| rest.split('"').next()).collect()
}

fn target_at(path: &str, manifests: &BTreeMap<&str, Manifest<'_>>) -> Option<Target> {
    let (folder, within) = owner(path, manifests)?;
    let nothing = Manifest::default();
    let manifest = manifests.get(folder).unwrap_or(&nothing);
    let package = manifest.package.clone();
    let package =
        package.unwrap_or_else(|| folder.rsplit('/').next().unwrap_or_default().to_owned());
    let library = manifest.library_path.as_deref().unwrap_or("src/lib.rs");
    let (name, kind) = if within == library {
        (
            manifest.library.clone().unwrap_or(package),
            TargetKind::Library,
        )
    } else if within == "src/main.rs" || manifest.programs.contains(&within) {
        (package, TargetKind::Program)
    } else if within == "build.rs" {
        (package, TargetKind::Development)
    } else {
        let mut parts = within.split('/');
        let (first, second, third, fourth) =
            (parts.next(), parts.next(), parts.next(), parts.next());
        match (first, second, third, fourth) {
            (Some("src"), Some("bin"), Some(file), None) if is_rust(file) => {
                (file.trim_end_matches(".rs").to_owned(), TargetKind::Program)
            }
            (Some("src"), Some("bin"), Some(name), Some("main.rs")) => {
                (name.to_owned(), TargetKind::Program)
            }
            (Some("tests" | "benches" | "examples"), Some(file), None, None) if is_rust(file) => (
                file.trim_end_matches(".rs").to_owned(),
                TargetKind::Development,
            ),
            (Some("tests" | "benches" | "examples"), Some(name), Some("main.rs"), None) => {
                (name.to_owned(), TargetKind::Development)
            }
            _ => return None,
        }
    };
    Some(Target {
        name: ident(&name),
        kind,
        root: path.to_owned(),
        folder: folder.to_owned(),
        dependencies: Arc::default(),
    })
}

/// The crate's folder and the path in it: the nearest manifest's, else what stands before `src`.
fn owner<'p>(
    path: &'p str,
    manifests: &BTreeMap<&str, Manifest<'_>>,
) -> Option<(&'p str, &'p str)> {
    let mut folder = path;
    while let Some((above, _)) = folder.rsplit_once('/') {
        folder = above;
        if manifests.contains_key(folder) {
            let within = path.strip_prefix(folder)?.trim_start_matches('/');
            return Some((folder, within));
        }
    }
    if manifests.contains_key("") {
        return Some(("", path));
    }
    let at = if path.starts_with("src/") {
        0
    } else {
        path.find("/src/")? + 1
    };
    Some((path.get(..at)?.trim_end_matches('/'), path.get(at..)?))
}

fn is_rust(file: &str) -> bool {
    std::path::Path::new(file)
        .extension()
        .is_some_and(|extension| extension == "rs")
}

/// `key = "value"` in one section of a manifest. Enough for names and paths, which manifests write on one line.
fn value(manifest: &str, section: &str, key: &str) -> Option<String> {
    let mut inside = false;
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            inside = line == section;
        } else if inside
            && let Some(rest) = line
                .strip_prefix(key)
                .map(str::trim_start)
                .and_then(|rest| rest.strip_prefix('='))
        {
            return rest
                .trim()
                .strip_prefix('"')
                .and_then(|rest| rest.split('"').next())
                .map(str::to_owned);
        }
    }
    None
}
