//! Asks cargo which packages an application consists of. Never touches the network.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cachex_compiler::analyze::TargetKind;
use cargo_metadata::{
    DependencyKind, Metadata, MetadataCommand, Package, Target as CargoTarget,
    TargetKind as CargoKind,
};

use super::{Crate, Project, ProjectError, absolute, files, relative};
use crate::args::{Place, Sources};

/// cachex itself is no application: its own crates are left out when a workspace holds them.
const OWN: [&str; 5] = [
    "cachex",
    "cachex-cli",
    "cachex-compiler",
    "cachex-macros",
    "cachex-runtime",
];

/// An application whose files haven't been listed yet.
pub(super) struct Located {
    pub(super) root: PathBuf,
    pub(super) schema: Rules,
    metadata: Option<Metadata>,
    refusal: Option<Refusal>,
}

/// The rules that were found: not every command asks for them.
#[derive(Debug, Clone)]
pub(crate) enum Rules {
    /// None.
    Missing,
    /// In this file.
    At(PathBuf),
    /// Several packages have their own: their folders.
    Several(Vec<String>),
}

impl Rules {
    /// The file, for a command that can't do without.
    pub(super) fn file(&self, root: &Path) -> Result<&Path, ProjectError> {
        match self {
            Self::At(file) => Ok(file),
            Self::Missing => Err(ProjectError::NoSchema(root.to_owned())),
            Self::Several(folders) => Err(ProjectError::ManySchemas(folders.clone())),
        }
    }
}

/// Cargo can't read a manifest: of a part of a repository, say, or one that asks for a toolchain that isn't there.
pub(super) struct Refusal {
    manifest: PathBuf,
    reason: String,
}

impl Refusal {
    /// What is done instead, and what is less certain for it.
    pub(super) fn remark(&self) -> String {
        format!(
            "warning: cargo can't read `{}` ({}); its folder's Rust files are read as they lie there: crates outside \
             of it are missing, and targets that only cargo would find",
            self.manifest.display(),
            self.reason
        )
    }
}

impl Located {
    /// Where cargo keeps what it builds.
    pub(super) fn target(&self) -> Option<PathBuf> {
        let metadata = self.metadata.as_ref()?;
        Some(metadata.target_directory.clone().into())
    }

    /// Why cargo's answer is missing, if it was asked.
    pub(super) fn refusal(&self) -> Option<&Refusal> {
        self.refusal.as_ref()
    }
}

/// Finds the application's folder and its rules.
pub(super) fn locate(place: &Place) -> Result<Located, ProjectError> {
    let given = match &place.path {
        Some(path) => absolute(path)?,
        None => nearest(&absolute(Path::new("."))?),
    };
    let (root, file) = if given.is_dir() {
        (given, None)
    } else {
        let folder = given.parent().filter(|_| is_rules(&given));
        let folder = folder.ok_or_else(|| ProjectError::NoFolder(given.clone()))?;
        (folder.to_owned(), Some(given))
    };
    let (metadata, refusal) = match ask_cargo(&root) {
        Ok(metadata) => (metadata, None),
        Err(refusal) => (None, Some(refusal)),
    };
    let schema = match (&place.schema, file) {
        (Some(file), _) => Rules::At(absolute(file)?),
        (None, Some(file)) => Rules::At(file),
        (None, None) => find_schema(&root, metadata.as_ref())?,
    };
    Ok(Located {
        root,
        schema,
        metadata,
        refusal,
    })
}

fn is_rules(file: &Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("yaml" | "yml" | "json"))
}

/// The nearest folder upwards that holds an application, else the folder itself.
fn nearest(folder: &Path) -> PathBuf {
    let holds = |folder: &&Path| {
        ["cachex.yaml", "Cargo.toml"]
            .iter()
            .any(|name| folder.join(name).is_file())
    };
    folder.ancestors().find(holds).unwrap_or(folder).to_owned()
}

/// What cargo says of the packages, asked in their folder; where that fails (its `rust-toolchain.toml` may name one that
/// is not installed) from where no setting of the folder counts.
fn ask_cargo(root: &Path) -> Result<Option<Metadata>, Refusal> {
    let manifest = root.join("Cargo.toml");
    if !manifest.is_file() {
        return Ok(None);
    }
    let outermost = root.ancestors().last().unwrap_or(root);
    let asked = ask_from(root, &manifest).or_else(|_| ask_from(outermost, &manifest));
    asked.map(Some).map_err(|error| Refusal {
        reason: reason(&error),
        manifest,
    })
}

fn ask_from(folder: &Path, manifest: &Path) -> cargo_metadata::Result<Metadata> {
    MetadataCommand::new()
        .manifest_path(manifest)
        .current_dir(folder)
        .no_deps()
        .other_options(["--offline".to_owned()])
        // Looking at sources is no reason to download a toolchain.
        .env("RUSTUP_AUTO_INSTALL", "0")
        .exec()
}

/// The first line of what cargo said.
fn reason(error: &cargo_metadata::Error) -> String {
    let said = match error {
        cargo_metadata::Error::CargoMetadata { stderr } => stderr.clone(),
        other => other.to_string(),
    };
    let lines = || said.lines().map(str::trim).filter(|line| !line.is_empty());
    let line = lines().find(|line| line.starts_with("error:"));
    let line = line.or_else(|| lines().next()).unwrap_or_default();
    line.trim_start_matches("error:").trim().to_owned()
}

