//! Calls of methods.

use super::Body;
use super::words::{BORING, COMMON_METHODS};
use crate::analyze::facts::{Resolution, Via};
use crate::analyze::link::program::Target;
use crate::analyze::link::solve::Method;
use crate::analyze::link::symbols::Sym;
use crate::analyze::link::types::{Subst, TyId, Type, UNKNOWN};
use crate::analyze::link::world::{Def, FnId, Owner};
use crate::analyze::rust::tree::{ExprId, ExprKind, Name, Range, Ty};

/// The parts of `receiver.name::<…>(args)`.
pub(super) struct MethodParts<'a> {
    pub id: ExprId,
    pub receiver: ExprId,
    pub name: Name,
    pub name_at: Range,
    pub turbofish: &'a [Ty],
    pub args: &'a [ExprId],
}

/// How many functions a bare name may mean.
const FEW: usize = 3;

/// More functions of a name are not looked through at every call.
const MANY: usize = 200;

impl<'a> Body<'_, 'a> {
    /// A method's call on a value of a type.
    pub(super) fn method(
        &mut self,
        parts: &MethodParts<'a>,
        receiver: TyId,
        expected: TyId,
    ) -> TyId {
        let name = self.sym(parts.name);
        let range = Range {
            start: parts.name_at.start,
            end: self.range(parts.id).end,
        };
        if let Some(ty) = self.special(parts, receiver, name, range, expected) {
            return ty;
        }
        let mut methods = self.methods(receiver, name);
        // `impl Repo for Arc<T> { fn get(&self) { (**self).get() } }`: what it points to is meant.
        let own = self.function;
        let pointee = self.world().unwrapped(receiver);
        if pointee != receiver && !methods.is_empty() && methods.iter().all(|of| of.function == own)
        {
            methods = self.methods(pointee, name);
            methods.retain(|of| of.function != own);
        }
        if receiver == UNKNOWN && methods.is_empty() {
            methods = self.by_name(name, parts.args.len());
        }
        let mut receiver = receiver;
        if methods.is_empty()
            && let Some((pointer, found)) = self.of_pointer(parts.receiver, receiver, name)
        {
            (receiver, methods) = (pointer, found);
        }
        if methods.is_empty() && matches!(self.program.world.type_of(receiver), Type::External(..))
        {
            methods = self.of_extension(receiver, name);
        }
        if !methods.is_empty() {
            for method in &mut methods {
                self.add_turbofish(method, parts.turbofish);
            }
            return self.call_functions(&methods, Some(receiver), parts.args, range, expected);
        }
        if let Some(given) = self.derived_method(parts, receiver, name, range) {
            return given;
        }
        match self.foreign_method(parts, receiver, name, range, expected) {
            UNKNOWN if parts.args.is_empty() && self.gives_itself(name) => receiver,
            given => given,
        }
    }

    /// A method of the pointer that `self` is: `self: Arc<Self>`, whose trait is implemented for `Arc<T>`.
    fn of_pointer(
        &mut self,
        place: ExprId,
        receiver: TyId,
        name: Sym,
    ) -> Option<(TyId, Vec<Method>)> {
        let Some(ExprKind::Path(path)) = self.expr(place).map(|expr| &expr.kind) else {
            return None;
        };
        let [first] = path.segments.as_slice() else {
            return None;
        };
        if receiver == UNKNOWN || !self.is(self.sym(first.name), "self") {
            return None;
        }
        ["Arc", "Rc", "Box"].iter().find_map(|pointer| {
            let pointer = self.world().external_ty(pointer, &[receiver]);
            let found = self.world().methods_at(pointer, name);
            (!found.is_empty()).then_some((pointer, found))
        })
    }

    /// Whether traits of these sources declare a method of the name, and all of them to give back what it is called on:
    /// a derive implements it.
    fn gives_itself(&mut self, name: Sym) -> bool {
        let all = self.program.world.methods_named(name);
        if all.len() > MANY {
            return false;
        }
        let declared = |function: &&FnId| {
            let found = self.program.world.fns.get(function.index());
            found.is_some_and(|found| matches!(found.owner, Owner::Trait(_)))
        };
        let declared = all.iter().filter(declared);
        let mut items = declared.filter_map(|function| self.program.fn_item(*function));
        let Some(first) = items.next() else {
            return false;
        };
        first.returns_text == "Self" && items.all(|item| item.returns_text == "Self")
    }

    /// What frameworks give a meaning: routers, ORMs, tasks, the generated API.
    fn special(
        &mut self,
        parts: &MethodParts<'a>,
        receiver: TyId,
        name: Sym,
        range: Range,
        expected: TyId,
    ) -> Option<TyId> {
        match self.program.world.type_of(receiver).clone() {
            Type::Schema(module, path, chain) => {
                return Some(self.schema_method(module, path, &chain, name, parts.args, range));
            }
            Type::Table(_) | Type::Write(_) => {
                return Some(self.diesel_method(parts, receiver, name, range, expected));
            }
            Type::Select(_) => return self.select_method(parts, receiver, name, expected),
            Type::External(..) if self.selected(receiver).is_some() => {
                return self.select_method(parts, receiver, name, expected);
            }
            Type::Returns(_) if self.is(name, "call") => {}
            _ => {}
        }
        self.spawn_method(parts, receiver, name, range)
            .or_else(|| self.route_method(parts, receiver, name, range))
            .or_else(|| self.served_method(parts, receiver, name, range))
            .or_else(|| self.seaorm_method(parts, receiver, name, range, expected))
            .or_else(|| self.diesel_row_method(parts, receiver, name, range))
            .or_else(|| self.sea_query_table(parts, receiver, name, range))
    }

    fn add_turbofish(&mut self, method: &mut Method, turbofish: &'a [Ty]) {
        if turbofish.is_empty() {
            return;
        }
        let ctx = self.ctx.clone();
        let signature = self.program.signature(method.function);
        for (name, ty) in signature.own.iter().zip(turbofish) {
            let ty = self.world().lower(ty, &ctx);
            method.subst.push((*name, ty));
        }
    }

    /// Functions that a name alone may mean: few, of one trait or one type, and with as many parameters.
    fn by_name(&mut self, name: Sym, arguments: usize) -> Vec<Method> {
        let text = self.program.world.text(name);
        if BORING.contains(text) {
            return Vec::new();
        }
        let common = COMMON_METHODS.contains(text);
        let mut all = self.program.world.methods_named(name).to_vec();
        if common {
            all.retain(|function| self.of_imported_trait(*function));
        }
        let fitting: Vec<_> = all
            .into_iter()
            .filter(|function| {
                self.program
                    .fn_item(*function)
                    .is_some_and(|item| item.method && item.params.len() == arguments)
            })
            .collect();
        let mut owners: Vec<_> = fitting
            .iter()
            .filter_map(|function| self.owner_of(*function))
            .collect();
        owners.sort();
        owners.dedup();
        if owners.len() != 1 && fitting.len() > FEW || owners.len() > 2 {
            return Vec::new();
        }
        fitting
            .into_iter()
            .filter(|function| self.program.world.has_body(*function))
            .map(|function| Method {
                function,
                subst: Subst::new(),
                self_ty: UNKNOWN,
                how: Resolution::Name,
            })
            .collect()
    }

    /// Whether a method is one of a trait of these sources that the body's module imports by its name: only there it
    /// can be called, and nobody imports a trait for another reason.
    fn of_imported_trait(&mut self, function: crate::analyze::link::world::FnId) -> bool {
        let owner = self.program.world.fns.get(function.index());
        let of = match owner.map(|found| found.owner) {
            Some(Owner::Trait(id)) => Def::Trait(id),
            Some(Owner::Impl(id)) => match self.program.world.impl_trait(id).map(|of| of.def) {
                Some(def @ Def::Trait(_)) => def,
                _ => return false,
            },
            _ => return false,
        };
        self.ctx
            .scope
            .is_some_and(|scope| self.world().imports_by_name(scope, of))
    }

    /// The trait a method belongs to, else its impl's type.
    fn owner_of(&mut self, function: crate::analyze::link::world::FnId) -> Option<String> {
        match self.program.world.fns.get(function.index())?.owner {
            Owner::Trait(id) => self
                .program
                .world
                .traits
                .get(id.index())
                .map(|found| found.path.clone()),
            Owner::Impl(id) => match self.program.world.impl_trait(id).map(|of| of.def) {
                Some(def) => Some(self.program.world.show_def(def)),
                None => Some(self.program.world.show(self.program.world.impl_type(id))),
            },
            Owner::Free => None,
        }
    }

    /// A method outside of these sources.
    fn foreign_method(
        &mut self,
        parts: &MethodParts<'a>,
        receiver: TyId,
        name: Sym,
        range: Range,
        expected: TyId,
    ) -> TyId {
        let text = self.program.world.text(name).to_owned();
        if !BORING.contains(text.as_str()) {
            let target = if receiver == UNKNOWN {
                Target::Unknown(text.clone())
            } else {
                let receiver = self
                    .program
                    .world
                    .show(self.program.world.unwrapped(receiver));
                Target::Method {
                    receiver,
                    name: text.clone(),
                }
            };
            self.called(range, target, parts.args, Via::Call, Resolution::External);
        }
        let given = self.closure_given(receiver, &text);
        let types: Vec<TyId> = parts
            .args
            .iter()
            .map(|arg| match self.expr(*arg).map(|expr| &expr.kind) {
                Some(ExprKind::Closure { params, body }) => self.closure(params, *body, &given),
                _ => self.argument_ty(*arg, UNKNOWN),
            })
            .collect();
        self.delivered(&text, &types, range);
        self.learn(parts.receiver, receiver, &text, &types);
        let ctx = self.ctx.clone();
        let turbofish = parts
            .turbofish
            .first()
            .map_or(UNKNOWN, |ty| self.world().lower(ty, &ctx));
        self.foreign_result(receiver, &text, &types, turbofish, expected)
    }

    /// A collection that was made empty holds what is put into it first.
    fn learn(&mut self, place: ExprId, receiver: TyId, method: &str, args: &[TyId]) {
        let Some(ExprKind::Path(path)) = self.expr(place).map(|expr| &expr.kind) else {
            return;
        };
        let [segment] = path.segments.as_slice() else {
            return;
        };
        let local = self.sym(segment.name);
        let Some((name, inner)) = self.program.world.external_name(receiver) else {
            return;
        };
        let name = name.to_owned();
        if inner.iter().any(|inner| *inner != UNKNOWN) || self.local(local) != Some(receiver) {
            return;
        }
        let map = matches!(
            name.as_str(),
            "HashMap" | "BTreeMap" | "DashMap" | "IndexMap"
        );
        let held = match (method, args) {
            ("insert", [key, value]) if map => vec![*key, *value],
            ("push" | "push_back" | "push_front" | "insert", [.., value]) if !map => vec![*value],
            ("extend" | "append" | "extend_from_slice", [values]) if !map => {
                vec![self.element(*values)]
            }
            _ => return,
        };
        let ty = self.world().external_ty(&name, &held);
        self.set_local(local, ty);
    }

    /// The API of `schema!`.
    pub(super) fn schema_call(
        &mut self,
        module: Sym,
        path: Sym,
        args: &'a [ExprId],
        range: Range,
    ) -> TyId {
        self.arguments(args, &[]);
        let (module_text, path_text) = (
            self.program.world.text(module).to_owned(),
            self.program.world.text(path).to_owned(),
        );
        self.called(
            range,
            Target::Schema {
                module: module_text,
                path: path_text,
                chain: Vec::new(),
            },
            args,
            Via::Call,
            Resolution::External,
        );
        self.world().ty(Type::Schema(module, path, Box::default()))
    }

    fn schema_method(
        &mut self,
        module: Sym,
        path: Sym,
        chain: &[Sym],
        name: Sym,
        args: &'a [ExprId],
        range: Range,
    ) -> TyId {
        self.arguments(args, &[]);
        let mut chain = chain.to_vec();
        chain.push(name);
        let texts = chain
            .iter()
            .map(|name| self.program.world.text(*name).to_owned())
            .collect();
        let (module_text, path_text) = (
            self.program.world.text(module).to_owned(),
            self.program.world.text(path).to_owned(),
        );
        self.called(
            range,
            Target::Schema {
                module: module_text,
                path: path_text,
                chain: texts,
            },
            args,
            Via::Call,
            Resolution::External,
        );
        self.world().ty(Type::Schema(module, path, chain.into()))
    }
}
