//! Many optional params bound together: each doubles what one invalidation has to bump.

use super::bound_together;
use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::CROWDED_FACET;
use crate::model::{Cardinality, Dimension, DimensionKind, Schema};
use crate::plan::Plan;

/// Optional params one region may bind: 2⁴ slots are bumped for it.
const MOST: usize = 4;

pub(in crate::rules) fn check(schema: &Schema, plan: &Plan, out: &mut Diagnostics) {
    for facet in bound_together(schema, plan, is_optional_param) {
        let count = facet.dimensions.len();
        if count <= MOST {
            continue;
        }
        let mut report = CROWDED_FACET.at(
            facet.span,
            format!("one region binds {count} optional params, and {MOST} are the most"),
        );
        report.label(facet.span, "binds them by this");
        for dimension in &facet.dimensions {
            report.label(dimension.name.span, "optional");
        }
        out.push(report.help(format!("leave all but {MOST} of them free: the region is wider, and clears too much rather than too little")));
    }
}

fn is_optional_param(dimension: &Dimension) -> bool {
    dimension.kind == DimensionKind::Param && dimension.cardinality == Cardinality::Optional
}
