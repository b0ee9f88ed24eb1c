//! Example values: few, the same for everything that is compared, and the literals of the rules among them.

use super::super::literal::canonical;
use crate::model::{
    AttributeId, Cache, CacheId, Dependency, DimensionId, DimensionType, EntityId, Scalar, Schema,
    WhereField, WhereValue,
};
use crate::plan::Value;

/// Composite identities may hold composite identities; a rule refuses those that hold themselves.
const DEPTH: usize = 32;

/// The `nth` value of a type.
pub(super) fn value(schema: &Schema, ty: &DimensionType, nth: usize) -> Value {
    value_to(schema, ty, nth, DEPTH)
}

fn value_to(schema: &Schema, ty: &DimensionType, nth: usize, depth: usize) -> Value {
    match ty {
        DimensionType::Scalar(ty) => Value::Text(ty.normalise(&scalar(ty.scalar, nth))),
        DimensionType::Identity(_) if depth == 0 => Value::Text(String::new()),
        DimensionType::Identity(entity) => {
            let components = &schema.entity(*entity).identity.components;
            let mut values: Vec<Value> = components
                .iter()
                .map(|component| value_to(schema, &component.ty, nth, depth - 1))
                .collect();
            match values.len() {
                1 => values.remove(0),
                _ => Value::Components(values),
            }
        }
    }
}

fn scalar(scalar: Scalar, nth: usize) -> String {
    match scalar {
        Scalar::U32 | Scalar::U64 | Scalar::I32 | Scalar::I64 => (nth + 1).to_string(),
        Scalar::String => format!("value{nth}"),
        Scalar::Bool => nth.is_multiple_of(2).to_string(),
        Scalar::Uuid => format!("00000000-0000-4000-8000-{:012}", nth + 1),
        Scalar::Date => format!("2026-01-{:02}", nth + 1),
        Scalar::DateTime => format!("2026-01-{:02}T00:00:00Z", nth + 1),
        Scalar::Hash => format!("{:032x}", nth + 1),
    }
}

/// A value's canonical text, as the runtime compares it.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => canonical(text),
        Value::Components(components) => {
            let texts: Vec<String> = components.iter().map(text).collect();
            texts.join(":")
        }
    }
}

/// The values an attribute is played with: two, and the literals it is tested against.
pub(super) fn of_attribute(
    schema: &Schema,
    entity: EntityId,
    attribute: AttributeId,
) -> Vec<Value> {
    let Some(ty) = schema.entity(entity).attribute(attribute).ty() else {
        return Vec::new();
    };
    let mut values = vec![value(schema, &ty, 0), value(schema, &ty, 1)];
    for dependency in schema.caches.iter().flat_map(Cache::dependencies) {
        let Dependency::When(when) = dependency else {
            continue;
        };
        if when.patterns.iter().all(|pattern| pattern.entity != entity) {
            continue;
        }
        for clause in &when.wheres {
            if let (WhereField::Attribute(tested), WhereValue::Literal(literal)) =
                (clause.left.value, &clause.right.value)
                && tested == attribute
            {
                add(&mut values, Value::Text(literal.clone()));
            }
        }
    }
    values
}

/// The values a dimension is primed with: two, and the literals it is fixed to or tested against.
pub(super) fn of_dimension(schema: &Schema, of: CacheId, dimension: DimensionId) -> Vec<Value> {
    let ty = &schema.cache(of).dimension(dimension).ty;
    let mut values = vec![value(schema, ty, 0), value(schema, ty, 1)];
    for (cache, dependency) in dependencies(schema) {
        let only = match dependency {
            Dependency::When(when) => &when.only,
            Dependency::Cache(upstream) => {
                for clause in upstream
                    .wheres
                    .iter()
                    .filter(|_| upstream.cache.value == of)
                {
                    if let (left, WhereValue::Literal(literal)) =
                        (clause.left.value, &clause.right.value)
                        && left == dimension
                    {
                        add(&mut values, Value::Text(literal.clone()));
                    }
                }
                &upstream.only
            }
        };
        for fixed in only
            .iter()
            .filter(|fixed| cache == of && fixed.dimension.value == dimension)
        {
            add(&mut values, Value::Text(fixed.literal.value.clone()));
        }
    }
    values
}

fn dependencies(schema: &Schema) -> impl Iterator<Item = (CacheId, &Dependency)> {
    schema
        .cache_ids()
        .flat_map(|(id, cache)| cache.dependencies().iter().map(move |it| (id, it)))
}

fn add(values: &mut Vec<Value>, value: Value) {
    if !values.contains(&value) {
        values.push(value);
    }
}
