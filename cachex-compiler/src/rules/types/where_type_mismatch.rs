//! A `where` that compares values of different types is never met, or met by accident.

use super::wording::{comparable, spelled, written};
use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::WHERE_TYPE_MISMATCH;
use crate::model::{
    Cache, Dependency, DimensionType, Entity, Scalar, Schema, Spanned, Upstream, When, WhereField,
    WhereValue,
};
use crate::source::Span;

pub(in crate::rules) fn check(schema: &Schema, cache: &Cache, out: &mut Diagnostics) {
    for dependency in cache.dependencies() {
        match dependency {
            Dependency::When(when) => check_when(schema, cache, when, out),
            Dependency::Cache(upstream) => check_upstream(schema, cache, upstream, out),
        }
    }
}

fn check_when(schema: &Schema, cache: &Cache, when: &When, out: &mut Diagnostics) {
    let Some(pattern) = when.patterns.first() else {
        return;
    };
    let entity = schema.entity(pattern.entity);
    for clause in &when.wheres {
        let ty = match clause.left.value {
            WhereField::Identity => Some(DimensionType::Identity(pattern.entity)),
            WhereField::Component(index) => component_type(entity, index),
            WhereField::Attribute(id) => entity.attribute(id).ty(),
        };
        if let Some(ty) = ty {
            let left = Left {
                ty,
                span: clause.left.span,
            };
            compare(schema, cache, &left, &clause.right, out);
        }
    }
}

fn component_type(entity: &Entity, index: u16) -> Option<DimensionType> {
    let component = entity.identity.components.get(usize::from(index))?;
    Some(component.ty.clone())
}

fn check_upstream(schema: &Schema, cache: &Cache, upstream: &Upstream, out: &mut Diagnostics) {
    let other = schema.cache(upstream.cache.value);
    for clause in &upstream.wheres {
        let left = Left {
            ty: other.dimension(clause.left.value).ty.clone(),
            span: clause.left.span,
        };
        compare(schema, cache, &left, &clause.right, out);
    }
}

struct Left {
    ty: DimensionType,
    span: Span,
}

fn compare(
    schema: &Schema,
    cache: &Cache,
    left: &Left,
    right: &Spanned<WhereValue>,
    out: &mut Diagnostics,
) {
    let WhereValue::Dimension(id) = right.value else {
        return;
    };
    let dimension = cache.dimension(id);
    if is_hash(&left.ty) || is_hash(&dimension.ty) || comparable(&left.ty, &dimension.ty) {
        return;
    }
    let name = &dimension.name.value;
    let (expected, found) = (spelled(schema, &left.ty), spelled(schema, &dimension.ty));
    out.push(
        WHERE_TYPE_MISMATCH
            .at(
                right.span,
                format!("`${name}` is {found} and is compared with {expected}"),
            )
            .labelled(right.span, format!("holds {found}"))
            .labelled(left.span, format!("holds {expected}"))
            .labelled(dimension.type_span, format!("`{name}` gets its type here"))
            .help(format!(
                "declare `{name}: {}`, or compare it with another field",
                written(schema, &left.ty)
            )),
    );
}

/// Another rule's: no `where` can bind it, whatever it is compared with.
fn is_hash(ty: &DimensionType) -> bool {
    matches!(ty, DimensionType::Scalar(ty) if ty.scalar == Scalar::Hash)
}
