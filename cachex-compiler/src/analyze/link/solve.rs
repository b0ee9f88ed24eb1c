//! Which function a method's name means on a type: inherent methods, traits, defaults, `Deref`, trait objects.

use super::symbols::Sym;
use super::types::{Ctx, Subst, TraitRef, TyId, Type, UNKNOWN};
use super::world::{AdtId, Def, FnId, ImplId, Map, Owner, TraitId, World};
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

/// What an impl is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Key {
    Adt(AdtId),
    /// The last segment of an external type.
    External(Sym),
    Trait(TraitId),
    Tuple,
    /// `impl<T> Trait for T`.
    Any,
}

/// Every impl's head, read once.
#[derive(Default)]
pub(super) struct Heads {
    types: Vec<TyId>,
    traits: Vec<Option<TraitRef>>,
    by_type: Map<Key, Vec<ImplId>>,
    /// Methods by name, for receivers of unknown type.
    by_name: Map<Sym, Vec<FnId>>,
}

/// How many steps of `Deref` are gone.
const STEPS: usize = 10;
/// How many implementations a trait object may have before they are no longer told apart.
const MOST: usize = 400;

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

    fn key(&self, ty: TyId) -> Option<Key> {
        match self.type_of(ty) {
            Type::Adt(adt, _) => Some(Key::Adt(*adt)),
            Type::External(path, _) => {
                let text = self.text(*path);
                let last = text.rsplit("::").next().unwrap_or(text);
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

    fn methods_at(&mut self, ty: TyId, name: Sym) -> Vec<Method> {
        match self.type_of(ty).clone() {
            Type::Unknown | Type::Text | Type::Slice(_) | Type::Router(_) | Type::Methods(_) => {
                Vec::new()
            }
            Type::Dyn(bounds) | Type::Opaque(bounds) => {
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

    /// Methods of a type's own impls; inherent ones hide those of traits.
    fn methods_of_impls(&mut self, ty: TyId, name: Sym) -> Vec<Method> {
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
                    vec![declared]
                } else {
                    Vec::new()
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
        self.heads.by_name.get(&name).map_or(&[][..], Vec::as_slice)
    }

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

    fn read_deref(&mut self, ty: TyId) -> Option<TyId> {
        if let Type::Adt(..) = self.type_of(ty) {
            let target = self.symbols.intern("Target");
            let found = self.impls_of(ty).into_iter().find(|(id, _)| {
                self.impl_trait(*id).is_some_and(|of| matches!(of.def, Def::External(path) if self.text(path).rsplit("::").next() == Some("Deref")))
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
    fn orm_assoc(&mut self, base: TyId, name: Sym) -> Option<TyId> {
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

    fn assoc_of_impl(
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
