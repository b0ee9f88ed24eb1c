//! Identities made of references: none may lead back to its own entity.

use super::context::Context;
use crate::diagnostics::registry::IDENTITY_CYCLE;
use crate::model::{DimensionType, Entity, Name};

/// Reports identities that contain themselves.
pub(super) fn check(entities: &[Entity], cx: &mut Context<'_, '_>) {
    let mut seen = vec![Seen::No; entities.len()];
    for start in 0..entities.len() {
        let Some(place) = cycle(start, entities, &mut seen) else {
            continue;
        };
        let report = IDENTITY_CYCLE
            .at(place.span, "this identity contains itself")
            .labelled(
                place.span,
                "this component leads back to the entity it belongs to",
            );
        cx.push(
            report.help("give one of the entities an identity of its own, for instance `id: uuid`"),
        );
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    No,
    OnPath,
    Done,
}

/// The component by which an identity reaches itself. The path is a list, not the call stack: identities may chain
/// through every entity there is.
fn cycle<'e>(start: usize, entities: &'e [Entity], seen: &mut [Seen]) -> Option<&'e Name> {
    let mut path = vec![(start, 0)];
    let mut found = None;
    while let Some((at, next)) = path.last_mut() {
        let (entity, index) = (*at, *next);
        *next += 1;
        let state = if index == 0 {
            mark(seen, entity, Seen::OnPath)
        } else {
            Seen::No
        };
        let component = entities
            .get(entity)
            .and_then(|entity| entity.identity.components.get(index));
        match component {
            Some(component) if state == Seen::No => {
                let DimensionType::Identity(target) = component.ty else {
                    continue;
                };
                match seen.get(target.0 as usize) {
                    Some(Seen::OnPath) => found = found.or(Some(&component.name)),
                    Some(Seen::No) => path.push((target.0 as usize, 0)),
                    _ => {}
                }
            }
            _ => {
                mark(seen, entity, Seen::Done);
                path.pop();
            }
        }
    }
    found
}

/// Sets a state and gives the one before.
fn mark(seen: &mut [Seen], entity: usize, state: Seen) -> Seen {
    seen.get_mut(entity)
        .map_or(Seen::Done, |seen| std::mem::replace(seen, state))
}
