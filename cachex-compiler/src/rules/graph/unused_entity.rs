//! An entity whose changes clear nothing and that no cache speaks of: a rule was forgotten, or the entity is.

use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::UNUSED_ENTITY;
use crate::model::{Cache, Dependency, DimensionType, EntityId, Schema};

/// Silent where there are no caches yet: a file of entities and `check:` is how an existing code base begins.
pub(in crate::rules) fn check(schema: &Schema, out: &mut Diagnostics) {
    if schema.caches.is_empty() {
        return;
    }
    let named = named(schema);
    for ((_, entity), is_named) in schema.entity_ids().zip(named) {
        if entity.touches.is_empty() && !is_named {
            let name = &entity.name.value;
            out.push(
                UNUSED_ENTITY
                    .at(entity.name.span, format!("no cache depends on entity `{name}`"))
                    .help(format!(
                        "let the caches that show a `{name}` depend on it, let it touch the entity that does, or remove it"
                    )),
            );
        }
    }
}

/// By entity, whether anything speaks of it.
fn named(schema: &Schema) -> Vec<bool> {
    let mut named = vec![false; schema.entities.len()];
    let mut name = |entity: EntityId| {
        if let Some(named) = named.get_mut(entity.0 as usize) {
            *named = true;
        }
    };
    for cache in &schema.caches {
        named_by(cache, &mut name);
    }
    for effect in &schema.check.effects {
        name(effect.covers.pattern.entity);
    }
    named
}

fn named_by(cache: &Cache, name: &mut dyn FnMut(EntityId)) {
    for pattern in &cache.allow_stale {
        name(pattern.entity);
    }
    for dependency in cache.dependencies() {
        if let Dependency::When(when) = dependency {
            for pattern in &when.patterns {
                name(pattern.entity);
            }
        }
    }
    for dimension in &cache.dimensions {
        if let Some((entity, _)) = dimension.typed_by {
            name(entity);
        }
        if let DimensionType::Identity(entity) = dimension.ty {
            name(entity);
        }
    }
}
