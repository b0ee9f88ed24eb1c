//! Where a unit of work may begin: the roots, and the tasks they spawn.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::Write;
use super::declared::{self, Declaration};
use crate::analyze::{Callee, Facts, Hop, InstanceId, Reach, RootId, RootKind, SiteId, Via};
use crate::model::Schema;

/// Where a path begins that coverage follows.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The roots it is, or that spawn it: one function may answer several routes.
    pub(crate) roots: Vec<RootId>,
    /// For a spawned task: from the root to the spawn, that one included. Empty for a root.
    pub(crate) spawned: Vec<Hop>,
    /// What the layers of its route declare.
    pub(crate) layers: Vec<Declaration>,
    /// What it reaches without leaving its unit of work.
    pub(crate) reach: Reach,
    /// The writes of entities among that, by statement.
    pub(crate) writes: Vec<(SiteId, Write)>,
}

impl Entry {
    /// Where it begins in the call graph.
    pub(crate) fn instance(&self) -> InstanceId {
        self.reach.start()
    }

    /// Whether it answers requests.
    pub(crate) fn is_handler(&self, facts: &Facts) -> bool {
        let kind = |root: &RootId| facts.roots.get(root.0 as usize).map(|root| root.kind);
        self.spawned.is_empty() && self.roots.iter().filter_map(kind).any(RootKind::is_handler)
    }
}

/// One for each place a unit of work begins at; routes of one function with equal layers share theirs. A task that a
/// handler spawns is told with the handler; any other task is a root by itself.
pub(super) fn entries(facts: &Facts, schema: &Schema) -> Vec<Entry> {
    let mut entries = Entries::default();
    let is_task = |id: RootId| {
        let root = facts.roots.get(id.0 as usize);
        root.is_some_and(|root| root.kind == RootKind::Task)
    };
    let ids = || (0..).map(RootId).take(facts.roots.len());
    for id in ids().filter(|id| !is_task(*id)) {
        entries.root(facts, schema, id);
    }
    let handlers = (0..entries.all.len()).filter(|index| {
        let entry = entries.all.get(*index);
        entry.is_some_and(|entry| entry.is_handler(facts))
    });
    entries.tasks(facts, handlers.collect());
    for id in ids().filter(|id| is_task(*id)) {
        entries.root(facts, schema, id);
    }
    entries.tasks(facts, (0..entries.all.len()).collect());
    entries.all
}

#[derive(Default)]
struct Entries {
    all: Vec<Entry>,
    /// By where they begin and what their layers declare.
    known: BTreeMap<(InstanceId, Vec<String>), usize>,
    taken: BTreeSet<InstanceId>,
}

impl Entries {
    fn root(&mut self, facts: &Facts, schema: &Schema, id: RootId) {
        let Some(root) = facts.roots.get(id.0 as usize) else {
            return;
        };
        let layers = declared::by_layers(schema, &root.layers);
        let texts = layers.iter().map(|layer| layer.text.clone()).collect();
        let key = (root.instance, texts);
        if let Some(entry) = self
            .known
            .get(&key)
            .and_then(|index| self.all.get_mut(*index))
        {
            entry.roots.push(id);
            return;
        }
        if root.kind == RootKind::Task && !self.taken.insert(root.instance) {
            return;
        }
        self.taken.insert(root.instance);
        self.known.insert(key, self.all.len());
        self.all.push(Entry {
            roots: vec![id],
            spawned: Vec::new(),
            layers,
            reach: within_unit(facts, root.instance),
            writes: Vec::new(),
        });
    }

    /// Adds the tasks that entries spawn, each once, with the first root that leads to it.
    fn tasks(&mut self, facts: &Facts, mut open: VecDeque<usize>) {
        while let Some(entry) = open.pop_front().and_then(|index| self.all.get(index)) {
            let (roots, spawned) = (entry.roots.clone(), spawns(facts, entry));
            for spawned in spawned {
                let Some(task) = spawned.last().map(|hop| hop.callee) else {
                    continue;
                };
                if !self.taken.insert(task) {
                    continue;
                }
                open.push_back(self.all.len());
                self.all.push(Entry {
                    roots: roots.clone(),
                    spawned,
                    layers: Vec::new(),
                    reach: within_unit(facts, task),
                    writes: Vec::new(),
                });
            }
        }
    }
}

/// The ways from an entry's root to each task it spawns.
fn spawns(facts: &Facts, entry: &Entry) -> Vec<Vec<Hop>> {
    let mut found = Vec::new();
    for caller in entry.reach.instances() {
        let calls = facts
            .instance(caller)
            .map_or(&[][..], |instance| &instance.calls);
        for call in calls.iter().filter(|call| call.via == Via::Spawn) {
            if let Callee::Instance(callee) = call.callee {
                let mut way = entry.spawned.clone();
                way.extend(entry.reach.path(caller));
                way.push(Hop {
                    caller,
                    callee,
                    place: call.place,
                    via: call.via,
                });
                found.push(way);
            }
        }
    }
    found
}

/// What is reached without leaving the unit of work.
pub(super) fn within_unit(facts: &Facts, from: InstanceId) -> Reach {
    facts.reach(from, |_, call| call.via == Via::Call)
}
