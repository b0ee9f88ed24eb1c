//! What traits and impls hold.

use super::symbols::Sym;
use super::world::{
    Def, FileIx, FnId, ImplDef, ImplId, Map, ModId, Owner, TraitDef, TraitId, World, u32_of,
};
use crate::analyze::rust::tree::{ItemId, ItemKind};
use crate::analyze::workspace::Tests;

impl<'a> World<'a> {
    pub(super) fn interface(
        &mut self,
        file: FileIx,
        item: ItemId,
        name: Sym,
        scope: ModId,
        items: &'a [ItemId],
        directory: &str,
    ) {
        let id = TraitId(u32_of(self.traits.len()));
        let path = format!(
            "{}::{}",
            self.modules
                .get(scope.index())
                .map_or("", |module| module.path.as_str()),
            self.text(name)
        );
        self.traits.push(TraitDef {
            path,
            file,
            item,
            scope,
            methods: Map::default(),
            impls: Vec::new(),
        });
        self.add(scope, name, Def::Trait(id));
        for (name, function) in self.own_methods(file, scope, Owner::Trait(id), items, directory) {
            if let Some(found) = self.traits.get_mut(id.index()) {
                found.methods.insert(name, function);
            }
        }
    }

    pub(super) fn implementation(
        &mut self,
        file: FileIx,
        item: ItemId,
        scope: ModId,
        items: &'a [ItemId],
        directory: &str,
    ) {
        let id = ImplId(u32_of(self.impls.len()));
        self.impls.push(ImplDef {
            file,
            item,
            scope,
            methods: Map::default(),
        });
        for (name, function) in self.own_methods(file, scope, Owner::Impl(id), items, directory) {
            if let Some(found) = self.impls.get_mut(id.index()) {
                found.methods.entry(name).or_default().push(function);
            }
        }
    }

    pub(super) fn own_methods(
        &mut self,
        file: FileIx,
        scope: ModId,
        owner: Owner,
        items: &'a [ItemId],
        directory: &str,
    ) -> Vec<(Sym, FnId)> {
        let mut found = Vec::new();
        for id in items {
            let Some(item) = self.item(file, *id) else {
                continue;
            };
            if item.test && self.tests == Tests::Skipped {
                continue;
            }
            if let ItemKind::Macro { items, .. } = &item.kind {
                found.extend(self.own_methods(file, scope, owner, items, directory));
            }
            let (ItemKind::Fn(function), Some(name)) = (&item.kind, item.name) else {
                continue;
            };
            let name = self.sym(file, name);
            found.push((
                name,
                self.function(file, *id, name, scope, owner, &function.inner, directory),
            ));
        }
        found
    }
}
