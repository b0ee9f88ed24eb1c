//! What a region becomes where a value of the change isn't known.

use super::Unknown;
use crate::emit::words;
use crate::model::{DimensionId, EntityId, Schema, WhereField};
use crate::plan::{Binding, Plan, Source, Step};

/// One for each value the step binds, in the order of its dimensions.
pub(super) fn without(schema: &Schema, plan: &Plan, entity: EntityId, step: &Step) -> Vec<Unknown> {
    let mut found: Vec<Unknown> = Vec::new();
    for binding in &step.bindings {
        let Some(value) = value(schema, entity, binding) else {
            continue;
        };
        if found.iter().any(|known| known.value == value) {
            continue;
        }
        let known = |other: &&Binding| self::value(schema, entity, other).as_ref() != Some(&value);
        let bound: Vec<_> = step
            .bindings
            .iter()
            .filter(known)
            .map(|one| one.dimension)
            .collect();
        let cache = schema.cache(step.cache);
        let left = widest(plan, step, &bound).iter();
        found.push(Unknown {
            value,
            left: left.map(|id| words::dimension(cache, *id)).collect(),
        });
    }
    found
}

/// The value as a handler knows or doesn't know it: an identity and a reference as a whole.
fn value(schema: &Schema, entity: EntityId, binding: &Binding) -> Option<String> {
    let whole = match &binding.from {
        Source::Literal(_) => return None,
        Source::Field(WhereField::Component(_)) => Source::Field(WhereField::Identity),
        Source::ComponentOf(reference, _) => Source::Field(WhereField::Attribute(*reference)),
        Source::Field(field) => Source::Field(*field),
    };
    Some(words::source(schema, entity, &whole))
}

fn widest<'p>(plan: &'p Plan, step: &Step, bound: &[DimensionId]) -> &'p [DimensionId] {
    let facets = &plan.cache(step.cache).facets;
    let below = facets
        .iter()
        .find(|facet| facet.dimensions.iter().all(|id| bound.contains(id)));
    below.map_or(&[], |facet| &facet.dimensions)
}
