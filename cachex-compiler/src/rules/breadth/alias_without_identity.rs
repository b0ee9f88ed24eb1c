//! A cache keyed by a field of an entity that doesn't carry the entity's identity: a change that knows the identity
//! alone can't find its entry and clears them all.

use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::ALIAS_WITHOUT_IDENTITY;
use crate::model::{
    Cache, Dependency, Dimension, DimensionKind, DimensionType, EntityId, Scalar, Schema,
    WhereField,
};

pub(in crate::rules) fn check(schema: &Schema, cache: &Cache, out: &mut Diagnostics) {
    let [param] = cache.dimensions.as_slice() else {
        return;
    };
    let Some(entity) = aliased(cache, param) else {
        return;
    };
    let (name, entity) = (&cache.name.value, &schema.entity(entity).name.value);
    out.push(
        ALIAS_WITHOUT_IDENTITY
            .at(cache.name.span, format!("cache `{name}` is keyed by a field of `{entity}` and doesn't carry its identity"))
            .labelled(cache.name.span, format!("a change that knows only which `{entity}` it is clears all of it"))
            .labelled(param.type_span, "found by this alone")
            .help(format!(
                "add `tags: {{ id: {entity}.id }}` (`[{entity}.id]` where an entry shows several) and bind it: `where: {{ id: $id }}`"
            )),
    );
}

/// The entity whose field is all of the key, where a dependency is bound by that field. A date or a `bool` is nobody's
/// other name: such a cache is a list.
fn aliased(cache: &Cache, param: &Dimension) -> Option<EntityId> {
    let (entity, attribute) = param.typed_by?;
    let DimensionType::Scalar(ty) = &param.ty else {
        return None;
    };
    let names = !matches!(ty.scalar, Scalar::Bool | Scalar::Date | Scalar::DateTime);
    let bound = cache
        .dependencies()
        .iter()
        .any(|dependency| match dependency {
            Dependency::When(when) => {
                let own = when.patterns.iter().any(|pattern| pattern.entity == entity);
                let mut wheres = when.wheres.iter();
                own && wheres.any(|clause| clause.left.value == WhereField::Attribute(attribute))
            }
            Dependency::Cache(_) => false,
        });
    (names && bound && param.kind == DimensionKind::Param).then_some(entity)
}
