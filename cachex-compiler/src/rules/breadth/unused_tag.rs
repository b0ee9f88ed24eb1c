//! A tag no dependency uses: each load works it out, each entry carries it, and nothing asks for it.

use std::collections::BTreeSet;

use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::UNUSED_TAG;
use crate::model::{
    CacheId, Dependency, Dimension, DimensionId, DimensionKind, DimensionType, Only, Schema,
    WhereValue,
};

pub(in crate::rules) fn check(schema: &Schema, out: &mut Diagnostics) {
    let used = used(schema);
    for (id, cache) in schema.cache_ids() {
        // Without dependencies the missing ones are the mistake, and another rule's.
        let tags = cache
            .dimension_ids()
            .filter(|_| !cache.dependencies().is_empty());
        for (tag, dimension) in tags {
            if dimension.kind == DimensionKind::Tag && !used.contains(&(id, tag)) {
                let name = &dimension.name.value;
                out.push(
                    UNUSED_TAG
                        .at(
                            dimension.name.span,
                            format!(
                                "no dependency uses the tag `{name}` of cache `{}`",
                                cache.name.value
                            ),
                        )
                        .help(help(schema, dimension)),
                );
            }
        }
    }
}

fn help(schema: &Schema, dimension: &Dimension) -> String {
    let name = &dimension.name.value;
    let field = match (&dimension.ty, dimension.typed_by) {
        (DimensionType::Identity(_), None) => "id",
        (_, Some((entity, id))) => &schema.entity(entity).attribute(id).name.value,
        (DimensionType::Scalar(_), None) => return "bind it in a `where`, or remove it".to_owned(),
    };
    format!("bind it in a `where`, as in `where: {{ {field}: ${name} }}`, or remove it")
}

/// Those that a dependency of their own cache binds, or one of a cache built from it.
fn used(schema: &Schema) -> BTreeSet<(CacheId, DimensionId)> {
    let mut used = BTreeSet::new();
    for (id, cache) in schema.cache_ids() {
        for dependency in cache.dependencies() {
            let only: &[Only] = match dependency {
                Dependency::When(when) => {
                    used.extend(
                        when.wheres
                            .iter()
                            .filter_map(|clause| Some((id, bound(&clause.right.value)?))),
                    );
                    &when.only
                }
                Dependency::Cache(upstream) => {
                    let of = upstream.cache.value;
                    for clause in &upstream.wheres {
                        used.insert((of, clause.left.value));
                        used.extend(bound(&clause.right.value).map(|tag| (id, tag)));
                    }
                    &upstream.only
                }
            };
            used.extend(only.iter().map(|only| (id, only.dimension.value)));
        }
    }
    used
}

fn bound(value: &WhereValue) -> Option<DimensionId> {
    match value {
        WhereValue::Dimension(id) => Some(*id),
        WhereValue::Literal(_) => None,
    }
}
