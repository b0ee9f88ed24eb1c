//! The graph while it is made: instances with their calls and statements, in the order they are found.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;
use std::sync::LazyLock;

use super::routes::Routes;
use super::symbols::Sym;
use super::types::{Ctx, Subst, TraitRef, TyId, Type, UNKNOWN};
use super::world::{Def, FileIx, FnId, Map, Owner, World, u32_of};
use crate::analyze::facts::{ArgumentKind, Form, Part, Resolution, UnknownKind, Via};
use crate::analyze::rust::Fold;
use crate::analyze::rust::tree::{Expr, ExprKind, FnItem, Generics, ItemKind, Pat, Range, Ty};
use crate::analyze::sql::{self, Statement};
use crate::analyze::workspace::Options;

/// Index of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct DraftId(pub u32);

/// An instance in the making.
pub(crate) struct Draft {
    pub function: FnId,
    pub part: Part,
    pub subst: Subst,
    pub self_ty: Option<TyId>,
    pub calls: Vec<DraftCall>,
    pub sites: Vec<u32>,
}

pub(crate) struct DraftCall {
    pub file: FileIx,
    pub range: Range,
    pub target: Target,
    pub arguments: Vec<(String, Range, ArgumentKind)>,
    pub via: Via,
    pub how: Resolution,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    Draft(DraftId),
    Path(String),
    Method {
        receiver: String,
        name: String,
    },
    Unknown(String),
    Schema {
        module: String,
        path: String,
        chain: Vec<String>,
    },
}

/// A statement found in a function.
pub(crate) struct DraftSite {
    pub function: FnId,
    pub file: FileIx,
    pub range: Range,
    pub form: Form,
    pub statement: Statement,
}

pub(crate) struct DraftUnknown {
    pub function: Option<FnId>,
    pub file: FileIx,
    pub at: Range,
    pub reason: String,
    pub kind: UnknownKind,
}

/// Whether a function runs what it is given in a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spawns {
    Nothing,
    /// A task.
    Once,
    /// A job, which runs again and again.
    Repeatedly,
}

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

pub(crate) struct Program<'a> {
    pub world: World<'a>,
    pub options: &'a Options,
    pub drafts: Vec<Draft>,
    pub sites: Vec<DraftSite>,
    pub unknowns: Vec<DraftUnknown>,
    pub routes: Routes,
    known: Map<(FnId, Vec<(Sym, TyId)>), DraftId>,
    count: Map<FnId, u32>,
    queue: std::collections::VecDeque<DraftId>,
    signatures: Map<FnId, Rc<Signature>>,
    spawning: Map<FnId, Spawns>,
    site_index: Map<(FnId, FileIx, u32, u32, String), u32>,
    /// The type of a function's value where its signature hides it (`impl Trait`, routers).
    pub bodies: Map<FnId, TyId>,
    /// Constants being looked at, against circles.
    pub open_consts: Vec<super::world::ConstId>,
    pub open_macros: Vec<super::world::MacroId>,
}

/// How many instances one function may have before further types are no longer told apart.
const MOST_INSTANCES: u32 = 96;

impl<'a> Program<'a> {
    pub(crate) fn new(world: World<'a>, options: &'a Options) -> Self {
        Self {
            world,
            options,
            drafts: Vec::new(),
            sites: Vec::new(),
            unknowns: Vec::new(),
            routes: Routes::default(),
            known: Map::default(),
            count: Map::default(),
            queue: std::collections::VecDeque::new(),
            signatures: Map::default(),
            spawning: Map::default(),
            site_index: Map::default(),
            bodies: Map::default(),
            open_consts: Vec::new(),
            open_macros: Vec::new(),
        }
    }

    /// Looks at every body: first what needs no types from outside, then what callers ask for, then what nobody does.
    pub(crate) fn run(&mut self) {
        let all: Vec<FnId> = (0..self.world.fns.len())
            .map(|index| FnId(u32_of(index)))
            .filter(|id| self.world.has_body(*id))
            .collect();
        for id in &all {
            if self.signature(*id).telling.is_empty() {
                self.instance(*id, &Subst::new(), None);
            }
        }
        self.drain();
        for id in &all {
            if !self.count.contains_key(id) {
                self.instance(*id, &Subst::new(), None);
                self.drain();
            }
        }
    }

    /// What a function does with something callable that it is given.
    pub(crate) fn spawns(&mut self, function: FnId) -> Spawns {
        if let Some(known) = self.spawning.get(&function) {
            return *known;
        }
        let signature = self.signature(function);
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
        if found != Spawns::Nothing && !self.body_names(function, &["spawn", "spawn_local"]) {
            found = Spawns::Nothing;
        }
        self.spawning.insert(function, found);
        found
    }

