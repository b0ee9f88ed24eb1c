//! Paths as values: locals, functions, constants, types, and what lies outside of these sources.

use super::Body;
use crate::analyze::facts::{Form, Resolution};
use crate::analyze::link::solve::Method;
use crate::analyze::link::symbols::Sym;
use crate::analyze::link::types::{Ctx, Subst, TyId, Type, UNKNOWN};
use crate::analyze::link::world::{ConstId, Def, FnId, ModId};
use crate::analyze::rust::tree::{ExprId, ItemKind, Path};

/// What a path in an expression is.
pub(super) enum Value {
    Ty(TyId),
    /// One function, or those a trait's method may mean.
    Functions(Vec<Method>),
    /// A tuple struct or variant: its type and whether it has fields.
    Maker(TyId, Option<u32>),
    External(Sym),
    Schema(Sym, Sym),
    /// A method of a type outside, by the type and the name.
    Foreign(TyId, Sym),
}

impl<'a> Body<'_, 'a> {
    /// A path that is not called.
    pub(super) fn path_value(&mut self, path: &'a Path, _expected: TyId) -> TyId {
        match self.value_of(path) {
            Value::Ty(ty) | Value::Maker(ty, _) => ty,
            Value::Functions(methods) => {
                let Some(method) = methods.into_iter().next() else {
                    return UNKNOWN;
                };
                let mut subst = method.subst;
                self.turbofish(method.function, path, &mut subst);
                let self_sym = self.world().symbols.intern("Self");
                if method.self_ty != UNKNOWN {
                    subst.push((self_sym, method.self_ty));
                }
                self.world().ty(Type::Func(method.function, subst.into()))
            }
            Value::External(_) | Value::Schema(..) | Value::Foreign(..) => UNKNOWN,
        }
    }

    pub(super) fn turbofish(&mut self, function: FnId, path: &'a Path, subst: &mut Subst) {
        let Some(last) = path.segments.last().filter(|last| !last.args.is_empty()) else {
            return;
        };
        let ctx = self.ctx.clone();
        let signature = self.program.signature(function);
        for (name, ty) in signature.own.iter().zip(&last.args) {
            let ty = self.world().lower(ty, &ctx);
            subst.push((*name, ty));
        }
    }

    pub(super) fn value_of(&mut self, path: &'a Path) -> Value {
        let ctx = self.ctx.clone();
        let (Some(scope), file) = (ctx.scope, self.file) else {
            return Value::Ty(UNKNOWN);
        };
        if let Some(qualified) = &path.qualified {
            let base = self.world().lower(&qualified.0, &ctx);
            let Some(name) = path.segments.last().map(|segment| self.sym(segment.name)) else {
                return Value::Ty(base);
            };
            let of = path.segments.get(..qualified.1 as usize);
            let of = of.and_then(|of| self.trait_at(scope, of));
            let methods = of.map_or_else(Vec::new, |of| self.of_trait(base, of, name));
            return if methods.is_empty() {
                self.on_type(base, name)
            } else {
                Value::Functions(methods)
            };
        }
        let Some(first) = path.segments.first() else {
            return Value::Ty(UNKNOWN);
        };
        let first_sym = self.sym(first.name);
        if path.segments.len() == 1 {
            if let Some(ty) = self.local(first_sym) {
                return Value::Ty(ty);
            }
            if self.is(first_sym, "Self") {
                return Value::Maker(ctx.self_ty.unwrap_or(UNKNOWN), None);
            }
        } else {
            let base = if self.is(first_sym, "Self") {
                ctx.self_ty
            } else {
                ctx.get(first_sym)
            };
            if let (Some(base), Some(second)) = (base, path.segments.get(1)) {
                return self.on_base(base, path, self.sym(second.name));
            }
        }
        let resolved = self.world().resolve(scope, file, path);
        let rest = path.segments.get(resolved.taken..).unwrap_or_default();
        if rest.is_empty() && resolved.taken > 0 {
            return self.whole_or_glob(&resolved.defs, path, scope);
        }
        let Some(next) = rest.first().map(|segment| self.sym(segment.name)) else {
            return Value::Ty(UNKNOWN);
        };
        for def in &resolved.defs {
            match def {
                Def::Adt(_) | Def::Alias(_) | Def::Table(_) => {
                    let base = self.world().lower_prefix(path, resolved.taken, &ctx);
                    return self.on_type(base, next);
                }
                Def::Trait(of) => return self.on_trait(*of, next),
                Def::Mod(module)
                    if self
                        .program
                        .world
                        .modules
                        .get(module.index())
                        .is_some_and(|module| module.schema) =>
                {
                    let below: Vec<Sym> =
                        rest.iter().map(|segment| self.sym(segment.name)).collect();
                    let below = self.world().external(&below);
                    let name = self
                        .program
                        .world
                        .modules
                        .get(module.index())
                        .map_or(String::new(), |module| module.path.clone());
                    let name = self.world().symbols.intern(&name);
                    return Value::Schema(name, below);
                }
                _ => {}
            }
        }
        let sym = self.world().path_sym(path, file);
        if path.segments.len() > 1 {
            // `Vec::<T>::new`, `sqlx::query`: by its type where the first part looks like one.
            let owner = path.segments.len() - 2;
            let is_type = path.segments.get(owner).is_some_and(|segment| {
                self.program
                    .world
                    .text(self.sym(segment.name))
                    .starts_with(char::is_uppercase)
            });
            if is_type {
                let base = self
                    .world()
                    .lower_prefix(path, path.segments.len() - 1, &ctx);
                let name = path
                    .segments
                    .last()
                    .map_or(first_sym, |segment| self.sym(segment.name));
                return self.on_type(base, name);
            }
        }
        Value::External(sym)
    }

    /// What a name is; where it is a module's alone, what a glob brings in as a value of that name.
    fn whole_or_glob(&mut self, defs: &[Def], path: &'a Path, scope: ModId) -> Value {
        let module = defs.iter().all(|def| matches!(def, Def::Mod(_)));
        match path.segments.as_slice() {
            [only] if module => {
                let name = self.sym(only.name);
                let values = self.world().values_by_glob(scope, name);
                self.whole(&values, path)
            }
            _ => self.whole(defs, path),
        }
    }

    pub(super) fn whole(&mut self, defs: &[Def], path: &'a Path) -> Value {
        let ctx = self.ctx.clone();
        let functions: Vec<Method> = defs
            .iter()
            .filter_map(|def| match def {
                Def::Fn(function) => Some(Method {
                    function: *function,
                    subst: Subst::new(),
                    self_ty: UNKNOWN,
                    how: Resolution::Path,
                }),
                _ => None,
            })
            .collect();
        if !functions.is_empty() {
            return Value::Functions(functions);
        }
        for def in defs {
            match def {
                Def::Const(id) => return Value::Ty(self.constant(*id)),
                Def::Adt(_) | Def::Alias(_) => {
                    return Value::Maker(self.world().lower_path_value(path, &ctx), None);
                }
                Def::Variant(adt, index) => {
                    let ty = self.world().ty(Type::Adt(*adt, Box::default()));
                    return Value::Maker(ty, Some(*index));
                }
                Def::Table(table) => return Value::Ty(self.world().ty(Type::Table(*table))),
                Def::Column(table, column) => return Value::Ty(self.column_ty(*table, *column)),
                Def::External(sym) => {
                    // `Vec::new` by import of `Vec` is read like a path written out.
                    let text = self.program.world.text(*sym).to_owned();
                    let mut parts = text.rsplit("::");
                    let (last, owner) = (
                        parts.next().unwrap_or_default(),
                        parts.next().unwrap_or_default(),
                    );
                    if owner.starts_with(char::is_uppercase) && path.segments.len() > 1 {
                        let base = self
                            .world()
                            .lower_prefix(path, path.segments.len() - 1, &ctx);
                        let name = self.world().symbols.intern(last);
                        return self.on_type(base, name);
                    }
                    return Value::External(*sym);
                }
                _ => {}
            }
        }
        Value::Ty(UNKNOWN)
    }

    /// `Self::name`, `T::name`, `Self::Assoc::name`.
    pub(super) fn on_base(&mut self, base: TyId, path: &'a Path, second: Sym) -> Value {
        match path.segments.get(2) {
            Some(third) => {
                let third = self.sym(third.name);
                let assoc = self.world().project(base, second, 0);
                self.on_type(assoc, third)
            }
            None => self.on_type(base, second),
        }
    }

    /// `Type::name`: a function, a constant, a variant.
    pub(super) fn on_type(&mut self, base: TyId, name: Sym) -> Value {
        if let Type::Adt(adt, _) = *self.program.world.type_of(base)
            && let Some(index) = self.world().variant_index(adt, name)
        {
            return Value::Maker(base, Some(index));
        }
        let methods = self.methods(base, name);
        if !methods.is_empty() {
            return Value::Functions(methods);
        }
        if let Some((constant, subst)) = self.world().const_of_type(base, name) {
            return Value::Ty(self.associated_constant(constant, &subst));
        }
        Value::Foreign(base, name)
    }

    /// Methods by a receiver's type; a type parameter's by its bounds.
    pub(super) fn methods(&mut self, base: TyId, name: Sym) -> Vec<Method> {
        let found = self.world().methods(base, name);
        if !found.is_empty() {
            return found;
        }
        let Type::Param(param) = *self.program.world.type_of(base) else {
            return Vec::new();
        };
        let bounds = self
            .signature
            .bounds
            .get(&param)
            .cloned()
            .unwrap_or_default();
        let mut found = Vec::new();
        for bound in bounds {
            if let Def::Trait(of) = bound.def {
                found.extend(self.world().methods_of_trait(of, name, &mut Vec::new()));
            }
        }
        found
    }

    pub(super) fn on_trait(
        &mut self,
        of: crate::analyze::link::world::TraitId,
        name: Sym,
    ) -> Value {
        // `Trait::method(x)`: the first argument says which; until it is seen, all of them.
        let methods = self.world().methods_of_trait(of, name, &mut Vec::new());
        if methods.is_empty() {
            Value::Ty(UNKNOWN)
        } else {
            Value::Functions(methods)
        }
    }

    /// A constant's type; its statements belong to this function.
    pub(super) fn constant(&mut self, id: ConstId) -> TyId {
        let Some((file, item, scope)) = self
            .program
            .world
            .consts
            .get(id.index())
            .map(|found| (found.file, found.item, found.scope))
        else {
            return UNKNOWN;
        };
        let Some(item) = self.world().item(file, item) else {
            return UNKNOWN;
        };
        let ItemKind::Const { ty, value } = &item.kind else {
            return UNKNOWN;
        };
        if self.program.open_consts.contains(&id) || self.program.open_consts.len() > 16 {
            return UNKNOWN;
        }
        self.program.open_consts.push(id);
        let ctx = Ctx::at(scope, file);
        let declared = self.world().lower(ty, &ctx);
        let found = value.map_or(UNKNOWN, |value| self.constant_value(file, ctx, value));
        self.program.open_consts.pop();
        self.narrower(declared, found)
    }

    pub(super) fn associated_constant(
        &mut self,
        place: (
            crate::analyze::link::world::FileIx,
            crate::analyze::link::world::ModId,
            &'a crate::analyze::rust::tree::Ty,
            Option<ExprId>,
        ),
        subst: &Subst,
    ) -> TyId {
        let (file, scope, ty, value) = place;
        if self.program.open_consts.len() > 16 {
            return UNKNOWN;
        }
        self.program.open_consts.push(ConstId(u32::MAX));
        let mut ctx = Ctx::at(scope, file);
        ctx.subst.clone_from(subst);
        let declared = self.world().lower(ty, &ctx);
        let found = value.map_or(UNKNOWN, |value| self.constant_value(file, ctx, value));
        self.program.open_consts.pop();
        self.narrower(declared, found)
    }

    /// What a constant is made of; functions it holds are called by whoever reads it.
    fn constant_value(
        &mut self,
        file: crate::analyze::link::world::FileIx,
        ctx: Ctx,
        value: ExprId,
    ) -> TyId {
        self.held.depth += 1;
        let found = self.elsewhere(file, ctx, value, Form::SqlConst);
        self.held.depth -= 1;
        found
    }

    /// Reads an expression of another place as a part of this body.
    pub(super) fn elsewhere(
        &mut self,
        file: crate::analyze::link::world::FileIx,
        ctx: Ctx,
        value: ExprId,
        form: Form,
    ) -> TyId {
        let Some(tree) = self.program.world.tree(file) else {
            return UNKNOWN;
        };
        let before = (
            self.file,
            self.tree,
            std::mem::replace(&mut self.ctx, ctx),
            std::mem::take(&mut self.locals),
            std::mem::replace(&mut self.form, form),
        );
        (self.file, self.tree) = (file, tree);
        let ty = self.eval(value, UNKNOWN);
        (self.file, self.tree, self.ctx, self.locals, self.form) = before;
        ty
    }
}
