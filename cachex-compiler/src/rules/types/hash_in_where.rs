//! A `hash` can't be bound: of the argument behind it only 128 bits are known, and no change has that argument.

use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::HASH_IN_WHERE;
use crate::model::{Cache, Dependency, Dimension, DimensionId, DimensionType, Scalar};
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
    let only = dependency.only().iter();
    let fixed = only.map(|only| (only.dimension.value, only.dimension.span));
    dependency.compared().into_iter().chain(fixed).collect()
}

fn is_hash(dimension: &Dimension) -> bool {
    matches!(&dimension.ty, DimensionType::Scalar(ty) if ty.scalar == Scalar::Hash)
}
