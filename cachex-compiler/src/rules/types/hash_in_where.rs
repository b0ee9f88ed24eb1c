//! A `hash` can't be bound: of the argument behind it only 128 bits are known, and no change has that argument.

use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::HASH_IN_WHERE;
use crate::model::{
    Cache, Dependency, Dimension, DimensionId, DimensionType, Only, Scalar, Spanned, WhereValue,
};
use crate::source::Span;

pub(in crate::rules) fn check(cache: &Cache, out: &mut Diagnostics) {
    for dependency in cache.dependencies() {
        for (id, span) in bound(dependency) {
            let dimension = cache.dimension(id);
            if is_hash(dimension) {
                let name = &dimension.name.value;
                out.push(
                    HASH_IN_WHERE
                        .at(
                            span,
                            format!("`{name}` is a `hash`, which no `where` or `only` can bind"),
                        )
                        .labelled(dimension.type_span, "it is a `hash` by this")
                        .help("leave it free here, or give it a type whose values a change has"),
                );
            }
        }
    }
}

fn bound(dependency: &Dependency) -> Vec<(DimensionId, Span)> {
    let (rights, only): (Vec<&Spanned<WhereValue>>, &[Only]) = match dependency {
        Dependency::When(when) => (
            when.wheres.iter().map(|clause| &clause.right).collect(),
            &when.only,
        ),
        Dependency::Cache(upstream) => (
            upstream.wheres.iter().map(|clause| &clause.right).collect(),
            &upstream.only,
        ),
    };
    let named = rights.into_iter().filter_map(|right| match right.value {
        WhereValue::Dimension(id) => Some((id, right.span)),
        WhereValue::Literal(_) => None,
    });
    let fixed = only
        .iter()
        .map(|only| (only.dimension.value, only.dimension.span));
    named.chain(fixed).collect()
}

fn is_hash(dimension: &Dimension) -> bool {
    matches!(&dimension.ty, DimensionType::Scalar(ty) if ty.scalar == Scalar::Hash)
}
