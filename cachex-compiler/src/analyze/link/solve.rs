//! Which function a method's name means on a type: inherent methods, traits, defaults, `Deref`, trait objects.

use super::symbols::Sym;
use super::types::{Ctx, Subst, TraitRef, TyId, Type, UNKNOWN};
use super::world::{Def, FnId, ImplId, Named, Owner, TraitId, World};
use crate::analyze::facts::Resolution;
use crate::analyze::rust::tree::{GenericParam, Generics, ItemKind, Ty};

/// A function a method's name may mean, and what its parameters stand for.
#[derive(Debug, Clone)]
pub(crate) struct Method {
    pub function: FnId,
    pub subst: Subst,
    pub self_ty: TyId,
    pub how: Resolution,
}

/// How many steps of `Deref` are gone.
pub(super) const STEPS: usize = 10;
/// How many implementations a trait object may have before they are no longer told apart.
const MOST: usize = 400;

impl<'a> World<'a> {
    /// Whether a function is a trait's own, or an implementation's of it.
    pub(crate) fn is_of_trait(&self, function: FnId, of: TraitId) -> bool {
        match self.fns.get(function.index()).map(|found| found.owner) {
            Some(Owner::Trait(id)) => id == of,
            Some(Owner::Impl(id)) => self
                .impl_trait(id)
                .is_some_and(|implemented| implemented.def == Def::Trait(of)),
            _ => false,
        }
    }

    /// The functions a name means on a type. Several where a trait object stands for several types, or where `cfg`
    /// tells them apart.
    pub(crate) fn methods(&mut self, ty: TyId, name: Sym) -> Vec<Method> {
        let mut at = ty;
        for _ in 0..STEPS {
            let found = self.methods_at(at, name);
            if !found.is_empty() {
                return found;
            }
            match self.deref(at) {
                Some(next) if next != at => at = next,
                _ => break,
            }
        }
        Vec::new()
    }

    pub(super) fn methods_at(&mut self, ty: TyId, name: Sym) -> Vec<Method> {
        match self.type_of(ty) {
            Type::Unknown | Type::Text | Type::Slice(_) | Type::Router(_) | Type::Methods(_) => {
                Vec::new()
            }
            Type::Dyn(bounds) | Type::Opaque(bounds) => {
                let bounds = bounds.clone();
                let mut found = self.methods_of_impls(ty, name);
                for bound in &bounds {
                    if let Def::Trait(id) = bound.def {
                        found.extend(self.methods_of_trait(id, name, &mut Vec::new()));
                    }
                }
                found
            }
            _ => self.methods_of_impls(ty, name),
        }
    }

    /// Methods of a type's own impls, each asked for many times.
    fn methods_of_impls(&mut self, ty: TyId, name: Sym) -> Vec<Method> {
        if let Some(found) = self.shapes.methods.get(&(ty, name)) {
            return found.to_vec();
        }
        let found = self.look_in_impls(ty, name);
        // Within a look-up that is bounded an answer may be cut short.
        if self.project_depth == 0 {
            let kept = found.clone().into();
            self.shapes.methods.insert((ty, name), kept);
        }
        found
    }

    /// Inherent methods hide those of traits.
    fn look_in_impls(&mut self, ty: TyId, name: Sym) -> Vec<Method> {
        let impls = self.impls_of(ty);
        let (mut inherent, mut of_traits) = (Vec::new(), Vec::new());
        for (id, subst) in impls {
            let of = self.impl_trait(id).map(|of| of.def);
            let Some(found) = self.impls.get(id.index()) else {
                continue;
            };
            let blanket = matches!(self.type_of(self.impl_type(id)), Type::Param(_));
            if let Some(functions) = found.methods.get(&name) {
                let functions = functions.clone();
                if blanket && !self.blanket_fits(id, ty) {
                    continue;
                }
                let list = if of.is_none() {
                    &mut inherent
                } else {
                    &mut of_traits
                };
                list.extend(functions.into_iter().map(|function| Method {
                    function,
                    subst: subst.clone(),
                    self_ty: ty,
                    how: Resolution::Type,
                }));
            } else if let Some(Def::Trait(of)) = of
                && let Some(default) = self.default_method(of, name, &mut Vec::new())
                && (!blanket || self.blanket_fits(id, ty))
            {
                let mut subst = subst;
                self.trait_args(id, of, &mut subst);
                of_traits.push(Method {
                    function: default,
                    subst,
                    self_ty: ty,
                    how: Resolution::Type,
                });
            }
        }
        let mut found = if inherent.is_empty() {
            of_traits
        } else {
            inherent
        };
        if found.is_empty() {
            found = self.methods_of_variants(ty, name);
        }
        found.dedup_by_key(|method| (method.function, method.self_ty));
        found
    }

    /// A default method that an impl does not give itself.
    fn default_method(&self, of: TraitId, name: Sym, seen: &mut Vec<TraitId>) -> Option<FnId> {
        if seen.contains(&of) {
            return None;
        }
        seen.push(of);
        let function = *self.traits.get(of.index())?.methods.get(&name)?;
        self.has_body(function).then_some(function)
    }

    pub(crate) fn has_body(&self, function: FnId) -> bool {
        let found = self.fns.get(function.index());
        found
            .and_then(|found| self.item(found.file, found.item))
            .is_some_and(
                |item| matches!(&item.kind, ItemKind::Fn(function) if function.body.is_some()),
            )
    }

