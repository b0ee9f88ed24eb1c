//! Paths as values, and calls of them.

use super::Body;
use crate::analyze::facts::{Form, Resolution, Via};
use crate::analyze::link::program::{Signature, Spawns, Target};
use crate::analyze::link::solve::Method;
use crate::analyze::link::symbols::Sym;
use crate::analyze::link::types::{Ctx, Subst, TraitRef, TyId, Type, UNKNOWN};
use crate::analyze::link::world::{ConstId, Def, FnId, ModId, TraitId};
use crate::analyze::rust::tree::{ExprId, ExprKind, ItemKind, Path, Range, Segment};

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

    fn turbofish(&mut self, function: FnId, path: &'a Path, subst: &mut Subst) {
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
            return self.whole(&resolved.defs, path);
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

    fn whole(&mut self, defs: &[Def], path: &'a Path) -> Value {
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
    fn on_base(&mut self, base: TyId, path: &'a Path, second: Sym) -> Value {
        match path.segments.get(2) {
            Some(third) => {
                let third = self.sym(third.name);
                let assoc = self.world().project(base, second, 0);
                self.on_type(assoc, third)
            }
            None => self.on_type(base, second),
        }
    }

    fn trait_at(&mut self, scope: ModId, path: &[Segment]) -> Option<TraitId> {
        let names: Vec<Sym> = path.iter().map(|segment| self.sym(segment.name)).collect();
        let resolved = self.world().segments(scope, &names, false);
        resolved.defs.iter().find_map(|def| match def {
            Def::Trait(id) if resolved.taken == names.len() => Some(*id),
            _ => None,
        })
    }

    /// `<Type as Trait>::name`: of that trait alone, whatever others the type has of the name; where the type is not
    /// known, every implementation.
    fn of_trait(&mut self, base: TyId, of: TraitId, name: Sym) -> Vec<Method> {
        let mut methods = self.methods(base, name);
        methods.retain(|method| self.program.world.is_of_trait(method.function, of));
        let open = matches!(
            self.program.world.type_of(base),
            Type::Param(_) | Type::Opaque(_) | Type::Dyn(_) | Type::Unknown
        );
        if methods.is_empty() || open {
            methods = self.world().methods_of_trait(of, name, &mut Vec::new());
        }
        methods
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

    fn on_trait(&mut self, of: crate::analyze::link::world::TraitId, name: Sym) -> Value {
        // `Trait::method(x)`: the first argument says which; until it is seen, all of them.
        let methods = self.world().methods_of_trait(of, name, &mut Vec::new());
        if methods.is_empty() {
            Value::Ty(UNKNOWN)
        } else {
            Value::Functions(methods)
        }
    }

    /// A constant's type; its statements belong to this function.
    fn constant(&mut self, id: ConstId) -> TyId {
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
        let found = value.map_or(UNKNOWN, |value| {
            self.elsewhere(file, ctx, value, Form::SqlConst)
        });
        self.program.open_consts.pop();
        self.narrower(declared, found)
    }

    fn associated_constant(
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
        let found = value.map_or(UNKNOWN, |value| {
            self.elsewhere(file, ctx, value, Form::SqlConst)
        });
        self.program.open_consts.pop();
        self.narrower(declared, found)
    }

    /// Reads an expression of another place as a part of this body.
    pub(super) fn elsewhere(
        &mut self,
        file: crate::analyze::link::world::FileIx,
        ctx: Ctx,
        value: ExprId,
        form: Form,
    ) -> TyId {
        let Some(tree) = self
            .program
            .world
            .files
            .get(file.index())
            .map(|file| file.tree)
        else {
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

    /// `callee(args)`.
    pub(super) fn call(
        &mut self,
        id: ExprId,
        callee: ExprId,
        args: &'a [ExprId],
        expected: TyId,
    ) -> TyId {
        let range = self.range(id);
        let Some(expr) = self.expr(callee) else {
            return UNKNOWN;
        };
        let ExprKind::Path(path) = &expr.kind else {
            let ty = self.eval(callee, UNKNOWN);
            self.arguments(args, &[]);
            return self.called_value(ty, range, args);
        };
        match self.value_of(path) {
            Value::Functions(mut methods) => {
                for method in &mut methods {
                    let mut subst = std::mem::take(&mut method.subst);
                    self.turbofish(method.function, path, &mut subst);
                    method.subst = subst;
                }
                self.call_functions(&methods, None, args, range, expected)
            }
            Value::Maker(ty, variant) => self.make(ty, variant, args),
            Value::Schema(module, path) => self.schema_call(module, path, args, range),
            Value::Foreign(base, name) => {
                self.foreign_call(base, name, path, args, range, expected)
            }
            Value::External(sym) => self.external_call(sym, path, args, range, expected),
            Value::Ty(ty) => {
                self.arguments(args, &[]);
                self.called_value(ty, range, args)
            }
        }
    }

    /// A value that is a function.
    fn called_value(&mut self, ty: TyId, range: Range, args: &'a [ExprId]) -> TyId {
        match self.program.world.type_of(ty).clone() {
            Type::Returns(returns) => returns,
            Type::Func(function, subst) => {
                let method = self.method_of(function, &subst);
                self.edges(&[method], &[], range, args, Via::Call, None)
            }
            Type::Param(param) => {
                let bounds = self
                    .signature
                    .bounds
                    .get(&param)
                    .cloned()
                    .unwrap_or_default();
                self.output_of(&bounds)
            }
            Type::Dyn(bounds) | Type::Opaque(bounds) => self.output_of(&bounds),
            Type::External(_, inner) => match inner
                .first()
                .map(|inner| self.program.world.type_of(*inner).clone())
            {
                Some(Type::Dyn(bounds)) => self.output_of(&bounds),
                _ => UNKNOWN,
            },
            _ => UNKNOWN,
        }
    }

    fn output_of(&mut self, bounds: &[TraitRef]) -> TyId {
        let ty = bounds
            .iter()
            .flat_map(|bound| bound.assoc.iter())
            .next()
            .map_or(UNKNOWN, |(_, ty)| *ty);
        let subst = self.ctx.subst.clone();
        self.world().apply(ty, &subst)
    }

    pub(super) fn method_of(&mut self, function: FnId, subst: &[(Sym, TyId)]) -> Method {
        let self_sym = self.world().symbols.intern("Self");
        let self_ty = subst
            .iter()
            .rev()
            .find(|(name, _)| *name == self_sym)
            .map_or(UNKNOWN, |(_, ty)| *ty);
        let subst = subst
            .iter()
            .filter(|(name, _)| *name != self_sym)
            .copied()
            .collect();
        Method {
            function,
            subst,
            self_ty,
            how: Resolution::Value,
        }
    }

    fn make(&mut self, ty: TyId, variant: Option<u32>, args: &'a [ExprId]) -> TyId {
        let known = self.all_fields(ty, variant);
        let wanted: Vec<TyId> = known.iter().map(|(_, ty)| *ty).collect();
        let found = self.arguments(args, &wanted);
        let generic = self.world().identity_fields(ty, variant);
        let mut subst = Subst::new();
        for ((_, pattern), found) in generic.iter().zip(found) {
            self.program.world.unify(*pattern, found, &mut subst);
        }
        self.world().with_args(ty, &subst)
    }

    /// The types of arguments; a function given as a value is called by whoever gets it.
    pub(super) fn arguments(&mut self, args: &'a [ExprId], wanted: &[TyId]) -> Vec<TyId> {
        let mut types = Vec::with_capacity(args.len());
        for (index, arg) in args.iter().enumerate() {
            let wanted = wanted.get(index).copied().unwrap_or(UNKNOWN);
            let ty = self.argument_ty(*arg, wanted);
            types.push(ty);
        }
        types
    }

    pub(super) fn argument_ty(&mut self, arg: ExprId, wanted: TyId) -> TyId {
        let ty = match self.expr(arg).map(|expr| &expr.kind) {
            Some(ExprKind::Closure { params, body }) => {
                let given = self.closure_params(wanted);
                self.closure(params, *body, &given)
            }
            _ => self.eval(arg, wanted),
        };
        if let Type::Func(function, subst) = self.program.world.type_of(ty).clone() {
            let method = self.method_of(function, &subst);
            let range = self.range(arg);
            self.edges(&[method], &[], range, &[], Via::Call, None);
        }
        ty
    }

    /// What `Fn(A, B)` in a wanted type gives a closure.
    pub(super) fn closure_params(&mut self, wanted: TyId) -> Vec<TyId> {
        let bounds = match self.program.world.type_of(wanted).clone() {
            Type::Param(name) => self
                .signature
                .bounds
                .get(&name)
                .cloned()
                .unwrap_or_default(),
            Type::Opaque(bounds) | Type::Dyn(bounds) => bounds.to_vec(),
            Type::External(_, args) => match args
                .first()
                .map(|inner| self.program.world.type_of(*inner).clone())
            {
                Some(Type::Dyn(bounds)) => bounds.to_vec(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        bounds
            .iter()
            .find_map(|bound| {
                match bound
                    .args
                    .first()
                    .map(|args| self.program.world.type_of(*args))
                {
                    Some(Type::Tuple(params)) => Some(params.to_vec()),
                    _ => None,
                }
            })
            .unwrap_or_default()
    }

    /// Calls of functions of these sources.
    pub(super) fn call_functions(
        &mut self,
        methods: &[Method],
        receiver: Option<TyId>,
        args: &'a [ExprId],
        range: Range,
        expected: TyId,
    ) -> TyId {
        let Some(first) = methods.first() else {
            return UNKNOWN;
        };
        let signature = self.program.signature(first.function);
        let by_path = receiver.is_none()
            && self
                .program
                .fn_item(first.function)
                .is_some_and(|item| item.method);
        let mut subst = first.subst.clone();
        // `Type::method(value, …)`: the first argument is the receiver.
        let (receiver, rest): (Option<TyId>, &'a [ExprId]) =
            match args.split_first().filter(|_| by_path) {
                Some((own, rest)) => (Some(self.argument_ty(*own, UNKNOWN)), rest),
                None => (receiver, args),
            };
        if let (Some(pattern), Some(receiver)) = (signature.self_ty, receiver) {
            self.program.world.unify(pattern, receiver, &mut subst);
        }
        let mut types = vec![UNKNOWN; rest.len()];
        let (closures, plain): (Vec<usize>, Vec<usize>) = (0..rest.len()).partition(|index| {
            rest.get(*index)
                .and_then(|id| self.expr(*id))
                .is_some_and(|expr| matches!(expr.kind, ExprKind::Closure { .. }))
        });
        let spawns = self.program.spawns(first.function);
        for index in plain.into_iter().chain(closures) {
            let Some(arg) = rest.get(index).copied() else {
                continue;
            };
            let pattern = signature.params.get(index).copied().unwrap_or(UNKNOWN);
            let wanted = self.wanted(&signature, pattern, &subst);
            let ty = match spawns {
                Spawns::Nothing => self.argument_ty(arg, wanted),
                Spawns::Once => self.spawned_argument(arg, wanted),
                Spawns::Repeatedly => self.job_argument(arg, range),
            };
            self.unify_argument(&signature, pattern, ty, &mut subst);
            if let Some(slot) = types.get_mut(index) {
                *slot = ty;
            }
        }
        for (key, index) in &signature.texts {
            if let Some(text) = rest.get(*index).and_then(|arg| self.known_text(*arg)) {
                let text = self.world().symbols.intern(&text);
                let ty = self.world().ty(Type::Literal(text));
                subst.push((*key, ty));
            }
        }
        let via = self.take_via();
        self.edges(
            methods,
            &subst,
            range,
            args,
            via,
            receiver.filter(|_| expected == UNKNOWN),
        )
    }

    /// A parameter's type with what is known put in; a type parameter that is a function becomes its bound.
    fn wanted(&mut self, signature: &Signature, pattern: TyId, subst: &Subst) -> TyId {
        if let Type::Param(name) = *self.program.world.type_of(pattern)
            && !subst.iter().any(|(known, _)| *known == name)
            && let Some(bounds) = signature
                .bounds
                .get(&name)
                .filter(|bounds| bounds.iter().any(|bound| !bound.args.is_empty()))
        {
            let bounds = bounds.clone();
            let ty = self.world().ty(Type::Opaque(bounds.into()));
            return self.world().apply(ty, subst);
        }
        let applied = self.world().apply(pattern, subst);
        if matches!(self.program.world.type_of(applied), Type::Param(_)) {
            UNKNOWN
        } else {
            applied
        }
    }

    /// Learns from an argument what parameters stand for, through `F: Fn() -> T` too.
    fn unify_argument(
        &mut self,
        signature: &Signature,
        pattern: TyId,
        ty: TyId,
        subst: &mut Subst,
    ) {
        self.program.world.unify(pattern, ty, subst);
        let Type::Param(name) = *self.program.world.type_of(pattern) else {
            return;
        };
        let returned = match *self.program.world.type_of(ty) {
            Type::Returns(returned) => returned,
            _ => ty,
        };
        for bound in signature.bounds.get(&name).into_iter().flatten() {
            for (_, output) in &bound.assoc {
                let inner = match self.program.world.type_of(*output) {
                    // `F: Fn() -> Fut, Fut: Future<Output = T>`
                    Type::Param(future) => {
                        let future = *future;
                        let outputs = signature
                            .bounds
                            .get(&future)
                            .into_iter()
                            .flatten()
                            .flat_map(|bound| bound.assoc.iter())
                            .map(|(_, ty)| *ty)
                            .next();
                        outputs.unwrap_or(*output)
                    }
                    _ => *output,
                };
                self.program.world.unify(inner, returned, subst);
            }
        }
    }

    /// Writes down a call of each function, and gives the first one's return type.
    pub(super) fn edges(
        &mut self,
        methods: &[Method],
        subst: &[(Sym, TyId)],
        range: Range,
        args: &[ExprId],
        via: Via,
        _receiver: Option<TyId>,
    ) -> TyId {
        let mut returns = UNKNOWN;
        for (index, method) in methods.iter().enumerate() {
            let mut all: Subst = subst.to_vec();
            all.extend(
                method
                    .subst
                    .iter()
                    .filter(|(name, _)| !subst.iter().any(|(known, _)| known == name))
                    .copied()
                    .collect::<Vec<_>>(),
            );
            let signature = self.program.signature(method.function);
            if method.self_ty != UNKNOWN
                && let Some(own) = signature.self_ty
            {
                self.program.world.unify(own, method.self_ty, &mut all);
            }
            if index == 0 {
                returns = self.returned_by(method, &signature, &all);
            }
            if !self.program.world.has_body(method.function) {
                continue;
            }
            let own: Subst = all
                .iter()
                .map(|(name, ty)| {
                    (
                        *name,
                        self.program.world.apply(*ty, &self.ctx.subst.clone()),
                    )
                })
                .collect();
            let draft = self.program.instance(
                method.function,
                &own,
                Some(method.self_ty).filter(|ty| *ty != UNKNOWN),
            );
            self.called(range, Target::Draft(draft), args, via, method.how);
        }
        returns
    }

    fn returned_by(&mut self, method: &Method, signature: &Signature, subst: &Subst) -> TyId {
        if let Some(value) = self.program.bodies.get(&method.function).copied()
            && !matches!(self.program.world.type_of(value), Type::Router(_))
        {
            return value;
        }
        if let Some(node) = self.program.router_of(method.function) {
            return self.world().ty(Type::Router(node));
        }
        let mut subst = subst.clone();
        let self_sym = self.world().symbols.intern("Self");
        if method.self_ty != UNKNOWN {
            subst.push((self_sym, method.self_ty));
        }
        let returns = self.world().apply(signature.returns, &subst);
        // A parameter nobody told stays unknown: outside of the function its name means nothing.
        match *self.program.world.type_of(returns) {
            Type::Param(name) if !self.signature.bounds.contains_key(&name) => UNKNOWN,
            _ => returns,
        }
    }
}
