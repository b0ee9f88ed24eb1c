//! Which crates the files make up, and where each begins. A file that no crate reaches is one of its own.

use std::collections::BTreeMap;

use super::paths::{directory_of_root, is_development, parent_directory};
use super::symbols::Sym;
use super::world::{Crate, CrateIx, FileIx, ModId, Module, World, file_ix, u32_of};
use crate::analyze::workspace::{TargetKind, Tests, Workspace};

impl<'a> World<'a> {
    pub(super) fn crates_of(&mut self, workspace: &'a Workspace<'a>) {
        let mut targets: Vec<_> = workspace
            .targets
            .iter()
            .filter(|target| {
                self.tests == Tests::Included || target.kind != TargetKind::Development
            })
            .collect();
        targets.sort();
        let mut roots = BTreeMap::new();
        for target in &targets {
            let Some(file) = self.by_path.get(target.root.as_str()).copied() else {
                continue;
            };
            let module = self.crate_root(&target.name, target.kind, &target.folder, file);
            roots.insert(target.root.as_str(), module);
        }
        for target in &targets {
            let Some(root) = roots.get(target.root.as_str()) else {
                continue;
            };
            let externs: BTreeMap<Sym, ModId> = target
                .dependencies
                .iter()
                .filter_map(|(name, library)| {
                    Some((self.symbols.intern(name), *roots.get(library.as_str())?))
                })
                .collect();
            let krate = self.modules.get(root.index()).map(|module| module.krate);
            if let Some(krate) = krate.and_then(|krate| self.crates.get_mut(krate.0 as usize)) {
                krate.externs = externs;
            }
        }
    }

    /// Files that no crate reaches are crates of their own: nothing given is dropped in silence.
    pub(super) fn orphans(&mut self) {
        let mut left: Vec<(u8, FileIx)> = (0..self.files.len())
            .map(file_ix)
            .filter(|file| {
                !self.taken.contains(file)
                    && (self.tests == Tests::Included || !is_development(self.path(*file)))
            })
            .map(|file| {
                let path = self.path(file);
                (
                    u8::from(
                        !["lib.rs", "main.rs", "mod.rs"]
                            .iter()
                            .any(|root| path.rsplit('/').next() == Some(root)),
                    ),
                    file,
                )
            })
            .collect();
        left.sort();
        for (_, file) in left {
            if self.taken.contains(&file) {
                continue;
            }
            let path = self.path(file);
            let kind = if path.ends_with("main.rs") {
                TargetKind::Program
            } else {
                TargetKind::Library
            };
            let stem = path
                .trim_end_matches(".rs")
                .trim_end_matches("/mod")
                .trim_end_matches("/lib")
                .trim_end_matches("/main")
                .trim_end_matches("/src");
            let name = stem
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .replace('-', "_");
            self.crate_root(&name, kind, parent_directory(path), file);
        }
    }

    pub(super) fn crate_root(
        &mut self,
        name: &str,
        kind: TargetKind,
        folder: &str,
        file: FileIx,
    ) -> ModId {
        let krate = CrateIx(u32_of(self.crates.len()));
        let root = self.module(Module::new(krate, None, name.to_owned(), file));
        self.crates.push(Crate {
            kind,
            root,
            folder: folder.to_owned(),
            externs: BTreeMap::new(),
        });
        self.taken.insert(file);
        let Some(tree) = self.tree(file) else {
            return root;
        };
        self.collect(file, &tree.top, root, &directory_of_root(self.path(file)));
        root
    }
}
