//! Routers: which function answers on which path.
//!
//! A router's value is a node of the route table. `route`, `nest`, `merge` and layers make new nodes from old ones, so
//! that routers built in other functions and bound to variables come together by themselves.

use super::Body;
use super::answer::http_method;
use super::method::MethodParts;
use super::wrapped::Given;
use crate::analyze::facts::{Resolution, RootKind, Via};
use crate::analyze::link::frameworks::Framework;
use crate::analyze::link::program::Target;
use crate::analyze::link::routes::Step;
use crate::analyze::link::symbols::{Sym, last_of};
use crate::analyze::link::types::{TyId, Type, UNKNOWN};
use crate::analyze::rust::tree::{ExprId, ExprKind, Range};

impl<'a> Body<'_, 'a> {
    /// `Router::new()` and its kin.
    pub(super) fn router_made(
        &mut self,
        owner: &str,
        method: &str,
        args: &'a [ExprId],
    ) -> Option<TyId> {
        let router = owner.ends_with("Router") && owner != "MethodRouter"
            || matches!(owner, "App" | "Scope" | "Route");
        if !router
            || !matches!(
                method,
                "new"
                    | "builder"
                    | "default"
                    | "with_openapi"
                    | "with_path_items"
                    | "with_state"
                    | "with_path"
            )
        {
            return None;
        }
        let prefix = args
            .first()
            .filter(|_| method == "with_path")
            .and_then(|arg| self.known_text(*arg));
        let step = prefix.map_or(Step::Empty, Step::Prefix);
        let node = self.program.routes.node(Vec::new(), step);
        Some(self.world().ty(Type::Router(node)))
    }

    /// `get(handler)`, `web::post()`, `web::scope("/p")`, a wrapper named in `check.handlers.routers`.
    pub(super) fn route_call(
        &mut self,
        full: &str,
        args: &'a [ExprId],
        range: Range,
    ) -> Option<TyId> {
        let (path, last) = full.rsplit_once("::").unwrap_or(("", full));
        let web = path == "web"
            || path.ends_with("::web")
            || (path.is_empty() && self.glob_imports("web"));
        if web && matches!(last, "scope" | "resource") {
            let prefix = args
                .first()
                .and_then(|arg| self.known_text(*arg))
                .unwrap_or_default();
            let node = self.program.routes.node(Vec::new(), Step::Prefix(prefix));
            return Some(self.world().ty(Type::Router(node)));
        }
        if web && (http_method(last).is_some() || last == "route") && args.is_empty() {
            let methods = self.program.routes.methods(
                http_method(last).unwrap_or_else(|| "ANY".to_owned()),
                RootKind::Actix,
            );
            return Some(self.world().ty(Type::Methods(methods)));
        }
        if self
            .program
            .options
            .routers
            .iter()
            .any(|router| full == router || full.ends_with(&format!("::{router}")))
        {
            self.called(
                range,
                Target::Path(full.to_owned()),
                &[],
                Via::Call,
                Resolution::External,
            );
            return Some(self.own_router(args, range));
        }
        let method = http_method(last).or_else(|| (last == "on").then(|| self.filtered(args)))?;
        let mut methods = None;
        for arg in args {
            if self.answers(*arg)
                && let Given::Answer(answer) = self.as_answer(*arg, &method, range)
            {
                let kind = if path.contains("poem") {
                    RootKind::Poem
                } else {
                    RootKind::Axum
                };
                let answers = *methods
                    .get_or_insert_with(|| self.program.routes.methods(method.clone(), kind));
                self.program.routes.answer(answers, answer);
            }
        }
        methods.map(|methods| self.world().ty(Type::Methods(methods)))
    }

    /// A wrapper of the application's own: a path and what answers, in any order.
    fn own_router(&mut self, args: &'a [ExprId], range: Range) -> TyId {
        let path = args
            .iter()
            .find_map(|arg| self.known_text(*arg))
            .unwrap_or_default();
        let node = self.program.routes.node(Vec::new(), Step::Empty);
        let node = self.add_route(node, &path, args, range);
        self.world().ty(Type::Router(node))
    }

    fn add_route(&mut self, node: u32, path: &str, args: &'a [ExprId], range: Range) -> u32 {
        let mut at = node;
        for arg in args {
            let methods = match self.as_answer(*arg, "ANY", range) {
                Given::Answer(answer) => {
                    let routes = &mut self.program.routes;
                    let methods = routes.methods("ANY".to_owned(), RootKind::Axum);
                    routes.answer(methods, answer);
                    methods
                }
                Given::Value(ty) => match *self.program.world.type_of(ty) {
                    Type::Methods(methods) => methods,
                    _ => continue,
                },
            };
            let step = Step::Route(path.to_owned(), methods);
            at = self.program.routes.node(vec![at], step);
        }
        at
    }

    /// Methods of routers and of what answers on one path.
    pub(super) fn route_method(
        &mut self,
        parts: &MethodParts<'a>,
        receiver: TyId,
        name: Sym,
        range: Range,
    ) -> Option<TyId> {
        let method = self.program.world.text(name).to_owned();
        match *self.program.world.type_of(receiver) {
            Type::Methods(methods) => {
                return Some(self.answers_method(parts, methods, &method, range));
            }
            Type::Router(node) => return Some(self.router_method(parts, node, &method, range)),
            _ => {}
        }
        if method == "at" && self.is_tide(receiver) {
            let path = parts.args.first().and_then(|arg| self.known_text(*arg));
            let step = Step::Prefix(path.unwrap_or_default());
            let node = self.program.routes.node(Vec::new(), step);
            return Some(self.world().ty(Type::Router(node)));
        }
        // A router whose type was not found, or is a parameter.
        let routes = matches!(
            method.as_str(),
            "route" | "api_route" | "api_route_with" | "at" | "routes"
        ) || self.program.options.routers.contains(&method);
        let shown = self
            .program
            .world
            .external_name(receiver)
            .map(|(name, _)| name.to_owned())
            .unwrap_or_default();
        let plausible = shown.ends_with("Router")
            || matches!(
                shown.as_str(),
                "App" | "Scope" | "ServiceConfig" | "Route" | "Resource"
            );
        let told = routes && receiver == UNKNOWN && parts.args.len() >= 2
            || self.asks(parts.args, &method);
        if !self.methods(receiver, name).is_empty() || !(plausible || told) {
            return None;
        }
        let node = self.program.routes.node(Vec::new(), Step::Empty);
        let ty = self.router_method(parts, node, &method, range);
        // `cfg.service(…)`: the configuration stands for what is added to it.
        if shown == "ServiceConfig"
            && let Type::Router(node) = *self.program.world.type_of(ty)
        {
            let function = self.function;
            self.program.routes.configured(function, node);
            return Some(receiver);
        }
        Some(ty)
    }

    fn router_method(
        &mut self,
        parts: &MethodParts<'a>,
        node: u32,
        method: &str,
        range: Range,
    ) -> TyId {
        let path = parts.args.first().and_then(|arg| self.known_text(*arg));
        let node = match method {
            "nest" | "nest_service" | "nest_api_service" | "merge" | "service" | "configure"
            | "fallback_service" | "nest_no_self_slash" | "nest_with" | "push" => {
                let prefix = path.unwrap_or_default();
                self.nested(parts.args, node, &prefix, range)
            }
            "fallback" => self.add_route(node, "", parts.args, range),
            // Salvo's routers answer themselves: `Router::with_path("posts").post(create)`, and tide's: `app.at("/")`.
            _ if http_method(method).is_some() || method == "goal" => {
                let verb = http_method(method).unwrap_or_else(|| "ANY".to_owned());
                let named = |framework| self.program.world.names(framework);
                let kind = if named(Framework::Salvo) {
                    RootKind::Salvo
                } else if named(Framework::Tide) || path.is_some() {
                    RootKind::Callback
                } else {
                    RootKind::Axum
                };
                let methods = self.program.routes.methods(verb.clone(), kind);
                for arg in parts.args {
                    if let Given::Answer(answer) = self.as_answer(*arg, &verb, range) {
                        self.program.routes.answer(methods, answer);
                    }
                }
                let step = Step::Route(path.unwrap_or_default(), methods);
                self.program.routes.node(vec![node], step)
            }
            _ if method.contains("layer")
                || matches!(method, "wrap" | "with" | "wrap_fn" | "hoop" | "middleware") =>
            {
                let calls = self.layer(parts.args, range);
                self.program.routes.node(vec![node], Step::Layer(calls))
            }
            "route" | "at" | "routes" | "route_service" | "api_route" | "typed_get"
            | "typed_post" => self.add_route(node, &path.unwrap_or_default(), parts.args, range),
            _ if method.contains("route")
                || self
                    .program
                    .options
                    .routers
                    .iter()
                    .any(|router| router == method) =>
            {
                let target = Target::Unknown(method.to_owned());
                self.called(range, target, &[], Via::Call, Resolution::External);
                self.add_route(node, &path.unwrap_or_default(), parts.args, range)
            }
            // Whatever it is called: a router that takes another one has its routes.
            _ => {
                let prefix = path.unwrap_or_default();
                let types = self.arguments(parts.args, &[]);
                types.into_iter().fold(node, |at, ty| {
                    let Type::Router(other) = *self.program.world.type_of(ty) else {
                        return at;
                    };
                    let step = Step::Nest(prefix.clone(), other);
                    self.program.routes.node(vec![at], step)
                })
            }
        };
        self.world().ty(Type::Router(node))
    }

    fn nested(&mut self, args: &'a [ExprId], node: u32, prefix: &str, range: Range) -> u32 {
        let mut at = node;
        for arg in args {
            // `configure(users::config)`, `service(handler)`: a function stands for what it adds or answers.
            if let Some(ExprKind::Path(path)) = self.expr(*arg).map(|expr| &expr.kind)
                && let Type::Func(function, _) = *{
                    let ty = self.path_value(path, UNKNOWN);
                    self.program.world.type_of(ty)
                }
            {
                at = self
                    .program
                    .routes
                    .node(vec![at], Step::Function(prefix.to_owned(), function));
                let draft = self.program.instance(function, &Vec::new(), None);
                let via = if self.answers_by_attribute(function) {
                    Via::Register
                } else {
                    Via::Call
                };
                self.called(range, Target::Draft(draft), &[], via, Resolution::Value);
                continue;
            }
            let ty = self.argument_ty(*arg, UNKNOWN);
            match *self.program.world.type_of(ty) {
                Type::Router(other) => {
                    at = self
                        .program
                        .routes
                        .node(vec![at], Step::Nest(prefix.to_owned(), other));
                }
                Type::Methods(methods) => {
                    at = self
                        .program
                        .routes
                        .node(vec![at], Step::Route(prefix.to_owned(), methods));
                }
                _ => {}
            }
        }
        at
    }

    /// Whether a name here may come from a glob import of an external module.
    fn glob_imports(&mut self, module: &str) -> bool {
        let Some(scope) = self.ctx.scope else {
            return false;
        };
        self.world()
            .external_globs(scope)
            .iter()
            .any(|glob| last_of(glob) == module)
    }
}
