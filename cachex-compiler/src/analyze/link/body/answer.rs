//! What answers on a path: HTTP methods, handlers given as functions or closures, and those named by attributes.

use super::Body;
use super::method::MethodParts;
use super::wrapped::Given;
use crate::analyze::facts::{Resolution, RootKind, Via};
use crate::analyze::link::program::{DraftId, Target};
use crate::analyze::link::routes::Answer;
use crate::analyze::link::symbols::last_of;
use crate::analyze::link::types::{TyId, Type, UNKNOWN};
use crate::analyze::rust::tree::{ExprId, ExprKind, Range};

const METHODS: [&str; 10] = [
    "get", "post", "put", "patch", "delete", "head", "options", "trace", "any", "connect",
];

/// `get`, `get_with`, `get_service` → `GET`.
pub(super) fn http_method(name: &str) -> Option<String> {
    let stem = METHODS.iter().find(|method| {
        name == **method
            || name.strip_prefix(**method).is_some_and(|rest| {
                matches!(rest, "_with" | "_service" | "_handler" | "_api" | "_method")
            })
    })?;
    Some(if *stem == "any" {
        "ANY".to_owned()
    } else {
        stem.to_uppercase()
    })
}

impl<'a> Body<'_, 'a> {
    /// `on(MethodFilter::DELETE, handler)`.
    pub(super) fn filtered(&mut self, args: &'a [ExprId]) -> String {
        let named = match args
            .first()
            .and_then(|arg| self.expr(*arg))
            .map(|expr| &expr.kind)
        {
            Some(ExprKind::Path(path)) => {
                path.segments.last().map(|segment| self.sym(segment.name))
            }
            _ => None,
        };
        let text = named.map_or("", |name| self.program.world.text(name));
        if http_method(&text.to_lowercase()).is_some() {
            text.to_owned()
        } else {
            "ANY".to_owned()
        }
    }

    /// A handler among arguments: a function's path, or a closure.
    pub(super) fn answer_of(&mut self, arg: ExprId, method: &str, range: Range) -> Option<Answer> {
        let handler = self.handler(arg, range)?;
        Some(Answer {
            method: method.to_owned(),
            handler,
            file: self.file,
            range: self.range(arg),
        })
    }

    fn handler(&mut self, arg: ExprId, range: Range) -> Option<DraftId> {
        let place = self.range(arg);
        let draft = match &self.expr(arg)?.kind {
            ExprKind::Path(path) => {
                let ty = self.path_value(path, UNKNOWN);
                let Type::Func(function, subst) = self.program.world.type_of(ty).clone() else {
                    return None;
                };
                let self_sym = self.world().symbols.intern("Self");
                let own = subst
                    .iter()
                    .find(|(name, _)| *name == self_sym)
                    .map(|(_, ty)| *ty);
                self.program
                    .world
                    .has_body(function)
                    .then(|| self.program.instance(function, &subst.to_vec(), own))?
            }
            ExprKind::Closure { body, .. } => {
                let closure = self.in_part(place, |walk| walk.argument_ty(arg, UNKNOWN)).0;
                self.delegate(*body, closure).unwrap_or(closure)
            }
            _ => return None,
        };
        self.called(
            range,
            Target::Draft(draft),
            &[],
            Via::Register,
            Resolution::Value,
        );
        Some(draft)
    }

    pub(super) fn answers_method(
        &mut self,
        parts: &MethodParts<'a>,
        methods: u32,
        method: &str,
        range: Range,
    ) -> TyId {
        let own = self.world().ty(Type::Methods(methods));
        if method == "to"
            || method == "handler"
            || http_method(method).is_some()
            || method == "on"
            || method == "fallback"
        {
            let verb = http_method(method).unwrap_or_else(|| self.program.routes.verb(methods));
            for arg in parts.args {
                if let Given::Answer(answer) = self.as_answer(*arg, &verb, range) {
                    self.program.routes.answer(methods, answer);
                }
            }
            return own;
        }
        if method.contains("layer") || method == "wrap" {
            let calls = self.layer(parts.args, range);
            self.program.routes.layer_methods(methods, calls);
            return own;
        }
        let types = self.arguments(parts.args, &[]);
        for ty in types {
            if let Type::Methods(other) = *self.program.world.type_of(ty) {
                self.program.routes.join_methods(methods, other);
            }
        }
        own
    }

    /// Whether an attribute of the function names its route: then it is a handler, and no part of a configuration.
    pub(super) fn answers_by_attribute(&self, function: crate::analyze::link::world::FnId) -> bool {
        let found = self.program.world.fns.get(function.index());
        let item = found.and_then(|found| self.program.world.item(found.file, found.item));
        item.is_some_and(|item| {
            item.attributes.iter().any(|attribute| {
                let last = last_of(&attribute.path);
                METHODS.contains(&last)
                    || matches!(last, "route" | "endpoint" | "channel" | "job")
                    || self
                        .program
                        .options
                        .attributes
                        .iter()
                        .any(|own| own == last)
            })
        })
    }

    /// `rpc_router!(rename, remove)` of whatever: a macro named for what it makes of functions. Those that are roots by
    /// an attribute are not its own.
    pub(super) fn serves_macro(&mut self, last: &str, args: &'a [ExprId]) -> bool {
        let named = ["route", "handler", "procedures"];
        named.iter().any(|word| last.contains(word))
            && args
                .iter()
                .any(|arg| self.is_code(*arg) && !self.is_root_by_attribute(*arg))
    }

    /// utoipa's `routes!(a, b)`: method and path stand in the functions' attributes. Rocket's are roots by theirs.
    pub(super) fn routes_macro(
        &mut self,
        args: &'a [ExprId],
        kind: RootKind,
        range: Range,
    ) -> TyId {
        let methods = self.program.routes.methods("ANY".to_owned(), kind);
        for arg in args {
            if self.is_root_by_attribute(*arg) {
                continue;
            }
            if let Some(answer) = self.answer_of(*arg, "ANY", range) {
                self.program.routes.answer(methods, answer);
            }
        }
        self.world().ty(Type::Methods(methods))
    }

    fn is_root_by_attribute(&mut self, arg: ExprId) -> bool {
        let Some(ExprKind::Path(path)) = self.expr(arg).map(|expr| &expr.kind) else {
            return false;
        };
        let ty = self.path_value(path, UNKNOWN);
        match *self.program.world.type_of(ty) {
            Type::Func(function, _) => self.answers_by_attribute(function),
            _ => false,
        }
    }
}
