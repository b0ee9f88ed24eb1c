//! An entity that touches itself through others: one change would derive updates without end.

use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::TOUCHES_CYCLE;
use crate::graph::touch_graph;
use crate::model::{EntityId, Schema};

pub(in crate::rules) fn check(schema: &Schema, out: &mut Diagnostics) {
    let name = |id: EntityId| &schema.entity(id).name.value;
    for cycle in touch_graph(schema).cycles() {
        let Some(first) = cycle.edges.first() else {
            continue;
        };
        let message = match cycle.edges.as_slice() {
            [edge] => format!("entity `{}` touches itself", name(edge.from)),
            edges => format!("entities touch each other: {}", super::path(edges, name)),
        };
        let mut report = TOUCHES_CYCLE.at(first.span, message);
        for edge in &cycle.edges {
            report.label(
                edge.span,
                format!("`{}` touches `{}` here", name(edge.from), name(edge.to)),
            );
        }
        out.push(report.help(help(name(first.from), cycle.edges.len())));
    }
}

fn help(entity: &str, edges: usize) -> String {
    match edges {
        1 => format!(
            "leave it out, and give the caches that show a `{entity}` with its ancestors a tag for them: `ancestor: [{entity}.id]`"
        ),
        _ => "leave one of them out, and let the caches that show both depend on each".to_owned(),
    }
}
