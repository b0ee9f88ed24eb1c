//! Everything a change clears: from the rules that name its entity, through `touches`, down the caches built from
//! caches. Cut as it goes: what another step clears already is not followed.

use std::collections::BTreeMap;

use super::Step;
use super::origin::Origin;
use super::rules::Rules;
use super::step::{cascade, from_when};
use crate::model::{Action, EntityId, FieldSet};

/// Steps of one cache for one change. A lattice of caches that permute their dimensions reaches a number of different
/// steps exponential in its depth; beyond this many they are folded into wider ones, which is never stale.
const STEPS: usize = 64;

/// The steps of one action, upstream caches first.
pub(super) fn steps(
    rules: &Rules<'_>,
    entity: EntityId,
    action: Action,
    derived: &[Origin],
) -> Vec<Step> {
    let written = rules.entity(entity);
    let mut waiting: BTreeMap<usize, Vec<Step>> = BTreeMap::new();
    for step in seeds(rules, entity, action, derived) {
        admit(waiting.entry(rules.position(step.cache)).or_default(), step);
    }
    let mut steps = Vec::new();
    while let Some((position, found)) = waiting.pop_first() {
        for step in &found {
            for dependent in rules.dependents(step.cache) {
                let below = rules.position(dependent.cache);
                // A valid schema has no way back; without this guard an invalid one would never end.
                if below > position
                    && let Some(next) = cascade(rules, written, step, *dependent)
                {
                    admit(waiting.entry(below).or_default(), next);
                }
            }
        }
        steps.extend(found);
    }
    steps
}

fn seeds(
    rules: &Rules<'_>,
    entity: EntityId,
    action: Action,
    derived: &[Origin],
) -> impl Iterator<Item = Step> {
    let declared = rules.entity(entity);
    let written = Origin::written(entity);
    let direct = rules
        .listeners(entity)
        .iter()
        .filter_map(move |listener| from_when(rules, declared, *listener, &written, action));
    let touched = derived.iter().flat_map(move |origin| {
        rules
            .listeners(origin.entity)
            .iter()
            .filter_map(move |listener| {
                from_when(rules, declared, *listener, origin, Action::Update)
            })
    });
    direct.chain(touched).map(move |step| Step {
        // Only an update has fields that were set.
        mask: if action == Action::Update {
            step.mask
        } else {
            FieldSet::ALL
        },
        ..step
    })
}

fn admit(found: &mut Vec<Step>, step: Step) {
    if found.iter().any(|known| known.subsumes(&step)) {
        return;
    }
    found.retain(|known| !step.subsumes(known));
    found.push(step);
    if found.len() > STEPS {
        fold(found);
    }
}

/// Unites the steps that differ in their mask alone, which changes nothing; if that isn't enough, all of them, which
/// keeps what they have in common.
fn fold(found: &mut Vec<Step>) {
    let mut kept: Vec<Step> = Vec::new();
    for step in found.drain(..) {
        match kept.iter_mut().find(|known| {
            known.bindings == step.bindings
                && known.tests == step.tests
                && known.present == step.present
        }) {
            Some(known) => known.mask = known.mask.union(step.mask),
            None => kept.push(step),
        }
    }
    *found = kept;
    if found.len() > STEPS / 2 {
        let common = found.drain(..).reduce(|wide, other| common(wide, &other));
        found.extend(common);
    }
}

fn common(mut wide: Step, other: &Step) -> Step {
    wide.mask = wide.mask.union(other.mask);
    wide.bindings.retain_mut(|binding| {
        let Some(same) = other.binding(binding.dimension) else {
            return false;
        };
        binding.or_absent |= same.or_absent;
        same.from == binding.from
    });
    wide.tests.retain(|test| other.tests.contains(test));
    wide.present.retain(|one| other.present.contains(one));
    wide
}
