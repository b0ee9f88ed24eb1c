//! Paths as values, and calls of them.

use super::Body;
use super::value::Value;
use crate::analyze::facts::{Resolution, Via};
use crate::analyze::link::program::Spawns;
use crate::analyze::link::signature::Signature;
use crate::analyze::link::solve::Method;
use crate::analyze::link::symbols::Sym;
use crate::analyze::link::types::{Subst, TraitRef, TyId, Type, UNKNOWN};
use crate::analyze::link::world::{Def, FnId, ModId, TraitId};
use crate::analyze::rust::tree::{ExprId, ExprKind, Range, Segment};

impl<'a> Body<'_, 'a> {
    pub(super) fn trait_at(&mut self, scope: ModId, path: &[Segment]) -> Option<TraitId> {
        let names: Vec<Sym> = path.iter().map(|segment| self.sym(segment.name)).collect();
        let resolved = self.world().segments(scope, &names, false);
        resolved.defs.iter().find_map(|def| match def {
            Def::Trait(id) if resolved.taken == names.len() => Some(*id),
            _ => None,
        })
    }

    /// `<Type as Trait>::name`: of that trait alone, whatever others the type has of the name; where the type is not
    /// known, every implementation.
    pub(super) fn of_trait(&mut self, base: TyId, of: TraitId, name: Sym) -> Vec<Method> {
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
            let held = self.called_held(callee, range, args);
            return held.unwrap_or_else(|| self.called_value(ty, range, args));
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
                let held = self.called_held(callee, range, args);
                held.unwrap_or_else(|| self.called_value(ty, range, args))
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
        self.handed_on(arg, ty);
        self.lent(arg, ty);
        ty
    }

    /// A function given away as a value, as an argument or in a field, is called by whoever has it then.
    pub(super) fn handed_on(&mut self, value: ExprId, ty: TyId) {
        let Type::Func(function, subst) = self.program.world.type_of(ty).clone() else {
            return;
        };
        let method = self.method_of(function, &subst);
        let range = self.range(value);
        // A handler by its attribute is given to a router, whoever takes it.
        let via = if self.answers_by_attribute(function) {
            Via::Register
        } else {
            Via::Call
        };
        self.edges(&[method], &[], range, &[], via, None);
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
        // Before the arguments: what they call runs before the task does.
        let via = self.take_via();
        let Some(first) = methods.first() else {
            return UNKNOWN;
        };
        self.made_by(range, methods);
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
            for (assoc, output) in &bound.assoc {
                // `A: ActiveModelTrait<Entity = E>`
                let known = self.program.world.project(ty, *assoc, 0);
                if known != UNKNOWN {
                    self.program.world.unify(*output, known, subst);
                    continue;
                }
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
                // `Pin<Box<dyn Future<Output = T>>>` and `Box::pin(async { … })`
                let value = self.awaited(inner);
                if value != inner {
                    let given = self.world().unwrapped(returned);
                    self.program.world.unify(value, given, subst);
                }
            }
        }
    }
}
