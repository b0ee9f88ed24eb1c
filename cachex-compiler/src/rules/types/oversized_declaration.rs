//! `touches` that lead from an entity to more others than a plan keeps. What else is declared too often is found
//! while resolving.

use std::collections::BTreeSet;

use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::OVERSIZED_DECLARATION;
use crate::model::{AttributeId, AttributeKind, EntityId, Schema};

/// Entities that count as updated with another. A chain of touches as long as a file allows would cost its square.
const TOUCHED: usize = 64;

pub(in crate::rules) fn check(schema: &Schema, out: &mut Diagnostics) {
    let oversized: BTreeSet<EntityId> = schema
        .entity_ids()
        .map(|(id, _)| id)
        .filter(|id| is_oversized(schema, *id))
        .collect();
    for id in &oversized {
        let entity = schema.entity(*id);
        let mut targets = entity
            .touches
            .iter()
            .filter_map(|touch| target(schema, *id, touch.reference));
        // Whoever touches it leads to as many: the one that is not to blame on another is reported.
        if targets.any(|target| oversized.contains(&target)) {
            continue;
        }
        let mut report = OVERSIZED_DECLARATION.at(
            entity.name.span,
            format!(
                "a change of `{}` counts as an update of more than {TOUCHED} other entities",
                entity.name.value
            ),
        );
        for touch in &entity.touches {
            report.label(touch.span, "through this");
        }
        out.push(report.help("touch fewer, and let the caches depend on the entities they show"));
    }
}

/// Whether some entity leads to so many that nothing can be planned.
pub(in crate::rules) fn any(schema: &Schema) -> bool {
    schema.entity_ids().any(|(id, _)| is_oversized(schema, id))
}

fn is_oversized(schema: &Schema, entity: EntityId) -> bool {
    let mut found = BTreeSet::from([entity]);
    let mut waiting = vec![entity];
    while let Some(id) = waiting.pop() {
        for touch in &schema.entity(id).touches {
            let new = target(schema, id, touch.reference).filter(|target| found.insert(*target));
            waiting.extend(new);
        }
        if found.len() > TOUCHED + 1 {
            return true;
        }
    }
    false
}

fn target(schema: &Schema, entity: EntityId, reference: AttributeId) -> Option<EntityId> {
    match schema.entity(entity).attribute(reference).kind {
        AttributeKind::Reference(target) => Some(target),
        AttributeKind::Field(_) => None,
    }
}
