//! Everything a change clears: from the rules that name its entity, through `touches`, down the caches built from
//! caches. Cut as it goes: what another step clears already is not followed.
//!
//! `allow_stale` takes nothing away here: it accepts that a cache has no rule for a change (which `check` would
//! report), it doesn't undo the rules the cache has.

use std::collections::BTreeMap;

use super::Step;
use super::met::Met;
use super::origin::{Origin, derived};
use super::rules::Rules;
use super::step::{cascade, from_when};
use crate::model::{Action, EntityId};

/// Steps of one cache for one change. A lattice of caches that permute their dimensions reaches a number of different
/// steps exponential in its depth; beyond this many they are folded into wider ones, which is never stale.
const STEPS: usize = 64;

/// A step, and the changes that take it. Its own mask is set when the actions part.
#[derive(Debug, Clone)]
struct Reached {
    step: Step,
    met: Met,
}

/// The steps of each action, by [`Action::ALL`], upstream caches first.
pub(super) fn steps(rules: &Rules<'_>, entity: EntityId) -> [Vec<Step>; 3] {
    let mut steps = [const { Vec::new() }; 3];
    for found in reached(rules, entity) {
        for (action, steps) in Action::ALL.into_iter().zip(&mut steps) {
            steps.extend(of_action(&found, action));
        }
    }
    steps
}

/// By cache, in the plan's order.
fn reached(rules: &Rules<'_>, entity: EntityId) -> Vec<Vec<Reached>> {
    let written = rules.entity(entity);
    let mut waiting: BTreeMap<usize, Vec<Reached>> = BTreeMap::new();
    for seed in seeds(rules, entity) {
        let position = rules.position(seed.step.cache);
        admit(waiting.entry(position).or_default(), seed);
    }
    let mut reached = Vec::new();
    while let Some((position, found)) = waiting.pop_first() {
        for Reached { step, met } in &found {
            for dependent in rules.dependents(step.cache) {
                let below = rules.position(dependent.cache);
                // A valid schema has no way back; without this guard an invalid one would never end.
                if below > position
                    && let Some(step) = cascade(rules, written, step, *dependent)
                {
                    admit(
                        waiting.entry(below).or_default(),
                        Reached { step, met: *met },
                    );
                }
            }
        }
        reached.push(found);
    }
    reached
}

/// The written entity's own rules, then those of what counts as updated with it.
fn seeds(rules: &Rules<'_>, entity: EntityId) -> Vec<Reached> {
    let written = rules.entity(entity);
    let mut origins = vec![Origin::written(entity)];
    origins.extend(derived(rules, entity));
    let mut seeds = Vec::new();
    for origin in &origins {
        for listener in rules.listeners(origin.entity) {
            if let Some(met) = Met::by(listener.when, origin) {
                let step = from_when(rules, written, *listener, origin);
                seeds.push(Reached { step, met });
            }
        }
    }
    seeds
}

/// One cache's steps for one action: a step of all actions may be superfluous beside one of this action alone.
fn of_action(found: &[Reached], action: Action) -> Vec<Step> {
    let mut steps = Vec::new();
    for Reached { step, met } in found {
        let Some(mask) = met.mask(action) else {
            continue;
        };
        let step = Step {
            mask,
            ..step.clone()
        };
        if !steps.iter().any(|known: &Step| known.subsumes(&step)) {
            steps.retain(|known| !step.subsumes(known));
            steps.push(step);
        }
    }
    steps
}

fn admit(found: &mut Vec<Reached>, new: Reached) {
    let covers =
        |one: &Reached, other: &Reached| one.met.contains(other.met) && one.step.holds(&other.step);
    if found.iter().any(|known| covers(known, &new)) {
        return;
    }
    found.retain(|known| !covers(&new, known));
    found.push(new);
    if found.len() > STEPS {
        fold(found);
    }
}

/// Unites the steps that differ in the changes that take them alone, which changes nothing; if that isn't enough, all
/// of them, which keeps what they have in common.
fn fold(found: &mut Vec<Reached>) {
    let mut kept: Vec<Reached> = Vec::new();
    for new in found.drain(..) {
        match kept.iter_mut().find(|known| known.step.is_alike(&new.step)) {
            Some(known) => known.met = known.met.union(new.met),
            None => kept.push(new),
        }
    }
    if kept.len() > STEPS / 2 {
        let common = kept.drain(..).reduce(|wide, other| Reached {
            step: wide.step.common(&other.step),
            met: wide.met.union(other.met),
        });
        kept.extend(common);
    }
    *found = kept;
}
