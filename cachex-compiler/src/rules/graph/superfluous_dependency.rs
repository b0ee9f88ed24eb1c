//! A dependency that another one makes superfluous: whoever changes it will wonder why nothing happens.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::SUPERFLUOUS_DEPENDENCY;
use crate::model::{Action, Cache, CacheId, Dependency, EntityId, Schema};
use crate::plan::Plan;

/// What a step answers: a change of an entity, on a cache.
type Moment = (EntityId, Action);

pub(in crate::rules) fn check(schema: &Schema, plan: &Plan, out: &mut Diagnostics) {
    let effects = effects(plan);
    for (id, cache) in schema.cache_ids() {
        let Some(used) = effects.get(&id) else {
            continue;
        };
        for (index, dependency) in (0..).zip(cache.dependencies()) {
            if used.values().any(|indices| indices.contains(&index)) {
                continue;
            }
            // The plan keeps no step that another subsumes: where this dependency would have had one, one of those
            // that are left took its place.
            let instead = moments(&effects, dependency)
                .into_iter()
                .find_map(|moment| used.get(&moment)?.first().copied());
            if let Some(instead) = instead {
                report(cache, dependency, instead, out);
            }
        }
    }
}

/// By cache and moment, the dependencies that have a step in the plan.
type Effects = BTreeMap<CacheId, BTreeMap<Moment, BTreeSet<usize>>>;

fn effects(plan: &Plan) -> Effects {
    let mut effects = Effects::new();
    for (moment, step) in super::steps(plan) {
        if let Some(index) = super::dependency_of(step) {
            let moments = effects.entry(step.cache).or_default();
            moments.entry(moment).or_default().insert(index);
        }
    }
    effects
}

/// When a dependency would clear something.
fn moments(effects: &Effects, dependency: &Dependency) -> Vec<Moment> {
    match dependency {
        Dependency::When(when) => when
            .patterns
            .iter()
            .flat_map(|pattern| {
                let actions = Action::ALL.into_iter();
                actions
                    .filter(|action| pattern.action.is_none_or(|only| only == *action))
                    .map(|action| (pattern.entity, action))
            })
            .collect(),
        Dependency::Cache(upstream) => effects
            .get(&upstream.cache.value)
            .map_or_else(Vec::new, |moments| moments.keys().copied().collect()),
    }
}

fn report(cache: &Cache, dependency: &Dependency, instead: usize, out: &mut Diagnostics) {
    let Some(other) = cache.dependencies().get(instead) else {
        return;
    };
    out.push(
        SUPERFLUOUS_DEPENDENCY
            .at(
                dependency.span(),
                format!(
                    "this dependency of cache `{}` adds nothing to the others",
                    cache.name.value
                ),
            )
            .labelled(dependency.span(), "all that it clears")
            .labelled(other.span(), "is cleared by this")
            .help("remove the first, or narrow the second"),
    );
}
