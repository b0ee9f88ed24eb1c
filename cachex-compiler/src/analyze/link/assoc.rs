//! What a type has beside methods: its target when dereferenced, associated types, SeaORM's sibling types.

use super::solve::STEPS;
use super::symbols::{Sym, last_of};
use super::types::{Subst, TyId, Type, UNKNOWN};
use super::world::{AdtId, Def, ImplId, World};
use crate::analyze::rust::tree::ItemKind;

impl World<'_> {
    /// What a value dereferences to, where its own methods end.
    pub(crate) fn deref(&mut self, ty: TyId) -> Option<TyId> {
        // Within an associated type the answer may be cut short by its depth.
        if self.project_depth > 0 {
            return self.read_deref(ty);
        }
        if let Some(found) = self.shapes.derefs.get(&ty) {
            return *found;
        }
        let found = self.read_deref(ty);
        self.shapes.derefs.insert(ty, found);
        found
    }

    pub(super) fn read_deref(&mut self, ty: TyId) -> Option<TyId> {
        if let Type::Adt(..) = self.type_of(ty) {
            let target = self.symbols.intern("Target");
            let found = self.impls_of(ty).into_iter().find(|(id, _)| {
                self.impl_trait(*id).is_some_and(|of| matches!(of.def, Def::External(path) if last_of(self.text(path)) == "Deref"))
            });
            let (id, subst) = found?;
            return self.assoc_of_impl(id, target, &subst, 0);
        }
        let (name, args) = self.external_name(ty)?;
        // Containers hold values without being one.
        if matches!(
            name,
            "Option"
                | "Result"
                | "Vec"
                | "HashMap"
                | "BTreeMap"
                | "HashSet"
                | "BTreeSet"
                | "VecDeque"
                | "Fn"
                | "Future"
                | "PhantomData"
        ) {
            return None;
        }
        args.first().copied().filter(|inner| *inner != UNKNOWN)
    }

    /// `<T as Trait>::Name`.
    pub(crate) fn project(&mut self, base: TyId, name: Sym, depth: usize) -> TyId {
        if depth > STEPS {
            return UNKNOWN;
        }
        if let Type::Dyn(bounds) | Type::Opaque(bounds) = self.type_of(base) {
            return bounds
                .iter()
                .flat_map(|bound| bound.assoc.iter())
                .find(|(known, _)| *known == name)
                .map_or(UNKNOWN, |(_, ty)| *ty);
        }
        for (id, subst) in self.impls_of(base) {
            if let Some(found) = self.assoc_of_impl(id, name, &subst, depth) {
                return found;
            }
        }
        self.orm_assoc(base, name).unwrap_or(UNKNOWN)
    }

    /// SeaORM's derives give `Entity::Model` and its kin.
    pub(super) fn orm_assoc(&mut self, base: TyId, name: Sym) -> Option<TyId> {
        use super::world::Role;
        let role = match self.text(name) {
            "Model" => Role::Model,
            "ActiveModel" => Role::ActiveModel,
            "Entity" => Role::Entity,
            "Column" => Role::Column,
            _ => return None,
        };
        self.sibling(base, role)
    }

    /// The type with another role beside one of SeaORM's.
    pub(crate) fn sibling(&mut self, ty: TyId, role: super::world::Role) -> Option<TyId> {
        let Type::Adt(adt, _) = *self.type_of(ty) else {
            return None;
        };
        let found = self.adts.get(adt.index())?;
        if found.role == super::world::Role::Plain {
            return None;
        }
        let scope = found.scope;
        let defs: Vec<AdtId> = self
            .modules
            .get(scope.index())?
            .names
            .values()
            .flatten()
            .filter_map(|def| {
                if let Def::Adt(adt) = def {
                    Some(*adt)
                } else {
                    None
                }
            })
            .collect();
        let other = defs
            .into_iter()
            .filter(|adt| {
                self.adts
                    .get(adt.index())
                    .is_some_and(|adt| adt.role == role)
            })
            .min()?;
        Some(self.ty(Type::Adt(other, Box::default())))
    }

    pub(super) fn assoc_of_impl(
        &mut self,
        id: ImplId,
        name: Sym,
        subst: &Subst,
        depth: usize,
    ) -> Option<TyId> {
        let found = self.impls.get(id.index())?;
        let (file, item) = (found.file, found.item);
        let ItemKind::Impl { items, .. } = &self.item(file, item)?.kind else {
            return None;
        };
        let ty = items.iter().find_map(|id| {
            let item = self.item(file, *id)?;
            match &item.kind {
                ItemKind::Alias { ty: Some(ty), .. }
                    if item.name.map(|name| self.sym(file, name)) == Some(name) =>
                {
                    Some(ty)
                }
                _ => None,
            }
        })?;
        let mut ctx = self.impl_ctx(id);
        ctx.self_ty = Some(self.impl_type(id));
        // `type A = Self::B` of the same impl may go in a circle.
        if depth > STEPS {
            return None;
        }
        self.project_depth += 1;
        let lowered = if self.project_depth > STEPS {
            UNKNOWN
        } else {
            self.lower(ty, &ctx)
        };
        self.project_depth -= 1;
        Some(self.apply(lowered, subst))
    }
}