    /// What a trait's parameters stand for in an impl of it.
    fn trait_args(&mut self, id: ImplId, of: TraitId, subst: &mut Subst) {
        let args = self
            .impl_trait(id)
            .map(|of| of.args.clone())
            .unwrap_or_default();
        let Some((file, item)) = self
            .traits
            .get(of.index())
            .map(|found| (found.file, found.item))
        else {
            return;
        };
        let Some(generics) = self.generics(file, item) else {
            return;
        };
        for (param, arg) in generics.params.iter().zip(args.iter()) {
            let name = self.sym(file, param.name);
            let arg = self.apply(*arg, subst);
            subst.push((name, arg));
        }
    }

    /// Whether a type meets the bounds of `impl<T: Bound> Trait for T`, as far as they name traits of these sources.
    fn blanket_fits(&mut self, id: ImplId, ty: TyId) -> bool {
        let Some((file, scope, item)) = self
            .impls
            .get(id.index())
            .map(|found| (found.file, found.scope, found.item))
        else {
            return false;
        };
        let Some(generics) = self.generics(file, item) else {
            return false;
        };
        let Type::Param(name) = *self.type_of(self.impl_type(id)) else {
            return true;
        };
        let ctx = Ctx::at(scope, file);
        let bounds = self.bounds_of(generics, name, &ctx);
        let mut known = false;
        for bound in bounds {
            if let Def::Trait(of) = bound.def {
                known = true;
                if !self.implements(ty, of) {
                    return false;
                }
            }
        }
        // Without any bound of ours it would fit everything: only what is of ours counts.
        known || matches!(self.type_of(ty), Type::Adt(..))
    }

    pub(crate) fn implements(&mut self, ty: TyId, of: TraitId) -> bool {
        if let Type::Dyn(bounds) | Type::Opaque(bounds) = self.type_of(ty) {
            return bounds.iter().any(|bound| bound.def == Def::Trait(of));
        }
        let Some(impls) = self.traits.get(of.index()).map(|found| found.impls.clone()) else {
            return false;
        };
        impls.into_iter().any(|id| {
            let head = self.impl_type(id);
            !matches!(self.type_of(head), Type::Param(_)) && self.unify(head, ty, &mut Subst::new())
        })
    }

    /// The bounds of a parameter, those of `where` included.
    pub(crate) fn bounds_of(
        &mut self,
        generics: &'a Generics,
        name: Sym,
        ctx: &Ctx,
    ) -> Vec<TraitRef> {
        let Some(file) = ctx.file else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let param: Option<&'a GenericParam> = generics
            .params
            .iter()
            .find(|param| self.sym(file, param.name) == name);
        if let Some(param) = param {
            found.extend(self.lower_bounds(&param.bounds, ctx, 0));
        }
        for (ty, bounds) in &generics.wheres {
            let Ty::Path(path) = ty else { continue };
            if path.qualified.is_none()
                && path.segments.len() == 1
                && path
                    .segments
                    .first()
                    .is_some_and(|segment| self.sym(file, segment.name) == name)
            {
                found.extend(self.lower_bounds(bounds, ctx, 0));
            }
        }
        found
    }

    /// Every implementation of a trait's method, supertraits included.
    pub(crate) fn methods_of_trait(
        &mut self,
        of: TraitId,
        name: Sym,
        seen: &mut Vec<TraitId>,
    ) -> Vec<Method> {
        if seen.contains(&of) || seen.len() > STEPS {
            return Vec::new();
        }
        seen.push(of);
        let Some(found) = self.traits.get(of.index()) else {
            return Vec::new();
        };
        let (file, scope) = (found.file, found.scope);
        let Some(declared) = found.methods.get(&name).copied() else {
            let ctx = Ctx::at(scope, file);
            let supers = self.lower_bounds(self.supers(of), &ctx, 0);
            let mut methods = Vec::new();
            for bound in supers {
                if let Def::Trait(above) = bound.def {
                    methods.extend(self.methods_of_trait(above, name, seen));
                }
            }
            return methods;
        };
        let impls = found.impls.clone();
        let mut methods = Vec::new();
        for id in impls.into_iter().take(MOST) {
            let self_ty = self.impl_type(id);
            let own = self
                .impls
                .get(id.index())
                .and_then(|found| found.methods.get(&name))
                .cloned();
            let functions = own.unwrap_or_else(|| {
                if self.has_body(declared) {
                    Named::from_elem(declared, 1)
                } else {
                    Named::new()
                }
            });
            let mut subst = Subst::new();
            if functions.contains(&declared) {
                self.trait_args(id, of, &mut subst);
            }
            methods.extend(functions.into_iter().map(|function| Method {
                function,
                subst: subst.clone(),
                self_ty,
                how: Resolution::Trait,
            }));
        }
        if methods.is_empty() && self.has_body(declared) {
            methods.push(Method {
                function: declared,
                subst: Subst::new(),
                self_ty: UNKNOWN,
                how: Resolution::Trait,
            });
        }
        methods
    }

    /// Functions with a method's name, whatever their type.
    pub(crate) fn methods_named(&self, name: Sym) -> &[FnId] {
        self.heads
            .by_name
            .get(&name)
            .map_or(&[][..], Named::as_slice)
    }
}
