//! The route table while it is made: nodes of routers, and what answers on a path. The full paths are
//! [`routed`](super::routed)'s.

use std::collections::BTreeMap;

use super::program::{DraftCall, DraftId};
use super::world::{FileIx, FnId, u32_of};
use crate::analyze::facts::RootKind;
use crate::analyze::rust::tree::Range;

/// How a router's node came to be.
pub(crate) enum Step {
    Empty,
    /// `web::scope("/p")`.
    Prefix(String),
    Route(String, u32),
    Nest(String, u32),
    /// What a function adds: `configure(f)`, `service(f)`.
    Function(String, FnId),
    Layer(Vec<DraftCall>),
}

pub(super) struct Node {
    pub(super) below: Vec<u32>,
    pub(super) step: Step,
}

/// One handler on a path.
#[derive(Clone)]
pub(crate) struct Answer {
    pub method: String,
    pub handler: DraftId,
    pub file: FileIx,
    pub range: Range,
}

pub(super) struct Methods {
    pub(super) kind: RootKind,
    pub(super) verb: String,
    pub(super) answers: Vec<Answer>,
    pub(super) layers: Vec<DraftCall>,
}

#[derive(Default)]
pub(crate) struct Routes {
    pub(super) nodes: Vec<Node>,
    pub(super) methods: Vec<Methods>,
    /// The router a function gives back, and those it adds to a configuration.
    pub(super) returned: BTreeMap<FnId, u32>,
    pub(super) configured: BTreeMap<FnId, Vec<u32>>,
    /// Routers of functions that were used before their body was seen.
    awaited: BTreeMap<u32, FnId>,
    jobs: Vec<(DraftId, FileIx, Range)>,
    /// What runs around a handler, and is its own alone.
    wrappings: Vec<(DraftId, Vec<DraftCall>)>,
    /// How often something was added: whoever adds to it makes facts of others.
    pub additions: u32,
}

impl Routes {
    pub(crate) fn node(&mut self, below: Vec<u32>, step: Step) -> u32 {
        self.additions += 1;
        let id = u32_of(self.nodes.len());
        self.nodes.push(Node { below, step });
        id
    }

    pub(crate) fn merge(&mut self, one: u32, other: u32) -> u32 {
        self.node(vec![one, other], Step::Empty)
    }

    pub(crate) fn methods(&mut self, verb: String, kind: RootKind) -> u32 {
        self.additions += 1;
        let id = u32_of(self.methods.len());
        self.methods.push(Methods {
            kind,
            verb,
            answers: Vec::new(),
            layers: Vec::new(),
        });
        id
    }

    pub(crate) fn verb(&self, methods: u32) -> String {
        self.methods
            .get(methods as usize)
            .map_or_else(|| "ANY".to_owned(), |methods| methods.verb.clone())
    }

    pub(crate) fn answer(&mut self, methods: u32, answer: Answer) {
        self.additions += 1;
        if let Some(methods) = self.methods.get_mut(methods as usize) {
            methods.answers.push(answer);
        }
    }

    pub(crate) fn join_methods(&mut self, methods: u32, other: u32) {
        self.additions += 1;
        let answers = self
            .methods
            .get(other as usize)
            .map(|other| other.answers.clone())
            .unwrap_or_default();
        if let Some(methods) = self.methods.get_mut(methods as usize) {
            methods.answers.extend(answers);
        }
    }

    pub(crate) fn layer_methods(&mut self, methods: u32, calls: Vec<DraftCall>) {
        self.additions += 1;
        if let Some(methods) = self.methods.get_mut(methods as usize) {
            methods.layers.extend(calls);
        }
    }

    pub(crate) fn returned(&mut self, function: FnId, node: u32) {
        self.additions += 1;
        self.returned.entry(function).or_insert(node);
    }

    pub(crate) fn configured(&mut self, function: FnId, node: u32) {
        self.additions += 1;
        let nodes = self.configured.entry(function).or_default();
        if !nodes.contains(&node) {
            nodes.push(node);
        }
    }

    /// The node that stands for a function's router, seen or not yet.
    pub(crate) fn of_function(&mut self, function: FnId) -> u32 {
        let node = self.node(Vec::new(), Step::Function(String::new(), function));
        self.awaited.insert(node, function);
        node
    }

    pub(crate) fn job(&mut self, draft: DraftId, file: FileIx, at: Range) {
        self.additions += 1;
        self.jobs.push((draft, file, at));
    }

    pub(crate) fn wrap(&mut self, handler: DraftId, calls: Vec<DraftCall>) {
        self.additions += 1;
        self.wrappings.push((handler, calls));
    }

    pub(crate) fn take_wrappings(&mut self) -> Vec<(DraftId, Vec<DraftCall>)> {
        std::mem::take(&mut self.wrappings)
    }

    pub(crate) fn take_jobs(&mut self) -> Vec<(DraftId, FileIx, Range)> {
        std::mem::take(&mut self.jobs)
    }
}
