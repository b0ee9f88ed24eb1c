//! Items → definitions: what each module, impl and function body holds, and in which file a module's text stands.
//!
//! Owns the walk over items; the tables it fills are [`World`]'s. Knows nothing of expressions.

use super::meta::table_attribute;
use super::paths::{join, normal, parent_directory};
use super::symbols::Sym;
use super::world::{
    Adt, AdtId, AliasId, ConstId, CrateIx, Def, FileIx, FnDef, FnId, Import, Located, MacroId,
    ModId, Module, Owner, Role, World, u32_of,
};
use crate::analyze::rust::tree::{Item, ItemId, ItemKind, UseLeaf};
use crate::analyze::workspace::Tests;

impl<'a> World<'a> {
    /// Items of a module or of a function's body. `directory` is where `mod a;` looks for its file.
    pub(super) fn collect(
        &mut self,
        file: FileIx,
        items: &[ItemId],
        scope: ModId,
        directory: &str,
    ) {
        for id in items {
            let Some(item) = self.item(file, *id) else {
                continue;
            };
            if item.test && self.tests == Tests::Skipped {
                self.leave_out(file, item, directory);
                continue;
            }
            self.collect_item(file, *id, item, scope, directory);
        }
        self.entities(file, items, scope);
    }

    /// The files of `#[cfg(test)] mod tests;` are no crates of their own.
    pub(super) fn leave_out(&mut self, file: FileIx, item: &Item, directory: &str) {
        let (ItemKind::Mod { inline: None, path }, Some(name)) = (&item.kind, item.name) else {
            return;
        };
        let name = self.sym(file, name);
        let stem = match path {
            Some(path) => normal(&join(parent_directory(self.path(file)), path))
                .trim_end_matches(".rs")
                .to_owned(),
            None => join(directory, self.text(name)),
        };
        let below = format!("{stem}/");
        let own = format!("{stem}.rs");
        let left: Vec<FileIx> = self
            .by_path
            .iter()
            .filter(|(path, _)| **path == own || path.starts_with(&below))
            .map(|(_, file)| *file)
            .collect();
        self.taken.extend(left);
    }

    pub(super) fn collect_item(
        &mut self,
        file: FileIx,
        id: ItemId,
        item: &'a Item,
        scope: ModId,
        directory: &str,
    ) {
        let name = item.name.map(|name| self.sym(file, name));
        let located = || Located {
            file,
            item: id,
            scope,
        };
        match (&item.kind, name) {
            (ItemKind::Mod { inline, path }, Some(name)) => self.submodule(
                file,
                id,
                name,
                scope,
                inline.as_deref(),
                path.as_deref(),
                directory,
            ),
            (ItemKind::Use(leaves), _) => self.uses(file, leaves, scope),
            (ItemKind::Fn(function), Some(name)) => {
                let def = self.function(
                    file,
                    id,
                    name,
                    scope,
                    Owner::Free,
                    &function.inner,
                    directory,
                );
                self.add(scope, name, Def::Fn(def));
            }
            (ItemKind::Struct { .. } | ItemKind::Enum { .. }, Some(name)) => {
                let table = table_attribute(&item.attributes)
                    .or_else(|| super::orm::default_table(self.text(name), &item.attributes));
                let adt = self.adt(file, id, name, scope, Role::Plain, table);
                self.add(scope, name, Def::Adt(adt));
            }
            (ItemKind::Alias { .. }, Some(name)) => {
                let alias = AliasId(u32_of(self.aliases.len()));
                self.aliases.push(located());
                self.add(scope, name, Def::Alias(alias));
            }
            (ItemKind::Const { .. }, Some(name)) => {
                let constant = ConstId(u32_of(self.consts.len()));
                self.consts.push(located());
                self.add(scope, name, Def::Const(constant));
            }
            (ItemKind::Trait { items, .. }, Some(name)) => {
                self.interface(file, id, name, scope, items, directory);
            }
            (ItemKind::Impl { items, .. }, _) => {
                self.implementation(file, id, scope, items, directory);
            }
            (ItemKind::MacroRules(_), Some(name)) => {
                let def = MacroId(u32_of(self.macros.len()));
                self.macros.push(located());
                self.add(scope, name, Def::Macro(def));
                self.export(item, name, scope, def);
            }
            (
                ItemKind::Macro {
                    path,
                    items,
                    tables,
                    ..
                },
                _,
            ) => {
                self.collect(file, items, scope, directory);
                self.tables(file, tables, scope);
                let last = path
                    .segments
                    .last()
                    .map(|segment| self.sym(file, segment.name));
                if last.is_some_and(|last| self.text(last) == "schema")
                    && let Some(module) = self.modules.get_mut(scope.index())
                {
                    module.schema = true;
                }
            }
            _ => {}
        }
    }

