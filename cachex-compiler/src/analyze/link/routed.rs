//! The full paths of a route table: which handler answers where, behind which layers.

use std::collections::{BTreeMap, BTreeSet};

use super::program::DraftCall;
use super::routes::{Answer, Routes, Step};
use super::world::{FnId, u32_of};
use crate::analyze::facts::RootKind;

/// A handler with its full path.
pub(crate) struct Routed<'a> {
    pub kind: RootKind,
    pub method: &'a str,
    pub path: String,
    pub answer: &'a Answer,
    pub layers: Vec<&'a DraftCall>,
    /// Whether a path was given at all; a function's attribute may give one.
    pub bare: bool,
}

/// How deep routers may nest: a router of itself ends here.
const DEPTH: usize = 24;

impl Routes {
    /// Every handler with every full path it is mounted under, in a stable order.
    pub(crate) fn all(&self) -> Vec<Routed<'_>> {
        let mut used: BTreeSet<u32> = BTreeSet::new();
        let mut used_functions: BTreeSet<FnId> = BTreeSet::new();
        for node in &self.nodes {
            used.extend(&node.below);
            match &node.step {
                Step::Nest(_, other) => {
                    used.insert(*other);
                }
                Step::Function(_, function) => {
                    used_functions.insert(*function);
                }
                _ => {}
            }
        }
        for function in &used_functions {
            used.extend(self.given_by(*function));
        }
        let mut found = Vec::new();
        for index in 0..self.nodes.len() {
            let node = u32_of(index);
            if !used.contains(&node) {
                self.walk(node, "", &mut Vec::new(), &mut Vec::new(), &mut found);
            }
        }
        self.loose(&mut found);
        found
    }

    fn given_by(&self, function: FnId) -> Vec<u32> {
        let mut nodes: Vec<u32> = self.returned.get(&function).copied().into_iter().collect();
        nodes.extend(self.configured.get(&function).into_iter().flatten());
        nodes
    }

    /// What answers, but stands on no router that was understood.
    fn loose<'r>(&'r self, found: &mut Vec<Routed<'r>>) {
        let placed: BTreeSet<u32> = self
            .nodes
            .iter()
            .filter_map(|node| {
                if let Step::Route(_, methods) = &node.step {
                    Some(*methods)
                } else {
                    None
                }
            })
            .collect();
        for (index, methods) in self.methods.iter().enumerate() {
            if !placed.contains(&u32_of(index)) {
                for answer in &methods.answers {
                    let layers = methods.layers.iter().collect();
                    found.push(Routed {
                        kind: methods.kind,
                        method: &answer.method,
                        path: String::new(),
                        answer,
                        layers,
                        bare: true,
                    });
                }
            }
        }
    }

    /// A chain of nodes is gone down in a loop; nesting costs stack and is bounded.
    fn walk<'r>(
        &'r self,
        from: u32,
        prefix: &str,
        layers: &mut Vec<&'r DraftCall>,
        open: &mut Vec<u32>,
        found: &mut Vec<Routed<'r>>,
    ) {
        if open.len() > DEPTH || open.contains(&from) {
            return;
        }
        open.push(from);
        let depth = layers.len();
        let mut chain = vec![from];
        let mut prefix = prefix.to_owned();
        // A scope's prefix stands at the chain's beginning, and holds for all of it.
        let mut at = from;
        while let Some(node) = self.nodes.get(at as usize) {
            if let Step::Prefix(own) = &node.step {
                prefix = joined(&prefix, own);
            }
            match node.below.as_slice() {
                [only] if chain.len() <= self.nodes.len() => {
                    chain.push(*only);
                    at = *only;
                }
                [first, rest @ ..] => {
                    for other in rest.iter().chain([first]) {
                        self.walk(*other, &prefix, layers, open, found);
                    }
                    break;
                }
                [] => break,
            }
        }
        for id in chain {
            let Some(node) = self.nodes.get(id as usize) else {
                continue;
            };
            match &node.step {
                Step::Layer(calls) => layers.extend(calls),
                Step::Route(path, methods) => self.routed(
                    &joined(&prefix, path),
                    path.is_empty(),
                    *methods,
                    layers,
                    found,
                ),
                Step::Nest(path, other) => {
                    self.walk(*other, &joined(&prefix, path), layers, open, found);
                }
                Step::Function(path, function) => {
                    for other in self.given_by(*function) {
                        self.walk(other, &joined(&prefix, path), layers, open, found);
                    }
                }
                Step::Empty | Step::Prefix(_) => {}
            }
        }
        layers.truncate(depth);
        open.pop();
    }

    fn routed<'r>(
        &'r self,
        path: &str,
        bare: bool,
        methods: u32,
        layers: &[&'r DraftCall],
        found: &mut Vec<Routed<'r>>,
    ) {
        let Some(methods) = self.methods.get(methods as usize) else {
            return;
        };
        for answer in &methods.answers {
            let layers = layers.iter().copied().chain(&methods.layers).collect();
            found.push(Routed {
                kind: methods.kind,
                method: &answer.method,
                path: path.to_owned(),
                answer,
                layers,
                bare,
            });
        }
    }

    /// The prefixes a function's attribute route is mounted under, by `service(f)`.
    pub(crate) fn prefixes(&self) -> BTreeMap<FnId, BTreeSet<String>> {
        let mut found: BTreeMap<FnId, BTreeSet<String>> = BTreeMap::new();
        let mut used: BTreeSet<u32> = BTreeSet::new();
        let mut given: BTreeSet<u32> = BTreeSet::new();
        for node in &self.nodes {
            used.extend(&node.below);
            match &node.step {
                Step::Nest(_, other) => {
                    used.insert(*other);
                }
                Step::Function(_, function) => given.extend(self.given_by(*function)),
                _ => {}
            }
        }
        used.extend(given);
        for index in 0..self.nodes.len() {
            let node = u32_of(index);
            if !used.contains(&node) {
                self.mounted(node, "", &mut Vec::new(), &mut found);
            }
        }
        found
    }

    fn mounted(
        &self,
        from: u32,
        prefix: &str,
        open: &mut Vec<u32>,
        found: &mut BTreeMap<FnId, BTreeSet<String>>,
    ) {
        if open.len() > DEPTH || open.contains(&from) {
            return;
        }
        open.push(from);
        let mut chain = Vec::new();
        let mut prefix = prefix.to_owned();
        let mut next = vec![from];
        while let Some(id) = next.pop() {
            let Some(node) = self.nodes.get(id as usize) else {
                continue;
            };
            if let Step::Prefix(own) = &node.step {
                prefix = joined(&prefix, own);
            }
            chain.push(id);
            if chain.len() <= self.nodes.len() {
                next.extend(&node.below);
            }
        }
        for id in chain {
            match self.nodes.get(id as usize).map(|node| &node.step) {
                Some(Step::Nest(path, other)) => {
                    self.mounted(*other, &joined(&prefix, path), open, found);
                }
                Some(Step::Function(path, function)) => {
                    let path = joined(&prefix, path);
                    found.entry(*function).or_default().insert(path.clone());
                    for other in self.given_by(*function) {
                        self.mounted(other, &path, open, found);
                    }
                }
                _ => {}
            }
        }
        open.pop();
    }
}

/// A path as it is asked for: that of the root is a slash.
pub(super) fn whole(path: &str) -> &str {
    if path.is_empty() { "/" } else { path }
}

/// Two parts of a path with one slash between.
pub(super) fn joined(prefix: &str, path: &str) -> String {
    match (prefix.trim_end_matches('/'), path.trim_start_matches('/')) {
        ("", "") => String::new(),
        (prefix, "") => prefix.to_owned(),
        ("", path) => format!("/{path}"),
        (prefix, path) => {
            let slash = if prefix.starts_with('/') { "" } else { "/" };
            format!("{slash}{prefix}/{path}")
        }
    }
}
