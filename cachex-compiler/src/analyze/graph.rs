//! Walks over the call graph. Keeps true: the same facts give the same paths; no recursion, whatever the depth.

use std::collections::{BTreeMap, VecDeque};

use super::facts::{Call, Callee, Facts, Hop, InstanceId, SiteId};

/// What one instance reaches, with a shortest path to each.
#[derive(Debug, Clone)]
pub struct Reach {
    start: InstanceId,
    /// Each reached instance, and the hop that first led to it.
    came_by: BTreeMap<InstanceId, Option<Hop>>,
}

impl Reach {
    /// Breadth first, so that paths are shortest; calls in source order, so that they are the same every time.
    pub(super) fn from(
        facts: &Facts,
        start: InstanceId,
        follow: impl Fn(InstanceId, &Call) -> bool,
    ) -> Self {
        let mut came_by = BTreeMap::from([(start, None)]);
        let mut queue = VecDeque::from([start]);
        while let Some(caller) = queue.pop_front() {
            let calls = facts
                .instance(caller)
                .map_or(&[][..], |instance| &instance.calls);
            for call in calls {
                let Callee::Instance(callee) = call.callee else {
                    continue;
                };
                if came_by.contains_key(&callee) || !follow(caller, call) {
                    continue;
                }
                came_by.insert(
                    callee,
                    Some(Hop {
                        caller,
                        callee,
                        place: call.place,
                        via: call.via,
                    }),
                );
                queue.push_back(callee);
            }
        }
        Self { start, came_by }
    }

    /// Where it began.
    pub fn start(&self) -> InstanceId {
        self.start
    }

    /// Every reached instance, the start included.
    pub fn instances(&self) -> impl Iterator<Item = InstanceId> + '_ {
        self.came_by.keys().copied()
    }

    /// Whether an instance is reached.
    pub fn contains(&self, instance: InstanceId) -> bool {
        self.came_by.contains_key(&instance)
    }

    /// The hops from the start to a reached instance; empty for the start itself and for what is not reached.
    pub fn path(&self, to: InstanceId) -> Vec<Hop> {
        let mut hops = Vec::new();
        let mut at = to;
        while let Some(Some(hop)) = self.came_by.get(&at) {
            at = hop.caller;
            hops.push(hop.clone());
        }
        hops.reverse();
        hops
    }

    /// Every statement reached, each with the first instance that holds it.
    pub fn sites(&self, facts: &Facts) -> BTreeMap<SiteId, InstanceId> {
        let mut found = BTreeMap::new();
        for instance in self.instances() {
            for site in facts
                .instance(instance)
                .map_or(&[][..], |instance| &instance.sites)
            {
                found.entry(*site).or_insert(instance);
            }
        }
        found
    }
}
