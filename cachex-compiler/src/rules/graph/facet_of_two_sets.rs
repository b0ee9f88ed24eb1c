//! Two many-valued tags bound together: an entry would need one validity check for each pair of their values.

use super::bound_together;
use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::FACET_OF_TWO_SETS;
use crate::model::{Cardinality, Schema};
use crate::plan::Plan;

pub(in crate::rules) fn check(schema: &Schema, plan: &Plan, out: &mut Diagnostics) {
    let is_set = |cardinality| cardinality == Cardinality::Many;
    for facet in bound_together(schema, plan, |dimension| is_set(dimension.cardinality)) {
        let [one, other, ..] = facet.dimensions.as_slice() else {
            continue;
        };
        let names = [one, other].map(|dimension| &dimension.name.value);
        let [first, second] = names;
        out.push(
            FACET_OF_TWO_SETS
                .at(facet.span, format!("one region binds two many-valued tags, `{first}` and `{second}`"))
                .labelled(facet.span, "binds both by this")
                .labelled(one.name.span, "many-valued")
                .labelled(other.name.span, "many-valued")
                .help(format!("bind `{first}` alone: the region is wider, and clears too much rather than too little")),
        );
    }
}
