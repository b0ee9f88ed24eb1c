//! A dependency that clears a whole cache where a dimension could narrow it.

use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::WHOLE_CACHE_DEPENDENCY;
use crate::model::{
    Cache, Cardinality, Dependency, Dimension, DimensionKind, DimensionType, Pattern, Schema, When,
    WhereValue,
};

/// Silent where the whole cache is one entry: there is nothing to narrow.
pub(in crate::rules) fn check(schema: &Schema, cache: &Cache, out: &mut Diagnostics) {
    if !cache
        .dimensions
        .iter()
        .any(|dimension| dimension.kind == DimensionKind::Param)
    {
        return;
    }
    for dependency in cache.dependencies() {
        match dependency {
            Dependency::When(when) if !narrows(when) => check_when(schema, cache, when, out),
            Dependency::When(_) | Dependency::Cache(_) => {}
        }
    }
}

fn narrows(when: &When) -> bool {
    let bound = |value: &WhereValue| matches!(value, WhereValue::Dimension(_));
    !when.only.is_empty() || when.wheres.iter().any(|clause| bound(&clause.right.value))
}

fn check_when(schema: &Schema, cache: &Cache, when: &When, out: &mut Diagnostics) {
    let narrowed = when.patterns.iter().find_map(|pattern| {
        let mut dimensions = cache.dimensions.iter();
        dimensions
            .find_map(|dimension| Some((pattern, dimension, field(schema, pattern, dimension)?)))
    });
    let Some((pattern, dimension, field)) = narrowed else {
        return;
    };
    let (name, entity) = (
        &dimension.name.value,
        &schema.entity(pattern.entity).name.value,
    );
    out.push(
        WHOLE_CACHE_DEPENDENCY
            .at(
                pattern.span,
                format!(
                    "a change of one `{entity}` clears all of cache `{}`",
                    cache.name.value
                ),
            )
            .labelled(pattern.span, "binds no dimension")
            .labelled(
                dimension.name.span,
                format!("`{name}` tells which entries it is about"),
            )
            .help(format!("narrow it with `where: {{ {field}: ${name} }}`")),
    );
}

/// The field of the changed entity that a dimension holds. Many-valued tags are left out: whether a change alters who
/// is listed or only what is listed of them can't be seen here, and a tag that nothing binds is another rule's.
fn field(schema: &Schema, pattern: &Pattern, dimension: &Dimension) -> Option<String> {
    if dimension.ty == DimensionType::Identity(pattern.entity) {
        return (dimension.cardinality != Cardinality::Many).then(|| "id".to_owned());
    }
    if dimension.kind == DimensionKind::Tag {
        return None;
    }
    let entity = schema.entity(pattern.entity);
    let typed_by = dimension
        .typed_by
        .filter(|(typed_by, _)| *typed_by == pattern.entity);
    let named = typed_by.map(|(_, id)| entity.attribute(id));
    let referred = || {
        let mut references = entity.references();
        let found = references.find(|(_, _, of)| dimension.ty == DimensionType::Identity(*of));
        found.map(|(_, reference, _)| reference)
    };
    named
        .or_else(referred)
        .map(|attribute| attribute.name.value.clone())
}
