//! Definitions of before some functions were edited → those of now: items have other numbers, functions came and went.
//!
//! Keeps true: what is found by name and by type is what a world made anew would find; `None` where that isn't sure.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;

use super::symbols::plain;
use super::world::{Def, FileIx, FnId, ImplId, ModId, Owner, World, u32_of};
use crate::analyze::FileFacts;
use crate::analyze::rust::tree::{Item, ItemId, ItemKind};

/// What became of a file's functions. Nothing else of it says something else.
#[derive(Debug, Default)]
pub(super) struct Changed {
    /// Another body: as it was, as it is.
    pub(super) edited: Vec<(ItemId, ItemId)>,
    pub(super) gone: Vec<ItemId>,
    pub(super) come: Vec<ItemId>,
}

/// An item that no file has.
const NONE: ItemId = ItemId(u32::MAX);

impl World<'_> {
    /// Brings the definitions of a file, and the order of all functions, to what the file says now.
    pub(super) fn patch(
        &mut self,
        file: FileIx,
        before: &FileFacts,
        changed: &Changed,
        functions: &mut Vec<FnId>,
    ) -> Option<()> {
        let of_file = self.files.get_mut(file.index())?;
        let now = of_file.facts();
        of_file.syms = self.symbols.intern_names(&now.tree.names).into();
        let moved = moved(before, now, changed)?;
        let gone: BTreeSet<ItemId> = changed.gone.iter().copied().collect();
        for index in 0..self.fns.len() {
            let id = FnId(u32_of(index));
            let found = self.fns.get(index)?;
            if found.file == file && gone.contains(&found.item) {
                self.unlink(id)?;
            }
        }
        self.move_items(file, &moved)?;
        for (_, item) in &changed.edited {
            for id in self.functions_at(file, *item) {
                self.read_scope_again(id)?;
            }
        }
        for item in &changed.come {
            self.come(file, *item)?;
        }
        self.sort_functions(file, functions);
        Some(())
    }

    fn move_items(&mut self, file: FileIx, moved: &BTreeMap<ItemId, ItemId>) -> Option<()> {
        let located = [&mut self.aliases, &mut self.consts, &mut self.macros];
        let located = located.into_iter().flatten();
        let all = (self.fns.iter_mut().map(|it| (it.file, &mut it.item)))
            .chain(self.adts.iter_mut().map(|it| (it.file, &mut it.item)))
            .chain(self.traits.iter_mut().map(|it| (it.file, &mut it.item)))
            .chain(self.impls.iter_mut().map(|it| (it.file, &mut it.item)))
            .chain(located.map(|it| (it.file, &mut it.item)))
            .chain(self.modules.iter_mut().filter_map(|it| {
                let (file, item) = it.item.as_mut()?;
                Some((*file, item))
            }));
        for (_, item) in all.filter(|(of, item)| *of == file && **item != NONE) {
            *item = *moved.get(item)?;
        }
        Some(())
    }

    /// A function that is gone: nobody finds it.
    fn unlink(&mut self, id: FnId) -> Option<()> {
        let found = self.fns.get_mut(id.index())?;
        found.item = NONE;
        let (name, scope, owner) = (found.name, found.scope, found.owner);
        match owner {
            Owner::Free => {
                let module = self.around(scope);
                let names = &mut self.modules.get_mut(module.index())?.names;
                names.get_mut(&name)?.retain(|def| *def != Def::Fn(id));
                names.retain(|_, defs| !defs.is_empty());
            }
            Owner::Impl(of) => {
                let methods = &mut self.impls.get_mut(of.index())?.methods;
                methods.get_mut(&name)?.retain(|method| *method != id);
                methods.retain(|_, found| !found.is_empty());
            }
            // A function of this name may have another one's place there.
            Owner::Trait(_) => return None,
        }
        if owner != Owner::Free {
            let by_name = &mut self.heads.by_name;
            by_name.get_mut(&name)?.retain(|method| *method != id);
            by_name.retain(|_, found| !found.is_empty());
        }
        Some(())
    }

    /// The module or the impl's scope that a function's body stands in.
    fn around(&self, scope: ModId) -> ModId {
        let module = self.modules.get(scope.index());
        let block = module.filter(|module| module.block);
        block.and_then(|block| block.parent).unwrap_or(scope)
    }

    fn functions_at(&self, file: FileIx, item: ItemId) -> Vec<FnId> {
        let all = (0..).map(FnId).zip(&self.fns);
        all.filter(|(_, found)| found.file == file && found.item == item)
            .map(|(id, _)| id)
            .collect()
    }

    /// What a body imports.
    fn read_scope_again(&mut self, id: FnId) -> Option<()> {
        let found = self.fns.get(id.index())?;
        let (file, item, scope) = (found.file, found.item, self.around(found.scope));
        let ItemKind::Fn(function) = &self.item(file, item)?.kind else {
            return None;
        };
        self.fns.get_mut(id.index())?.scope = scope;
        self.scope_of_body(id, &function.inner, "");
        Some(())
    }

    /// A function that came, everywhere its file is a part of.
    fn come(&mut self, file: FileIx, id: ItemId) -> Option<()> {
        let tree = self.tree(file)?;
        let item = tree.items.get(id.0 as usize)?;
        let (ItemKind::Fn(function), Some(name)) = (&item.kind, item.name) else {
            return None;
        };
        let name = self.sym(file, name);
        for (scope, owner) in self.places_of(file, id)? {
            let function = self.function(file, id, name, scope, owner, &function.inner, "");
            match owner {
                Owner::Impl(of) => {
                    let methods = &mut self.impls.get_mut(of.index())?.methods;
                    methods.entry(name).or_default().push(function);
                    self.heads.by_name.entry(name).or_default().push(function);
                }
                _ => self.add(scope, name, Def::Fn(function)),
            }
        }
        Some(())
    }

    /// The modules, or the impls, that an item stands in; none where its surroundings are left out (`#[cfg(test)]`).
    fn places_of(&self, file: FileIx, id: ItemId) -> Option<Vec<(ModId, Owner)>> {
        let tree = self.tree(file)?;
        let modules = || (0..).map(ModId).zip(&self.modules);
        let of = |wanted: Option<ItemId>| -> Vec<(ModId, Owner)> {
            // Others' declarations need not be read.
            modules()
                .filter(|(_, module)| module.file == file)
                .filter(|(id, _)| self.text_of(*id) == Some((file, wanted)))
                .map(|(id, _)| (id, Owner::Free))
                .collect()
        };
        if tree.top.contains(&id) {
            return Some(of(None));
        }
        let mut all = (0..).map(ItemId).zip(&tree.items);
        let (at, around) = all.find(|(_, item)| holds(item, id))?;
        match &around.kind {
            ItemKind::Mod { .. } => Some(of(Some(at))),
            ItemKind::Impl { .. } => {
                let impls = (0..).map(ImplId).zip(&self.impls);
                let impls = impls.filter(|(_, of)| of.file == file && of.item == at);
                Some(impls.map(|(id, of)| (of.scope, Owner::Impl(id))).collect())
            }
            _ => None,
        }
    }

    /// Where a module's text stands: all of a file, or what `mod a { … }` holds.
    fn text_of(&self, id: ModId) -> Option<(FileIx, Option<ItemId>)> {
        let module = self.modules.get(id.index())?;
        match module.item {
            None => (module.parent.is_none()).then_some((module.file, None)),
            Some((file, item)) => match &self.item(file, item)?.kind {
                ItemKind::Mod { inline: None, .. } => Some((module.file, None)),
                _ => Some((file, Some(item))),
            },
        }
    }

    /// Only a file's own functions have changed their places among all.
    fn sort_functions(&self, file: FileIx, functions: &mut Vec<FnId>) {
        let of = |id: &FnId| self.fns.get(id.index()).map(|found| found.file);
        let first = functions.partition_point(|id| of(id) < Some(file));
        let behind = functions.partition_point(|id| of(id) <= Some(file));
        let own = (0..).map(FnId).zip(&self.fns);
        let own = own.filter(|(id, found)| found.file == file && self.has_body(*id));
        let mut own: Vec<_> = own
            .filter_map(|(id, found)| Some((self.item(file, found.item)?.name_at, id)))
            .collect();
        own.sort();
        functions.splice(first..behind, own.into_iter().map(|(_, id)| id));
    }
}

