//! What a function's head says: parameter types, bounds, and which of its parameters tell instances apart.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;
use std::sync::LazyLock;

use super::program::{Program, Spawns};
use super::symbols::{Sym, last_of};
use super::types::{Ctx, TraitRef, TyId, Type, UNKNOWN};
use super::world::{Def, FileIx, FnId, Owner};
use crate::analyze::rust::Fold;
use crate::analyze::rust::tree::{Expr, ExprKind, FnItem, Generics, Pat, Ty};
use crate::analyze::sql::{self, Statement};

/// What is known of a function from its head.
pub(crate) struct Signature {
    pub params: Vec<TyId>,
    pub returns: TyId,
    /// Its own type parameters, in order.
    pub own: Vec<Sym>,
    /// Every parameter that tells instances apart.
    pub telling: Vec<Sym>,
    pub bounds: BTreeMap<Sym, Vec<TraitRef>>,
    /// Parameters whose text is put into a statement: the name that tells instances apart, and the index.
    pub texts: Vec<(Sym, usize)>,
    pub self_ty: Option<TyId>,
}

/// Without references.
pub(super) fn plain(ty: &Ty) -> &Ty {
    let mut at = ty;
    while let Ty::Ref(inner) = at {
        at = inner;
    }
    at
}

/// Traits of the standard library and of drivers: whichever type stands there, the same functions run.
pub(super) static COMMON: LazyLock<Words> =
    LazyLock::new(|| COMMON_TRAITS.iter().copied().collect());

/// Words to be told from others.
pub(super) type Words = HashSet<&'static str, Fold>;

pub(super) const COMMON_TRAITS: &[&str] = &[
    "Send",
    "Sync",
    "Sized",
    "Unpin",
    "Copy",
    "Clone",
    "Debug",
    "Display",
    "Default",
    "PartialEq",
    "Eq",
    "PartialOrd",
    "Ord",
    "Hash",
    "Fn",
    "FnMut",
    "FnOnce",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Future",
    "IntoFuture",
    "Iterator",
    "IntoIterator",
    "DoubleEndedIterator",
    "ExactSizeIterator",
    "Stream",
    "TryStream",
    "AsRef",
    "AsMut",
    "Into",
    "From",
    "TryInto",
    "TryFrom",
    "ToString",
    "ToOwned",
    "Borrow",
    "FromStr",
    "Error",
    "Read",
    "Write",
    "BufRead",
    "Seek",
    "AsyncRead",
    "AsyncWrite",
    "AsyncBufRead",
    "Serialize",
    "Deserialize",
    "DeserializeOwned",
    "Serializer",
    "Deserializer",
    "Any",
    "Executor",
    "SqliteExecutor",
    "PgExecutor",
    "Acquire",
    "ConnectionTrait",
    "TransactionTrait",
    "Connection",
    "AsyncConnection",
    "Database",
    "Encode",
    "Decode",
    "Type",
    "FromRow",
    "IntoResponse",
    "Service",
    "Layer",
    "Body",
    "Responder",
    "Drop",
    "Deref",
    "DerefMut",
    "Add",
    "Sub",
    "Mul",
    "Div",
    "Not",
    "Extend",
    "Index",
    "IndexMut",
    "Formatter",
    "RangeBounds",
    "Rng",
    "RngCore",
    "CryptoRng",
    "Digest",
    "GenericClient",
];

impl<'a> Program<'a> {
    /// What a function does with something callable that it is given.
    pub(crate) fn spawns(&mut self, function: FnId) -> Spawns {
        if let Some(known) = self.spawning.get(&function) {
            return *known;
        }
        let signature = self.signature(function);
        let mut found = self.runs_what_it_is_given(&signature);
        if found != Spawns::Nothing && !self.body_names(function, &["spawn", "spawn_local"]) {
            found = Spawns::Nothing;
        }
        self.spawning.insert(function, found);
        found
    }

    /// What it could do, by its head alone.
    pub(super) fn runs_what_it_is_given(&self, signature: &Signature) -> Spawns {
        let mut found = Spawns::Nothing;
        for bound in signature.bounds.values().flatten() {
            let Def::External(path) = bound.def else {
                continue;
            };
            let text = self.world.text(path);
            match text.rsplit("::").next() {
                Some("Fn" | "FnMut" | "AsyncFn" | "AsyncFnMut") => found = Spawns::Repeatedly,
                Some("FnOnce" | "AsyncFnOnce" | "Future") if found == Spawns::Nothing => {
                    found = Spawns::Once;
                }
                _ => {}
            }
        }
        found
    }

    /// Whether a body calls something by one of these names.
    pub(super) fn body_names(&self, function: FnId, names: &[&str]) -> bool {
        let Some(file) = self.world.fns.get(function.index()).map(|found| found.file) else {
            return false;
        };
        self.body_exprs(function).any(|expr| {
            let name = match &expr.kind {
                ExprKind::Path(path) => path.segments.last().map(|segment| segment.name),
                ExprKind::Method { name, .. } => Some(*name),
                _ => None,
            };
            name.is_some_and(|name| names.contains(&self.world.text(self.world.sym(file, name))))
        })
    }

    /// The signature, its parameters standing for themselves.
    pub(crate) fn signature(&mut self, function: FnId) -> Rc<Signature> {
        if let Some(found) = self.signatures.get(&function) {
            return Rc::clone(found);
        }
        let signature = Rc::new(self.read_signature(function));
        self.signatures.insert(function, Rc::clone(&signature));
        signature
    }

