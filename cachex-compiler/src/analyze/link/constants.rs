//! Constants of types: those of their impls, and those that traits give where an impl doesn't.

use super::symbols::Sym;
use super::types::{Subst, TyId};
use super::world::{Def, FileIx, ImplId, ModId, World};
use crate::analyze::rust::tree::{ExprId, ItemId, ItemKind, Ty};

/// Where a constant of a type stands: file, scope, type and value.
pub(crate) type ConstPlace<'a> = (FileIx, ModId, &'a Ty, Option<ExprId>);

impl<'a> World<'a> {
    /// `Type::NAME`: where the constant stands, its type and its value.
    pub(crate) fn const_of_type(
        &mut self,
        base: TyId,
        name: Sym,
    ) -> Option<(ConstPlace<'a>, Subst)> {
        let mut at = base;
        for _ in 0..4 {
            let mut default = None;
            for (id, subst) in self.impls_of(at) {
                let Some(found) = self.impls.get(id.index()) else {
                    continue;
                };
                let (file, scope, item) = (found.file, found.scope, found.item);
                if let Some((ty, value)) = self.const_among(file, item, name) {
                    return Some(((file, scope, ty, value), subst));
                }
                if default.is_none() {
                    default = self.const_by_default(id, name).map(|place| (place, subst));
                }
            }
            if default.is_some() {
                return default;
            }
            at = self.deref(at)?;
        }
        None
    }

    /// A constant among the items of an impl or a trait.
    fn const_among(
        &self,
        file: FileIx,
        item: ItemId,
        name: Sym,
    ) -> Option<(&'a Ty, Option<ExprId>)> {
        let (ItemKind::Impl { items, .. } | ItemKind::Trait { items, .. }) =
            &self.item(file, item)?.kind
        else {
            return None;
        };
        items.iter().find_map(|id| {
            let item = self.item(file, *id)?;
            match &item.kind {
                ItemKind::Const { ty, value }
                    if item.name.map(|name| self.sym(file, name)) == Some(name) =>
                {
                    Some((ty, *value))
                }
                _ => None,
            }
        })
    }

    /// A constant that an impl has from its trait.
    fn const_by_default(&mut self, id: ImplId, name: Sym) -> Option<ConstPlace<'a>> {
        let Def::Trait(of) = self.impl_trait(id)?.def else {
            return None;
        };
        let found = self.traits.get(of.index())?;
        let (file, scope, item) = (found.file, found.scope, found.item);
        let (ty, value) = self.const_among(file, item, name)?;
        value.is_some().then_some((file, scope, ty, value))
    }
}
