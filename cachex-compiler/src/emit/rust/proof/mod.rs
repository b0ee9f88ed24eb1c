//! `cache::tests!()`: for every (entity, action) the changes it can be, and what becomes of each entry.
//!
//! What must be gone and what must be kept is worked out here by the naive evaluation of the rules; the generated tests
//! hold the compiled plan, as the runtime evaluates it, against it. Knows no step. Keeps true: each cache has two
//! entries for each value of each of its dimensions, absent ones, empty and many-valued ones, and entries whose tags
//! aren't known.

mod changes;
mod entries;
mod values;

use serde::Serialize;

use super::names;
use super::text::{Text, quoted};
use crate::model::{Action, Entity, EntityId, Schema, Valid};
use crate::plan::Plan;
use changes::Case;
use entries::Primed;

/// Schemas with more caches are primed with those an entity reaches and some of the others: the number of checks grows
/// with the product of entities and caches.
const CACHES: usize = 60;

/// What one test plays: read by `cachex::testing::proof`.
#[derive(Serialize)]
struct Proof {
    /// Every entry.
    entries: Vec<Primed>,
    /// Every change, with what becomes of the entries.
    cases: Vec<Case>,
}

/// The tests of a schema, one for each entity and action, as the body of a module. `module` is where its `schema!` is.
pub fn tests(schema: &Valid<Schema>, plan: &Plan, module: &str) -> String {
    let mut out = Text::new();
    for (id, entity) in schema.entity_ids() {
        for action in ["create", "update", "delete", "any"] {
            test(
                &mut out,
                entity,
                action,
                &proof(schema, plan, id, action),
                module,
            );
        }
    }
    out.finish()
}

/// What is played for one entity and action, as JSON.
pub fn proof(schema: &Valid<Schema>, plan: &Plan, entity: EntityId, action: &str) -> String {
    let caches = primed_caches(schema, plan, entity);
    let entries: Vec<_> = caches
        .iter()
        .flat_map(|cache| entries::entries(schema, *cache))
        .collect();
    let proof = Proof {
        cases: changes::cases(schema, plan, entity, action, &entries),
        entries: entries.iter().map(Primed::of).collect(),
    };
    // A struct of texts and numbers always serialises.
    serde_json::to_string(&proof).unwrap_or_default()
}

fn primed_caches(schema: &Schema, plan: &Plan, entity: EntityId) -> Vec<crate::model::CacheId> {
    let all = schema.cache_ids().map(|(id, _)| id);
    if schema.caches.len() <= CACHES {
        return all.collect();
    }
    let reached = |cache: &crate::model::CacheId| {
        Action::ALL.iter().any(|action| {
            let mut steps = plan.action(entity, *action).steps.iter();
            steps.any(|step| step.cache == *cache)
        })
    };
    let (near, far): (Vec<_>, Vec<_>) = all.partition(reached);
    near.into_iter().chain(far.into_iter().take(8)).collect()
}

fn test(out: &mut Text, entity: &Entity, action: &str, proof: &str, module: &str) {
    let name = names::identifier(&format!("{}_{action}", entity.name.value));
    out.gap();
    out.line("#[test]");
    out.block(&format!("fn {name}() {{"), "}", |out| {
        out.line(&format!(
            "::cachex::testing::proof::play(&{module}::SCHEMA, {}, {});",
            quoted(&entity.name.value),
            quoted(proof)
        ));
    });
}