    pub(super) fn read_signature(&mut self, function: FnId) -> Signature {
        let mut signature = Signature {
            params: Vec::new(),
            returns: UNKNOWN,
            own: Vec::new(),
            telling: Vec::new(),
            bounds: BTreeMap::new(),
            texts: Vec::new(),
            self_ty: None,
        };
        let Some((file, scope, owner)) = self
            .world
            .fns
            .get(function.index())
            .map(|found| (found.file, found.scope, found.owner))
        else {
            return signature;
        };
        let Some(item) = self.fn_item(function) else {
            return signature;
        };
        let mut ctx = Ctx::at(scope, file);
        let mut generics: Vec<&'a Generics> = Vec::new();
        let self_sym = self.world.symbols.intern("Self");
        match owner {
            Owner::Free => {}
            Owner::Impl(id) => {
                ctx.subst = self.world.impl_ctx(id).subst;
                ctx.self_ty = Some(self.world.impl_type(id));
                let place = self
                    .world
                    .impls
                    .get(id.index())
                    .map(|found| (found.file, found.item));
                generics.extend(place.and_then(|(file, item)| self.world.generics(file, item)));
            }
            Owner::Trait(id) => {
                let place = self
                    .world
                    .traits
                    .get(id.index())
                    .map(|found| (found.file, found.item));
                let of = place.and_then(|(file, item)| self.world.generics(file, item));
                if let Some(of) = of {
                    self.world.params(of, &mut ctx);
                }
                generics.extend(of);
                ctx.self_ty = Some(self.world.ty(Type::Param(self_sym)));
                let bound = TraitRef {
                    def: Def::Trait(id),
                    args: Box::default(),
                    assoc: Box::default(),
                };
                signature.bounds.insert(self_sym, vec![bound]);
                signature.telling.push(self_sym);
            }
        }
        self.world.params(&item.generics, &mut ctx);
        signature.own = item
            .generics
            .params
            .iter()
            .map(|param| self.world.sym(file, param.name))
            .collect();
        generics.push(&item.generics);
        let names: Vec<Sym> = ctx.subst.iter().map(|(name, _)| *name).collect();
        for name in names {
            let bounds: Vec<TraitRef> = generics
                .iter()
                .flat_map(|generics| self.world.bounds_of(generics, name, &ctx))
                .collect();
            if bounds.iter().any(|bound| self.tells_apart(bound)) || bounds.is_empty() {
                signature.telling.push(name);
            }
            signature.bounds.insert(name, bounds);
        }
        for (index, param) in item.params.iter().enumerate() {
            let ty = match plain(&param.ty) {
                Ty::Impl(bounds) => {
                    // `impl Trait` is a parameter without a name.
                    let name = self.world.symbols.intern(&format!("impl {index}"));
                    let bounds = self.world.lower_bounds(bounds, &ctx, 0);
                    if bounds.iter().any(|bound| self.tells_apart(bound)) {
                        signature.telling.push(name);
                    }
                    signature.bounds.insert(name, bounds);
                    self.world.ty(Type::Param(name))
                }
                _ => self.world.lower(&param.ty, &ctx),
            };
            signature.params.push(ty);
        }
        self.text_params(function, file, item, &mut signature);
        signature.returns = match &item.returns {
            Some(returns) => self.world.lower(returns, &ctx),
            None => self.world.tuple(Vec::new()),
        };
        signature.self_ty = ctx.self_ty;
        signature
    }

    /// Finds the parameters that a `format!` puts into a statement as its table.
    pub(super) fn text_params(
        &mut self,
        function: FnId,
        file: FileIx,
        item: &FnItem,
        signature: &mut Signature,
    ) {
        let mut holes: Vec<String> = Vec::new();
        for expr in self.body_exprs(function) {
            if let ExprKind::Str { text, statements } = &expr.kind
                && statements.iter().any(Statement::has_hole)
            {
                holes.extend(sql::hole_names(text));
            }
        }
        if holes.is_empty() {
            return;
        }
        for (index, param) in item.params.iter().enumerate() {
            let Pat::Bind { name, .. } = &param.pat else {
                continue;
            };
            let name = self.world.text(self.world.sym(file, *name)).to_owned();
            if holes.contains(&name) || holes.iter().any(String::is_empty) {
                let key = self.world.symbols.intern(&format!("text {name}"));
                signature.telling.push(key);
                signature.texts.push((key, index));
            }
        }
    }

    /// A body's expressions, which stand side by side in the arena.
    pub(super) fn body_exprs(&self, function: FnId) -> impl Iterator<Item = &'a Expr> + use<'a> {
        let place = self.world.fns.get(function.index()).map(|found| found.file);
        let body = self.fn_item(function).and_then(|item| item.body);
        let tree = place.and_then(|file| self.world.tree(file));
        let all: &'a [Expr] = tree
            .zip(body)
            .and_then(|(tree, body)| tree.exprs().get(..=body.0 as usize))
            .unwrap_or_default();
        let start = all.last().map_or(0, |expr| expr.range.start);
        all.iter()
            .rev()
            .take_while(move |expr| expr.range.start >= start)
    }

    /// Whether a parameter with this bound can lead to different functions of these sources.
    pub(super) fn tells_apart(&self, bound: &TraitRef) -> bool {
        match bound.def {
            Def::Trait(_) => true,
            Def::External(path) => {
                let text = self.world.text(path);
                let last = last_of(text);
                !COMMON.contains(last)
            }
            _ => false,
        }
    }
}