    /// `#[macro_export]` and textual scope: a macro is also found from the crate's root.
    pub(super) fn export(&mut self, item: &Item, name: Sym, scope: ModId, def: MacroId) {
        let root = self
            .modules
            .get(scope.index())
            .and_then(|module| self.crates.get(module.krate.0 as usize))
            .map(|krate| krate.root);
        let _ = item;
        if let Some(root) = root.filter(|root| *root != scope) {
            self.add(root, name, Def::Macro(def));
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one `mod` item")]
    pub(super) fn submodule(
        &mut self,
        file: FileIx,
        item: ItemId,
        name: Sym,
        scope: ModId,
        inline: Option<&'a [ItemId]>,
        path: Option<&str>,
        directory: &str,
    ) {
        let text = self.text(name).to_owned();
        let Some((krate, parent_path)) = self
            .modules
            .get(scope.index())
            .map(|module| (module.krate, module.path.clone()))
        else {
            return;
        };
        let mut module = Module::new(krate, Some(scope), format!("{parent_path}::{text}"), file);
        module.item = Some((file, item));
        if let Some(items) = inline {
            let id = self.module(module);
            self.add(scope, name, Def::Mod(id));
            self.collect(file, items, id, &join(directory, &text));
            return;
        }
        let candidates = match path {
            Some(path) => vec![
                normal(&join(parent_directory(self.path(file)), path)),
                normal(&join(directory, path)),
            ],
            None => vec![
                format!("{}.rs", join(directory, &text)),
                format!("{}/mod.rs", join(directory, &text)),
            ],
        };
        let Some(found) = candidates
            .iter()
            .find_map(|path| self.by_path.get(path.as_str()).copied())
        else {
            return;
        };
        // A file that names itself through `#[path]` ends here.
        if self.depth(scope) > 200 {
            return;
        }
        module.file = found;
        let id = self.module(module);
        self.add(scope, name, Def::Mod(id));
        self.taken.insert(found);
        let Some(tree) = self.tree(found) else {
            return;
        };
        let own = self.path(found);
        let below = if own.ends_with("/mod.rs") || path.is_some() {
            parent_directory(own).to_owned()
        } else {
            own.trim_end_matches(".rs").to_owned()
        };
        self.collect(found, &tree.top, id, &below);
    }

    pub(super) fn depth(&self, module: ModId) -> usize {
        std::iter::successors(Some(module), |module| {
            self.modules.get(module.index())?.parent
        })
        .take(300)
        .count()
    }

    pub(super) fn uses(&mut self, file: FileIx, leaves: &[UseLeaf], scope: ModId) {
        for leaf in leaves {
            let alias = leaf.alias.map(|alias| self.sym(file, alias));
            let import = Import {
                global: leaf.global,
                path: leaf.path.iter().map(|name| self.sym(file, *name)).collect(),
            };
            let Some(module) = self.modules.get_mut(scope.index()) else {
                continue;
            };
            match alias {
                Some(alias) => module.imports.entry(alias).or_default().push(import),
                None => module.globs.push(import),
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one function item")]
    pub(super) fn function(
        &mut self,
        file: FileIx,
        item: ItemId,
        name: Sym,
        scope: ModId,
        owner: Owner,
        inner: &'a [ItemId],
        directory: &str,
    ) -> FnId {
        let id = FnId(u32_of(self.fns.len()));
        self.fns.push(FnDef {
            file,
            item,
            scope,
            owner,
            name,
        });
        self.scope_of_body(id, inner, directory);
        id
    }

    /// Gives a function the scope of what stands in its body, if anything does.
    pub(super) fn scope_of_body(&mut self, id: FnId, inner: &'a [ItemId], directory: &str) {
        let Some(function) = self.fns.get(id.index()).filter(|_| !inner.is_empty()) else {
            return;
        };
        let (file, around, name) = (function.file, function.scope, function.name);
        let (krate, path) = self
            .modules
            .get(around.index())
            .map_or((CrateIx(0), String::new()), |module| {
                (module.krate, module.path.clone())
            });
        let path = format!("{path}::{}", self.text(name));
        let mut block = Module::new(krate, Some(around), path, file);
        block.block = true;
        let block = self.module(block);
        self.collect(file, inner, block, directory);
        if let Some(function) = self.fns.get_mut(id.index()) {
            function.scope = block;
        }
    }

    pub(super) fn adt(
        &mut self,
        file: FileIx,
        item: ItemId,
        name: Sym,
        scope: ModId,
        role: Role,
        table: Option<String>,
    ) -> AdtId {
        let id = AdtId(u32_of(self.adts.len()));
        let path = format!(
            "{}::{}",
            self.modules
                .get(scope.index())
                .map_or("", |module| module.path.as_str()),
            self.text(name)
        );
        self.adts.push(Adt {
            name,
            path,
            file,
            item,
            scope,
            role,
            table,
        });
        id
    }
}