fn holds(item: &Item, id: ItemId) -> bool {
    match &item.kind {
        ItemKind::Mod {
            inline: Some(items),
            ..
        }
        | ItemKind::Impl { items, .. }
        | ItemKind::Trait { items, .. }
        | ItemKind::Macro { items, .. } => items.contains(&id),
        ItemKind::Fn(function) => function.inner.contains(&id),
        _ => false,
    }
}

/// The numbers that items have now.
fn moved(
    before: &FileFacts,
    now: &FileFacts,
    changed: &Changed,
) -> Option<BTreeMap<ItemId, ItemId>> {
    let edited = || changed.edited.iter();
    let old = left(
        before,
        changed.gone.iter().copied(),
        edited().map(|(old, _)| *old),
    );
    let new = left(
        now,
        changed.come.iter().copied(),
        edited().map(|(_, new)| *new),
    );
    let (old, new): (Vec<_>, Vec<_>) = (old.collect(), new.collect());
    let name =
        |file: &FileFacts, item: &Item| Some(plain(file.tree.names.get(item.name?.0)?).to_owned());
    let alike = old.iter().zip(&new).all(|((_, old), (_, new))| {
        discriminant(&old.kind) == discriminant(&new.kind) && name(before, old) == name(now, new)
    });
    let moved: BTreeMap<ItemId, ItemId> = old
        .iter()
        .zip(&new)
        .map(|((old, _), (new, _))| (*old, *new))
        .collect();
    let as_edited = edited().all(|(old, new)| moved.get(old) == Some(new));
    (alike && as_edited && old.len() == new.len()).then_some(moved)
}

/// The items but for some, and for what stands in bodies that were edited.
fn left(
    file: &FileFacts,
    but: impl Iterator<Item = ItemId> + Clone,
    edited: impl Iterator<Item = ItemId>,
) -> impl Iterator<Item = (ItemId, &Item)> {
    let item = |id: ItemId| file.tree.items.get(id.0 as usize);
    let inner = but.clone().chain(edited).filter_map(item);
    let inner = inner.flat_map(|item| match &item.kind {
        ItemKind::Fn(function) => function.inner.as_slice(),
        _ => &[],
    });
    let out: BTreeSet<ItemId> = inner.copied().chain(but).collect();
    let all = (0..).map(ItemId).zip(&file.tree.items);
    all.filter(move |(id, _)| !out.contains(id))
}
