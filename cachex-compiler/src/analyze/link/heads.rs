//! The heads of impls: for which types they are, of which traits. Read once, before bodies are looked at.

use serde::{Deserialize, Serialize};

use super::symbols::{Sym, last_of};
use super::types::{Ctx, Subst, TraitRef, TyId, Type, UNKNOWN};
use super::world::{AdtId, Def, FnId, ImplId, Map, Named, Owner, TraitId, World};
use crate::analyze::rust::tree::Generics;

/// What an impl is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(super) enum Key {
    Adt(AdtId),
    /// The last segment of an external type.
    External(Sym),
    Trait(TraitId),
    Tuple,
    /// `impl<T> Trait for T`.
    Any,
}

/// Every impl's head, read once.
#[derive(Default, Clone, Serialize, Deserialize)]
pub(super) struct Heads {
    pub(super) types: Vec<TyId>,
    pub(super) traits: Vec<Option<TraitRef>>,
    pub(super) by_type: Map<Key, Vec<ImplId>>,
    /// Methods by name, for receivers of unknown type.
    pub(super) by_name: Map<Sym, Named<FnId>>,
}

impl<'a> World<'a> {
    /// Reads the heads of all impls. Once, before bodies are looked at.
    pub(crate) fn read_heads(&mut self) {
        for index in 0..self.impls.len() {
            let id = ImplId(super::world::u32_of(index));
            let ctx = self.impl_ctx(id);
            let Some((of, ty)) = self.impl_head(id) else {
                self.heads.types.push(UNKNOWN);
                self.heads.traits.push(None);
                continue;
            };
            let ty = self.lower(ty, &ctx);
            let ctx = Ctx {
                self_ty: Some(ty),
                ..ctx
            };
            let of = of.as_ref().and_then(|path| self.lower_bound(path, &ctx, 0));
            if let Some(Def::Trait(id_of)) = of.as_ref().map(|of| of.def)
                && let Some(found) = self.traits.get_mut(id_of.index())
            {
                found.impls.push(id);
            }
            self.heads.types.push(ty);
            self.heads.traits.push(of);
            if let Some(key) = self.key(ty) {
                self.heads.by_type.entry(key).or_default().push(id);
            }
        }
        for (index, function) in self.fns.iter().enumerate() {
            if function.owner != Owner::Free {
                self.heads
                    .by_name
                    .entry(function.name)
                    .or_default()
                    .push(FnId(super::world::u32_of(index)));
            }
        }
    }

    pub(super) fn key(&self, ty: TyId) -> Option<Key> {
        match self.type_of(ty) {
            Type::Adt(adt, _) => Some(Key::Adt(*adt)),
            Type::External(path, _) => {
                let text = self.text(*path);
                let last = last_of(text);
                self.symbols.get(last).map(Key::External)
            }
            Type::Param(_) => Some(Key::Any),
            Type::Dyn(bounds) => match bounds.first()?.def {
                Def::Trait(id) => Some(Key::Trait(id)),
                _ => None,
            },
            Type::Tuple(_) => Some(Key::Tuple),
            _ => None,
        }
    }

    /// Where an impl's types are read: its parameters stand for themselves.
    pub(crate) fn impl_ctx(&mut self, id: ImplId) -> Ctx {
        let Some((file, scope, item)) = self
            .impls
            .get(id.index())
            .map(|found| (found.file, found.scope, found.item))
        else {
            return Ctx::default();
        };
        let mut ctx = Ctx::at(scope, file);
        if let Some(generics) = self.generics(file, item) {
            self.params(generics, &mut ctx);
        }
        ctx
    }

    /// Adds parameters as themselves.
    pub(crate) fn params(&mut self, generics: &'a Generics, ctx: &mut Ctx) {
        let Some(file) = ctx.file else { return };
        for param in &generics.params {
            let name = self.sym(file, param.name);
            let ty = self.ty(Type::Param(name));
            ctx.subst.push((name, ty));
        }
    }

    pub(crate) fn impl_type(&self, id: ImplId) -> TyId {
        self.heads.types.get(id.index()).copied().unwrap_or(UNKNOWN)
    }

    pub(crate) fn impl_trait(&self, id: ImplId) -> Option<&TraitRef> {
        self.heads.traits.get(id.index())?.as_ref()
    }

    /// The impls whose type fits, blanket ones last, each with what its parameters stand for.
    pub(crate) fn impls_of(&self, ty: TyId) -> Vec<(ImplId, Subst)> {
        let mut found = Vec::new();
        for key in self.key(ty).into_iter().chain([Key::Any]) {
            for id in self.heads.by_type.get(&key).map_or(&[][..], Vec::as_slice) {
                let mut subst = Subst::new();
                if self.unify(self.impl_type(*id), ty, &mut subst) {
                    found.push((*id, subst));
                }
            }
        }
        found
    }
}