/// `cachex.yaml` of the folder, else what its package names, else what the only package with rules names.
fn find_schema(root: &Path, metadata: Option<&Metadata>) -> Result<Rules, ProjectError> {
    let beside = root.join("cachex.yaml");
    if beside.is_file() {
        return Ok(Rules::At(beside));
    }
    let Some(metadata) = metadata else {
        return Ok(Rules::Missing);
    };
    if let Some(named) = named_schema(root, &metadata.workspace_metadata) {
        return absolute(&named).map(Rules::At);
    }
    let mut found = BTreeMap::new();
    for package in selected(root, metadata) {
        let folder = folder(package);
        let named = named_schema(&folder, &package.metadata);
        let beside = Some(folder.join("cachex.yaml")).filter(|file| file.is_file());
        if let Some(schema) = named.or(beside) {
            found
                .entry(absolute(&schema)?)
                .or_insert_with(|| relative(root, &folder));
        }
    }
    let mut schemas = found.into_iter();
    Ok(match (schemas.next(), schemas.next()) {
        (None, _) => Rules::Missing,
        (Some((schema, _)), None) => Rules::At(schema),
        (Some(first), Some(second)) => {
            let all = [first, second].into_iter().chain(schemas);
            Rules::Several(all.map(|(_, folder)| folder).collect())
        }
    })
}

fn named_schema(folder: &Path, metadata: &serde_json::Value) -> Option<PathBuf> {
    let named = metadata.get("cachex")?.get("schema")?.as_str()?;
    Some(folder.join(named))
}

fn folder(package: &Package) -> PathBuf {
    package
        .manifest_path
        .parent()
        .map(PathBuf::from)
        .unwrap_or_default()
}

/// The packages that PATH stands for: the one whose folder it is, else all of the workspace.
fn selected<'a>(root: &Path, metadata: &'a Metadata) -> Vec<&'a Package> {
    let members = metadata.workspace_packages();
    if metadata.workspace_root.as_std_path() == root {
        return members;
    }
    let own = |package: &&&Package| absolute(&folder(package)).is_ok_and(|folder| folder == root);
    members
        .iter()
        .find(own)
        .map_or_else(|| members.clone(), |package| vec![*package])
}

/// Lists the crates of the application and their files.
pub(super) fn list(located: &Located, sources: &Sources, project: &mut Project) {
    let Some(metadata) = &located.metadata else {
        return files::bare(&located.root, sources, project);
    };
    for package in with_dependencies(&selected(&located.root, metadata), metadata) {
        files::of_package(&folder(package), sources, project);
        let dependencies = Arc::new(dependencies(package, metadata));
        let targets = package.targets.iter();
        project.crates.extend(targets.filter_map(|target| {
            Some(Crate {
                root: target.src_path.clone().into(),
                name: target.name.replace('-', "_"),
                kind: kind(target)?,
                folder: folder(package),
                dependencies: Arc::clone(&dependencies),
            })
        }));
    }
}

/// `None` for what is no code of the application.
fn kind(target: &CargoTarget) -> Option<TargetKind> {
    if is_library(target) {
        return Some(TargetKind::Library);
    }
    match target.kind.first()? {
        CargoKind::Bin => Some(TargetKind::Program),
        CargoKind::CustomBuild => None,
        _ => Some(TargetKind::Development),
    }
}

fn is_library(target: &CargoTarget) -> bool {
    let other = |kind: &CargoKind| {
        matches!(
            kind,
            CargoKind::Bin
                | CargoKind::Test
                | CargoKind::Bench
                | CargoKind::Example
                | CargoKind::CustomBuild
        )
    };
    !target.kind.iter().any(other)
}

/// The libraries of the workspace that a package names, its own included: a program uses it like any other.
fn dependencies(package: &Package, metadata: &Metadata) -> BTreeMap<String, PathBuf> {
    let members = metadata.workspace_packages();
    let library = |package: &Package| {
        let target = package.targets.iter().find(|target| is_library(target))?;
        Some((target.name.clone(), PathBuf::from(&target.src_path)))
    };
    let named = package.dependencies.iter().filter_map(|dependency| {
        let path = dependency.path.as_ref()?;
        let member = members
            .iter()
            .find(|member| member.manifest_path.parent() == Some(path))?;
        let (name, root) = library(member)?;
        Some((dependency.rename.clone().unwrap_or(name), root))
    });
    named
        .chain(library(package))
        .map(|(name, root)| (name.replace('-', "_"), root))
        .collect()
}

/// The packages and the workspace's own ones that they use: a write may stand in any of them.
fn with_dependencies<'a>(selected: &[&Package], metadata: &'a Metadata) -> Vec<&'a Package> {
    let members = metadata.workspace_packages();
    let is_member = |folder: &Path| {
        members.iter().position(|package| {
            package
                .manifest_path
                .parent()
                .is_some_and(|own| own.as_std_path() == folder)
        })
    };
    let index = |package: &Package| is_member(&folder(package));
    let mut reached: BTreeSet<usize> = selected
        .iter()
        .filter_map(|package| index(package))
        .collect();
    let mut open: Vec<usize> = reached.iter().copied().collect();
    while let Some(package) = open.pop().and_then(|index| members.get(index)) {
        for dependency in package
            .dependencies
            .iter()
            .filter(|dependency| dependency.kind == DependencyKind::Normal)
        {
            let member = dependency
                .path
                .as_ref()
                .and_then(|path| is_member(path.as_std_path()));
            if let Some(member) = member.filter(|member| reached.insert(*member)) {
                open.push(member);
            }
        }
    }
    let packages = reached
        .into_iter()
        .filter_map(|index| members.get(index).copied());
    packages
        .filter(|package| !OWN.contains(&package.name.as_str()))
        .collect()
}
