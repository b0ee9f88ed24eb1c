//! A dimension that one dependency binds twice: a region has one value for it, or the entry is in none.

use crate::diagnostics::registry::DOUBLY_BOUND_DIMENSION;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::model::{Cache, Dependency, Dimension};
use crate::source::Span;

pub(in crate::rules) fn check(cache: &Cache, out: &mut Diagnostics) {
    for dependency in cache.dependencies() {
        let compared = dependency.compared();
        for (index, (id, again)) in compared.iter().enumerate() {
            let mut before = compared.iter().take(index);
            if let Some((_, first)) = before.find(|(other, _)| other == id) {
                out.push(compared_twice(cache.dimension(*id), *first, *again));
            }
        }
        for only in dependency.only() {
            let mut bound = compared.iter();
            if let Some((id, place)) = bound.find(|(id, _)| *id == only.dimension.value) {
                let dimension = cache.dimension(*id);
                out.push(fixed_as_well(
                    dependency,
                    dimension,
                    *place,
                    only.dimension.span,
                ));
            }
        }
    }
}

fn compared_twice(dimension: &Dimension, first: Span, again: Span) -> Diagnostic {
    let name = &dimension.name.value;
    DOUBLY_BOUND_DIMENSION
        .at(again, format!("`{name}` is bound twice by one dependency"))
        .labelled(again, "here again")
        .labelled(first, "first here")
        .help("make two dependencies of it, one for each: an entry is stale when either is met")
}

fn fixed_as_well(
    dependency: &Dependency,
    dimension: &Dimension,
    bound: Span,
    fixed: Span,
) -> Diagnostic {
    let name = &dimension.name.value;
    let help = match dependency {
        Dependency::When(_) => {
            "write the literal in the `where` in place of the dimension, or take one of them out"
        }
        Dependency::Cache(_) => "take one of them out",
    };
    DOUBLY_BOUND_DIMENSION
        .at(fixed, format!("`{name}` is bound twice by one dependency"))
        .labelled(fixed, "`only` fixes it here")
        .labelled(bound, "`where` binds it here")
        .help(help)
}
