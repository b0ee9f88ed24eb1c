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

/// One for each place a unit of work begins at; routes of one function with equal layers share theirs.
pub(super) fn entries(facts: &Facts, schema: &Schema) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut known: BTreeMap<(InstanceId, Vec<String>), usize> = BTreeMap::new();
    for (id, root) in (0..).map(RootId).zip(&facts.roots) {
        let layers = declared::by_layers(schema, &root.layers);
        let key = (
            root.instance,
            layers.iter().map(|layer| layer.text.clone()).collect(),
        );
        if let Some(entry) = known.get(&key).and_then(|index| entries.get_mut(*index)) {
            entry.roots.push(id);
            continue;
        }
        known.insert(key, entries.len());
        entries.push(Entry {
            roots: vec![id],
            spawned: Vec::new(),
            layers,
            reach: within_unit(facts, root.instance),
            writes: Vec::new(),
        });
    }
    let taken = known.into_keys().map(|(instance, _)| instance);
    with_tasks(facts, entries, taken.collect())
}

/// Adds the tasks that entries spawn, each once, with the first root that leads to it.
fn with_tasks(
    facts: &Facts,
    mut entries: Vec<Entry>,
    mut taken: BTreeSet<InstanceId>,
) -> Vec<Entry> {
    let mut open: VecDeque<usize> = (0..entries.len()).collect();
    while let Some(index) = open.pop_front() {
        let Some(entry) = entries.get(index) else {
            continue;
        };
        let (roots, hops) = (entry.roots.clone(), spawns(facts, entry));
        for spawned in hops {
            let Some(task) = spawned
                .last()
                .map(|hop| hop.callee)
                .filter(|task| taken.insert(*task))
            else {
                continue;
            };
            open.push_back(entries.len());
            entries.push(Entry {
                roots: roots.clone(),
                spawned,
                layers: Vec::new(),
                reach: within_unit(facts, task),
                writes: Vec::new(),
            });
        }
    }
    entries
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