    /// Whether a body calls something by one of these names.
    fn body_names(&self, function: FnId, names: &[&str]) -> bool {
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

    /// The node of the router that a function gives, if its signature says it gives one.
    pub(crate) fn router_of(&mut self, function: FnId) -> Option<u32> {
        let returns = self.signature(function).returns;
        let name = self.world.external_name(returns)?.0;
        let router =
            name.ends_with("Router") && name != "MethodRouter" || matches!(name, "Scope" | "App");
        router.then(|| self.routes.of_function(function))
    }

    pub(crate) fn drain(&mut self) {
        while let Some(draft) = self.queue.pop_front() {
            super::body::look_at(self, draft);
        }
    }

    /// The node for a function with certain types.
    pub(crate) fn instance(
        &mut self,
        function: FnId,
        subst: &Subst,
        self_ty: Option<TyId>,
    ) -> DraftId {
        let signature = self.signature(function);
        let self_sym = self.world.symbols.intern("Self");
        let crowded = self
            .count
            .get(&function)
            .is_some_and(|count| *count >= MOST_INSTANCES);
        let mut key: Subst = Vec::new();
        for name in signature.telling.iter().filter(|_| !crowded) {
            let ty = if *name == self_sym {
                self_ty
            } else {
                subst
                    .iter()
                    .find(|(known, _)| known == name)
                    .map(|(_, ty)| *ty)
            };
            match ty {
                Some(ty) if ty != UNKNOWN && !matches!(self.world.type_of(ty), Type::Param(_)) => {
                    key.push((*name, ty));
                }
                _ => {}
            }
        }
        if let Some(found) = self.known.get(&(function, key.clone())) {
            return *found;
        }
        let id = DraftId(u32_of(self.drafts.len()));
        let concrete = key
            .iter()
            .find(|(name, _)| *name == self_sym)
            .map(|(_, ty)| *ty);
        self.drafts.push(Draft {
            function,
            part: Part::Whole,
            subst: key.clone(),
            self_ty: concrete.or(signature.self_ty),
            calls: Vec::new(),
            sites: Vec::new(),
        });
        self.known.insert((function, key), id);
        *self.count.entry(function).or_default() += 1;
        self.queue.push_back(id);
        id
    }

    pub(crate) fn part(&mut self, of: DraftId, part: Part) -> DraftId {
        let id = DraftId(u32_of(self.drafts.len()));
        let Some(found) = self.drafts.get(of.0 as usize) else {
            return of;
        };
        let draft = Draft {
            function: found.function,
            part,
            subst: found.subst.clone(),
            self_ty: found.self_ty,
            calls: Vec::new(),
            sites: Vec::new(),
        };
        self.drafts.push(draft);
        id
    }

    pub(crate) fn fn_item(&self, function: FnId) -> Option<&'a FnItem> {
        let found = self.world.fns.get(function.index())?;
        match &self.world.item(found.file, found.item)?.kind {
            ItemKind::Fn(item) => Some(item),
            _ => None,
        }
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

    fn read_signature(&mut self, function: FnId) -> Signature {
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
    fn text_params(
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
    fn body_exprs(&self, function: FnId) -> impl Iterator<Item = &'a Expr> + use<'a> {
        let place = self.world.fns.get(function.index()).map(|found| found.file);
        let body = self.fn_item(function).and_then(|item| item.body);
        let tree = place
            .and_then(|file| self.world.files.get(file.index()))
            .map(|file| file.tree);
        let all: &'a [Expr] = tree
            .zip(body)
            .and_then(|(tree, body)| tree.exprs.get(..=body.0 as usize))
            .unwrap_or_default();
        let start = all.last().map_or(0, |expr| expr.range.start);
        all.iter()
            .rev()
            .take_while(move |expr| expr.range.start >= start)
    }

    /// Whether a parameter with this bound can lead to different functions of these sources.
    fn tells_apart(&self, bound: &TraitRef) -> bool {
        match bound.def {
            Def::Trait(_) => true,
            Def::External(path) => {
                let text = self.world.text(path);
                let last = text.rsplit("::").next().unwrap_or(text);
                !COMMON.contains(last)
            }
            _ => false,
        }
    }

    /// Keeps a statement of a function, once for each place and table.
    pub(crate) fn site(&mut self, site: DraftSite) -> u32 {
        let key = (
            site.function,
            site.file,
            site.range.start,
            site.range.end,
            format!("{:?} {}", site.statement.operation, site.statement.table),
        );
        if let Some(found) = self.site_index.get(&key) {
            return *found;
        }
        let id = u32_of(self.sites.len());
        self.sites.push(site);
        self.site_index.insert(key, id);
        id
    }
}

/// Without references.
fn plain(ty: &Ty) -> &Ty {
    let mut at = ty;
    while let Ty::Ref(inner) = at {
        at = inner;
    }
    at
}

/// Traits of the standard library and of drivers: whichever type stands there, the same functions run.
static COMMON: LazyLock<Words> = LazyLock::new(|| COMMON_TRAITS.iter().copied().collect());

/// Words to be told from others.
pub(super) type Words = HashSet<&'static str, Fold>;

const COMMON_TRAITS: &[&str] = &[
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
