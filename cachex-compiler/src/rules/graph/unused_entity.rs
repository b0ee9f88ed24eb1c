//! An entity whose changes clear nothing and that no cache speaks of: a rule was forgotten, or the entity is.

use std::collections::BTreeSet;

use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::UNUSED_ENTITY;
use crate::model::{Cache, Dependency, DimensionType, EntityId, Pattern, Schema};

/// Silent where there are no caches yet: a file of entities and `check:` is how an existing code base begins.
pub(in crate::rules) fn check(schema: &Schema, out: &mut Diagnostics) {
    if schema.caches.is_empty() {
        return;
    }
    let named = named(schema);
    for (id, entity) in schema.entity_ids() {
        if entity.touches.is_empty() && !named.contains(&id) {
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

fn named(schema: &Schema) -> BTreeSet<EntityId> {
    let in_caches = schema.caches.iter().flat_map(named_by);
    let effects = schema.check.effects.iter();
    in_caches
        .chain(effects.map(|effect| effect.covers.pattern.entity))
        .collect()
}

fn named_by(cache: &Cache) -> Vec<EntityId> {
    let entity = |pattern: &Pattern| pattern.entity;
    let mut named: Vec<_> = cache.allow_stale.iter().map(entity).collect();
    for dependency in cache.dependencies() {
        if let Dependency::When(when) = dependency {
            named.extend(when.patterns.iter().map(entity));
        }
    }
    for dimension in &cache.dimensions {
        named.extend(dimension.typed_by.map(|(entity, _)| entity));
        if let DimensionType::Identity(entity) = dimension.ty {
            named.push(entity);
        }
    }
    named
}
