//! Functions given to servers that route by other means than a router's value: warp's filters, a service made of a
//! function (hyper, tower, lambda) or of a handler and its state (axum), the methods of a JSON-RPC module.

use super::Body;
use super::method::MethodParts;
use super::wrapped::Given;
use crate::analyze::facts::RootKind;
use crate::analyze::link::symbols::Sym;
use crate::analyze::link::types::{TyId, Type, UNKNOWN};
use crate::analyze::rust::tree::{ExprId, Range};

/// A filter of warp, as whoever made it gives it.
const FILTER: &str = "warp::Filter";

/// What tide's routes are added to.
const TIDE: &str = "tide::Server";

/// Methods of a filter whose function the server calls.
const CALLS: [&str; 6] = [
    "and_then",
    "then",
    "map",
    "or_else",
    "recover",
    "untuple_one",
];

impl<'a> Body<'_, 'a> {
    /// `service_fn(handle)`, `warp::path("posts")`
    pub(super) fn served_call(
        &mut self,
        full: &str,
        args: &'a [ExprId],
        range: Range,
    ) -> Option<TyId> {
        let (path, last) = full.rsplit_once("::").unwrap_or(("", full));
        if last == "service_fn" || full.ends_with("Handler::with_state") {
            return self.serve(args, range).then_some(UNKNOWN);
        }
        if full.starts_with("tide::") && matches!(last, "new" | "with_state") {
            self.arguments(args, &[]);
            return Some(self.world().external_ty(TIDE, &[]));
        }
        if last == "serve" || path != "warp" && !path.starts_with("warp::") {
            return None;
        }
        self.arguments(args, &[]);
        Some(self.world().external_ty(FILTER, &[]))
    }

    /// `filter.and_then(handle)`, `module.register_async_method("name", handle)`
    pub(super) fn served_method(
        &mut self,
        parts: &MethodParts<'a>,
        receiver: TyId,
        name: Sym,
        range: Range,
    ) -> Option<TyId> {
        let method = self.program.world.text(name);
        if matches!(
            method,
            "register_method" | "register_async_method" | "register_blocking_method"
        ) {
            return self.serve(parts.args, range).then_some(receiver);
        }
        let calls = CALLS.contains(&method);
        if !self.is_filter(receiver) {
            return None;
        }
        if !calls || !self.serve(parts.args, range) {
            self.arguments(parts.args, &[]);
        }
        Some(self.world().external_ty(FILTER, &[]))
    }

    pub(super) fn is_tide(&self, ty: TyId) -> bool {
        match *self.program.world.type_of(ty) {
            Type::External(path, _) => self.program.world.text(path) == TIDE,
            _ => false,
        }
    }

    fn is_filter(&self, ty: TyId) -> bool {
        let named = self.program.world.external_name(ty);
        named.is_some_and(|(name, _)| matches!(name, "Filter" | "BoxedFilter"))
    }

    /// Makes each function among some arguments a root; whether there was one.
    fn serve(&mut self, args: &'a [ExprId], range: Range) -> bool {
        if !args.iter().any(|arg| self.is_code(*arg)) {
            return false;
        }
        let kind = RootKind::Callback;
        let methods = self.program.routes.methods("ANY".to_owned(), kind);
        for arg in args {
            if let Given::Answer(answer) = self.as_answer(*arg, "ANY", range) {
                self.program.routes.answer(methods, answer);
            }
        }
        true
    }
}
