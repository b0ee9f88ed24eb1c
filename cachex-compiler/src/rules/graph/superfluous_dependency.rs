//! A dependency that another one makes superfluous: whoever changes it will wonder why nothing happens.

use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::SUPERFLUOUS_DEPENDENCY;
use crate::model::{Action, Cache, Dependency, EntityId, Schema};
use crate::plan::Plan;

/// What a step answers: a change of an entity, on a cache.
type Moment = (EntityId, Action);

pub(in crate::rules) fn check(schema: &Schema, plan: &Plan, out: &mut Diagnostics) {
    let effects = effects(schema, plan);
    for (cache, used) in schema.caches.iter().zip(&effects) {
        for (index, dependency) in (0..).zip(cache.dependencies()) {
            if used.iter().any(|effect| effect.dependency == index) {
                continue;
            }
            // The plan keeps no step that another subsumes: where this dependency would have had one, one of those
            // that are left took its place.
            let moments = moments(&effects, dependency);
            let mut others = used
                .iter()
                .filter(|effect| moments.contains(&effect.moment))
                .filter_map(|effect| cache.dependencies().get(effect.dependency));
            if let Some(other) = others.find(|other| stands_in(other, dependency)) {
                report(cache, dependency, other, out);
            }
        }
    }
}

/// A dependency has a step in the plan.
struct Effect {
    moment: Moment,
    /// Index in its cache's `depends_on`.
    dependency: usize,
}

/// By cache.
fn effects(schema: &Schema, plan: &Plan) -> Vec<Vec<Effect>> {
    let mut effects: Vec<Vec<Effect>> = schema.caches.iter().map(|_| Vec::new()).collect();
    for (moment, step) in super::steps(plan) {
        let of_cache = effects.get_mut(step.cache.0 as usize);
        if let (Some(effects), Some(dependency)) = (of_cache, super::dependency_of(step)) {
            effects.push(Effect { moment, dependency });
        }
    }
    effects
}

/// When a dependency would clear something.
fn moments(effects: &[Vec<Effect>], dependency: &Dependency) -> Vec<Moment> {
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
        Dependency::Cache(upstream) => {
            let of_upstream = effects.get(upstream.cache.value.0 as usize);
            let moments = of_upstream.into_iter().flatten();
            moments.map(|effect| effect.moment).collect()
        }
    }
}

/// A `cache:` also says what is built from what, and so what is cleared first: only another of the same cache says
/// that too.
fn stands_in(other: &Dependency, dependency: &Dependency) -> bool {
    match (other, dependency) {
        (_, Dependency::When(_)) => true,
        (Dependency::Cache(other), Dependency::Cache(upstream)) => {
            other.cache.value == upstream.cache.value
        }
        (Dependency::When(_), Dependency::Cache(_)) => false,
    }
}

fn report(cache: &Cache, dependency: &Dependency, other: &Dependency, out: &mut Diagnostics) {
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
            .help("remove it, or narrow the other"),
    );
}
