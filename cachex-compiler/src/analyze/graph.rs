//! Walks over the call graph. Keeps true: the same facts give the same paths; no recursion, whatever the depth.

use std::collections::{BTreeMap, HashSet};

use super::facts::{Call, Callee, Facts, Hop, InstanceId, SiteId};
use super::rust::Fold;

/// What one instance reaches, with a shortest path to each.
#[derive(Debug, Clone)]
pub struct Reach {
    start: InstanceId,
    /// Each reached instance, and the hop that first led to it; sorted. There is one of these for every root.
    came_by: Vec<(InstanceId, Option<Hop>)>,
}

impl Reach {
    /// Breadth first, so that paths are shortest; calls in source order, so that they are the same every time.
    pub(super) fn from(
        facts: &Facts,
        start: InstanceId,
        follow: impl Fn(InstanceId, &Call) -> bool,
    ) -> Self {
        let mut seen = HashSet::with_hasher(Fold::default());
        seen.insert(start);
        let mut came_by = vec![(start, None)];
        let mut next = 0;
        // What was reached is at once the queue of what is to be gone on from.
        while let Some(&(from, _)) = came_by.get(next) {
            next += 1;
            let calls = facts
                .instance(from)
                .map_or(&[][..], |instance| &instance.calls);
            for call in calls {
                let Callee::Instance(callee) = call.callee else {
                    continue;
                };
                if seen.contains(&callee) || !follow(from, call) {
                    continue;
                }
                seen.insert(callee);
                let hop = Hop {
                    caller: from,
                    callee,
                    place: call.place,
                    via: call.via,
                };
                came_by.push((callee, Some(hop)));
            }
        }
        came_by.sort_unstable_by_key(|(instance, _)| *instance);
        Self { start, came_by }
    }

    /// Where it began.
    pub fn start(&self) -> InstanceId {
        self.start
    }

    /// Every reached instance, the start included.
    pub fn instances(&self) -> impl Iterator<Item = InstanceId> + '_ {
        self.came_by.iter().map(|(instance, _)| *instance)
    }

    /// Whether an instance is reached.
    pub fn contains(&self, instance: InstanceId) -> bool {
        self.hop_to(instance).is_some()
    }

    fn hop_to(&self, instance: InstanceId) -> Option<&Option<Hop>> {
        let found = self
            .came_by
            .binary_search_by_key(&instance, |(known, _)| *known);
        found
            .ok()
            .and_then(|index| self.came_by.get(index))
            .map(|(_, hop)| hop)
    }

    /// The hops from the start to a reached instance; empty for the start itself and for what is not reached.
    pub fn path(&self, to: InstanceId) -> Vec<Hop> {
        let mut hops = Vec::new();
        let mut at = to;
        while let Some(Some(hop)) = self.hop_to(at) {
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

/// Walks over the graph that want no paths, one after the other: what was seen is marked, not collected anew.
pub(super) struct Walk<'f> {
    facts: &'f Facts,
    /// By the number of the instance: the last walk that came there.
    seen: Vec<u32>,
    round: u32,
    /// What this walk reached, in the order of reaching it.
    reached: Vec<InstanceId>,
}

impl<'f> Walk<'f> {
    pub(super) fn over(facts: &'f Facts) -> Self {
        Self {
            facts,
            seen: vec![0; facts.instances.len()],
            round: 0,
            reached: Vec::new(),
        }
    }

    /// Every instance reached over such calls, the start included.
    pub(super) fn from(
        &mut self,
        start: InstanceId,
        follow: fn(&Call) -> bool,
    ) -> impl Iterator<Item = InstanceId> + '_ {
        self.round = self.round.saturating_add(1);
        self.reached.clear();
        self.come_to(start);
        let mut next = 0;
        while let Some(&from) = self.reached.get(next) {
            next += 1;
            let calls = self.facts.instance(from).map(|instance| &instance.calls);
            for call in calls.into_iter().flatten() {
                if let Callee::Instance(callee) = call.callee
                    && follow(call)
                {
                    self.come_to(callee);
                }
            }
        }
        self.reached.iter().copied()
    }

    /// What the last walk reached.
    pub(super) fn reached(&self) -> &[InstanceId] {
        &self.reached
    }

    fn come_to(&mut self, instance: InstanceId) {
        if let Some(seen) = self.seen.get_mut(instance.0 as usize)
            && *seen != self.round
        {
            *seen = self.round;
            self.reached.push(instance);
        }
    }
}
