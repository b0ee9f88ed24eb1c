//! The graph while it is made: instances with their calls and statements, in the order they are found.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::routes::Routes;
use super::signature::Signature;
use super::symbols::Sym;
use super::types::{Subst, TyId, Type, UNKNOWN};
use super::world::{FileIx, FnId, Map, World, u32_of};
use crate::analyze::facts::{ArgumentKind, Form, Part, Resolution, UnknownKind, Via};
use crate::analyze::rust::tree::{FnItem, Item, ItemKind, Range};
use crate::analyze::sql::Statement;
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

#[derive(Clone)]
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

pub(crate) struct Program<'a> {
    pub world: World<'a>,
    pub options: &'a Options,
    pub drafts: Vec<Draft>,
    pub sites: Vec<DraftSite>,
    pub unknowns: Vec<DraftUnknown>,
    pub routes: Routes,
    pub(super) known: Map<(FnId, Vec<(Sym, TyId)>), DraftId>,
    pub(super) count: Map<FnId, u32>,
    pub(super) queue: std::collections::VecDeque<DraftId>,
    pub(super) signatures: Map<FnId, Rc<Signature>>,
    pub(super) spawning: Map<FnId, Spawns>,
    pub(super) site_index: Map<(FnId, FileIx, u32, u32, String), u32>,
    /// The type of a function's value where its signature hides it (`impl Trait`, routers).
    pub bodies: Map<FnId, TyId>,
    /// Functions whose type was asked for there, in the walk at hand.
    pub asked: Vec<FnId>,
    /// Functions whose bodies others' facts are read off: see [`Function::tells`](crate::analyze::Function::tells).
    pub telling: BTreeSet<FnId>,
    /// Constants being looked at, against circles.
    pub open_consts: Vec<super::world::ConstId>,
    pub open_macros: Vec<super::world::MacroId>,
}

/// How many instances one function may have before further types are no longer told apart.
pub(super) const MOST_INSTANCES: u32 = 96;

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
            asked: Vec::new(),
            telling: BTreeSet::new(),
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
        match &self.item_of(function)?.kind {
            ItemKind::Fn(item) => Some(item),
            _ => None,
        }
    }

    pub(crate) fn item_of(&self, function: FnId) -> Option<&'a Item> {
        let found = self.world.fns.get(function.index())?;
        self.world.item(found.file, found.item)
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
