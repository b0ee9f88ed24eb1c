//! What functions outside of these sources give back: the standard library's containers, futures, iterators.

use super::Body;
use crate::analyze::facts::{Resolution, Via};
use crate::analyze::link::program::Target;
use crate::analyze::link::symbols::{Sym, last_of};
use crate::analyze::link::types::{TraitRef, TyId, Type, UNKNOWN};
use crate::analyze::link::world::Def;
use crate::analyze::rust::tree::{ExprId, Path, Range};

/// What a derive's `builder()` gives: it ends in the type with `build()`.
pub(super) const BUILDER: &str = "derived builder";

impl<'a> Body<'_, 'a> {
    /// The type of `value?`.
    pub(super) fn tried(&mut self, ty: TyId) -> TyId {
        match self.world().external_name(ty) {
            Some((name, args)) if name.ends_with("Result") || name == "Option" => {
                args.first().copied().unwrap_or(UNKNOWN)
            }
            Some(("Guard", _)) => ty,
            _ => UNKNOWN,
        }
    }

    /// The type of `value.await`.
    pub(super) fn awaited(&mut self, ty: TyId) -> TyId {
        match self.program.world.type_of(ty).clone() {
            // What an `async fn` gives has no future around it: `store().await` may be a `Box<dyn Store>`.
            Type::Opaque(bounds) | Type::Dyn(bounds)
                if bounds
                    .iter()
                    .any(|bound| matches!(bound.def, Def::Trait(_))) =>
            {
                ty
            }
            Type::Opaque(bounds) | Type::Dyn(bounds) => bounds
                .iter()
                .flat_map(|bound| bound.assoc.iter())
                .next()
                .map_or(UNKNOWN, |(_, ty)| *ty),
            Type::External(..) => {
                let (name, args) = self
                    .program
                    .world
                    .external_name(ty)
                    .map_or(("", &[][..]), |found| found);
                match name {
                    "BoxFuture" | "LocalBoxFuture" | "Ready" => {
                        args.first().copied().unwrap_or(UNKNOWN)
                    }
                    "Pin" | "Box" => {
                        let inner = args.first().copied().unwrap_or(UNKNOWN);
                        if inner == ty {
                            return UNKNOWN;
                        }
                        let output = self.awaited(inner);
                        if output == inner { ty } else { output }
                    }
                    "JoinHandle" => {
                        let inner = args.first().copied().unwrap_or(UNKNOWN);
                        self.world().external_ty("Result", &[inner])
                    }
                    _ => ty,
                }
            }
            _ => ty,
        }
    }

    /// What a container's elements are.
    pub(super) fn element(&mut self, ty: TyId) -> TyId {
        match self.program.world.type_of(ty).clone() {
            Type::Slice(inner) => inner,
            Type::Opaque(bounds) | Type::Dyn(bounds) => self.item_of(&bounds),
            Type::Param(name) => {
                let bounds = self.signature.bounds.get(&name).cloned();
                self.item_of(&bounds.unwrap_or_default())
            }
            Type::External(_, args) => {
                match self.program.world.external_name(ty).map(|(name, _)| name) {
                    Some("HashMap" | "BTreeMap" | "IndexMap" | "DashMap") => {
                        self.world().tuple(args.to_vec())
                    }
                    Some("Arc" | "Box" | "Rc" | "Json" | "Data" | "Query") => {
                        let inner = args.first().copied().unwrap_or(UNKNOWN);
                        if inner == ty {
                            UNKNOWN
                        } else {
                            self.element(inner)
                        }
                    }
                    _ => args.first().copied().unwrap_or(UNKNOWN),
                }
            }
            _ => UNKNOWN,
        }
    }

    /// `impl Stream<Item = T>`, `dyn Iterator<Item = T>`.
    fn item_of(&mut self, bounds: &[TraitRef]) -> TyId {
        let item = self.world().symbols.intern("Item");
        let named = bounds.iter().flat_map(|bound| bound.assoc.iter());
        named
            .filter(|(name, _)| *name == item)
            .map(|(_, ty)| *ty)
            .next()
            .unwrap_or(UNKNOWN)
    }

    /// What a closure given to a method of a known container takes.
    pub(super) fn closure_given(&mut self, receiver: TyId, method: &str) -> Vec<TyId> {
        let receiver = self.world().unwrapped(receiver);
        let Some((name, args)) = self
            .program
            .world
            .external_name(receiver)
            .map(|(name, args)| (name.to_owned(), args.to_vec()))
        else {
            return match *self.program.world.type_of(receiver) {
                Type::Slice(inner) => vec![inner],
                _ => Vec::new(),
            };
        };
        let second = matches!(
            method,
            "map_err" | "or_else" | "unwrap_or_else" | "inspect_err"
        ) && name.ends_with("Result");
        if second {
            return args.get(1).copied().into_iter().collect();
        }
        if name == "Option" || name.ends_with("Result") {
            return args.first().copied().into_iter().collect();
        }
        let element = self.element(receiver);
        match method {
            "fold" | "try_fold" => vec![UNKNOWN, element],
            _ => vec![element],
        }
    }

    /// `Type::function(args)` where the type is not of these sources, or its function isn't.
    pub(super) fn foreign_call(
        &mut self,
        base: TyId,
        name: Sym,
        path: &'a Path,
        args: &'a [ExprId],
        range: Range,
        expected: TyId,
    ) -> TyId {
        let method = self.program.world.text(name).to_owned();
        let shown = format!("{}::{method}", self.program.world.show(base));
        if method == "table"
            && args.is_empty()
            && let Some(table) = self.world().diesel_table_type(base)
        {
            return table;
        }
        if method == "belonging_to"
            && let Some(table) = self.world().diesel_table_type(base)
        {
            self.arguments(args, &[]);
            return table;
        }
        let derived = matches!(self.program.world.type_of(base), Type::Adt(..))
            && self.program.world.role_of(base).is_none();
        if method == "builder" && derived {
            self.arguments(args, &[]);
            return self.world().external_ty(BUILDER, &[base]);
        }
        let orm = self.orm_call(base, &method, args, range);
        if let Some(ty) = orm.or_else(|| self.derived(base, &method, args, range)) {
            return ty;
        }
        if args.is_empty()
            && let Some(query) = self.diesel_select(base, &method, range)
        {
            return query;
        }
        let registered = self.register_call(&shown, args, range);
        if let Some(ty) = registered.or_else(|| self.served_call(&shown, args, range)) {
            return ty;
        }
        let own = self
            .program
            .world
            .external_name(base)
            .map(|(name, args)| (name.to_owned(), args.to_vec()));
        let (owner, inner) = own.unwrap_or_default();
        if let Some(ty) = self.sea_query(&owner, &method) {
            return ty;
        }
        if let Some(node) = self.router_made(&owner, &method, args) {
            self.arguments(args, &[]);
            return node;
        }
        let inner_wanted = self
            .program
            .world
            .external_name(expected)
            .and_then(|(_, args)| args.first().copied())
            .unwrap_or(UNKNOWN);
        let grows = self.begins_text(&owner, &method);
        let before = std::mem::replace(&mut self.grows, grows);
        let types = self.given_to(&owner, args, inner_wanted, range);
        self.grows = before;
        if method == "spawn" || method == "spawn_blocking" {
            return UNKNOWN;
        }
        self.called(
            range,
            Target::Path(shown),
            args,
            Via::Call,
            Resolution::External,
        );
        let first = types.first().copied().unwrap_or(UNKNOWN);
        let _ = path;
        if let Some(ty) = self.wrapped_call(&owner, &method, &inner, first) {
            return ty;
        }
        match (owner.as_str(), method.as_str()) {
            (
                "Vec" | "HashMap" | "BTreeMap" | "HashSet" | "BTreeSet" | "VecDeque" | "Option",
                _,
            ) if inner.is_empty() && expected != UNKNOWN => expected,
            (
                "Path" | "Query" | "Json" | "Form" | "State",
                "from_request" | "from_request_parts" | "extract",
            )
            | ("", "try_parse" | "try_parse_from") => self.world().external_ty("Result", &[base]),
            (
                _,
                "new" | "default" | "from" | "with_capacity" | "builder" | "try_from" | "open"
                | "connect" | "with_tz",
            ) if !owner.is_empty() && owner != "Self" => base,
            (
                "",
                "default" | "from" | "try_from" | "from_str" | "new" | "builder" | "from_row"
                | "from_json" | "deserialize" | "parse" | "parse_from" | "from_args",
            ) => base,
            // `Span::current()`: without arguments there is nothing of these sources that it could give.
            _ if args.is_empty()
                && expected == UNKNOWN
                && !owner.is_empty()
                && inner.is_empty() =>
            {
                base
            }
            _ => expected,
        }
    }

    /// What functions of pointers, cells and extractors give of their first argument.
    fn wrapped_call(
        &mut self,
        owner: &str,
        method: &str,
        inner: &[TyId],
        first: TyId,
    ) -> Option<TyId> {
        match (owner, method) {
            (
                "Arc" | "Box" | "Rc" | "Mutex" | "RwLock" | "RefCell" | "Cell" | "Data" | "Json"
                | "Extension" | "State" | "Pin" | "Some" | "OnceCell" | "OnceLock",
                "new" | "pin" | "from",
            ) => Some(self.world().external_ty(owner, &[first])),
            ("LazyLock" | "Lazy" | "LazyCell", "new") => {
                let value = match *self.program.world.type_of(first) {
                    Type::Returns(value) => value,
                    _ => inner.first().copied().unwrap_or(UNKNOWN),
                };
                Some(self.world().external_ty(owner, &[value]))
            }
            (_, "clone") | ("Arc" | "Rc" | "Box" | "Pin", "as_ref") => Some(first),
            ("Arc" | "Rc" | "Box", _) => self.pointed(method, first),
            _ => None,
        }
    }

    /// What the functions of a pointer's own type give of what it points to.
    fn pointed(&mut self, method: &str, pointer: TyId) -> Option<TyId> {
        let inner = self.world().unwrapped(pointer);
        match method {
            "downgrade" => Some(self.world().external_ty("Weak", &[inner])),
            "try_unwrap" => Some(self.world().external_ty("Result", &[inner])),
            "into_inner" | "get_mut" => Some(self.world().external_ty("Option", &[inner])),
            "unwrap_or_clone" | "make_mut" | "leak" => Some(inner),
            "new_cyclic" => match *self.program.world.type_of(pointer) {
                Type::Returns(value) => Some(self.world().external_ty("Arc", &[value])),
                _ => None,
            },
            _ => None,
        }
    }

    /// `path::function(args)` outside of these sources.
    pub(super) fn external_call(
        &mut self,
        sym: Sym,
        _path: &'a Path,
        args: &'a [ExprId],
        range: Range,
        expected: TyId,
    ) -> TyId {
        let full = self.program.world.text(sym).to_owned();
        let last = last_of(&full).to_owned();
        if matches!(full.as_str(), "Some" | "Ok" | "Err") {
            let wanted = self
                .program
                .world
                .external_name(expected)
                .and_then(|(_, args)| args.first().copied())
                .unwrap_or(UNKNOWN);
            let types = self.arguments(args, &[if full == "Err" { UNKNOWN } else { wanted }]);
            let first = types.first().copied().unwrap_or(UNKNOWN);
            return match full.as_str() {
                "Some" => self.world().external_ty("Option", &[first]),
                "Ok" => self.world().external_ty("Result", &[first]),
                _ => UNKNOWN,
            };
        }
        if let Some(ty) = self.spawn_call(&full, args, range) {
            return ty;
        }
        if let Some(ty) = self.route_call(&full, args, range) {
            return ty;
        }
        if let Some(ty) = self.served_call(&full, args, range) {
            return ty;
        }
        if let Some(ty) = self.diesel_call(&full, args, range) {
            return ty;
        }
        if let Some(ty) = self.register_call(&full, args, range) {
            return ty;
        }
        if args.is_empty() {
            self.generated_query(&full, range);
        }
        let types = self.given_outside(args, UNKNOWN, range);
        self.called(
            range,
            Target::Path(full),
            args,
            Via::Call,
            Resolution::External,
        );
        match last.as_str() {
            "clone" | "ready" | "black_box" | "identity" | "take" => {
                types.first().copied().unwrap_or(UNKNOWN)
            }
            "join" | "try_join" => self.world().tuple(types),
            _ => expected,
        }
    }
}
