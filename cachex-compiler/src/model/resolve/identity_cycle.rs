//! Identities made of references: none may lead back to its own entity.

use super::context::Context;
use crate::diagnostics::registry::IDENTITY_CYCLE;
use crate::model::{DimensionType, Entity, Name};

/// Reports identities that contain themselves.
pub(super) fn check(entities: &[Entity], cx: &mut Context<'_, '_>) {
    let mut seen = vec![Seen::No; entities.len()];
    for start in 0..entities.len() {
        let cycle = cycle(start, entities, &mut seen);
        let Some((_, first)) = cycle.first() else {
            continue;
        };
        let owners: Vec<&str> = cycle
            .iter()
            .map(|(owner, _)| owner.value.as_str())
            .collect();
        let path = owners.join("` → `");
        let mut report = IDENTITY_CYCLE.at(
            first.span,
            format!(
                "identities contain each other: `{path}` → `{}`",
                owners.first().unwrap_or(&"")
            ),
        );
        for (owner, component) in &cycle {
            report.label(
                component.span,
                format!("part of the identity of `{}`", owner.value),
            );
        }
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

/// The entities of a cycle, each with the component that leads to the next; empty where there is none. The path is a list, not the call stack: identities may chain
/// through every entity there is.
fn cycle<'e>(start: usize, entities: &'e [Entity], seen: &mut [Seen]) -> Vec<(&'e Name, &'e Name)> {
    let mut path = vec![(start, 0)];
    let mut found = Vec::new();
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
                    Some(Seen::OnPath) if found.is_empty() => {
                        found = from(target.0 as usize, &path, entities);
                    }
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

/// The part of a path from an entity on.
fn from<'e>(
    entity: usize,
    path: &[(usize, usize)],
    entities: &'e [Entity],
) -> Vec<(&'e Name, &'e Name)> {
    let hops = path.iter().skip_while(|(at, _)| *at != entity);
    hops.filter_map(|(at, next)| {
        let owner = entities.get(*at)?;
        let component = owner.identity.components.get(next.checked_sub(1)?)?;
        Some((&owner.name, &component.name))
    })
    .collect()
}

/// Sets a state and gives the one before.
fn mark(seen: &mut [Seen], entity: usize, state: Seen) -> Seen {
    seen.get_mut(entity)
        .map_or(Seen::Done, |seen| std::mem::replace(seen, state))
}
