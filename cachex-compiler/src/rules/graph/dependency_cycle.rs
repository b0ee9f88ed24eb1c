//! A cache that depends on itself through others could never be worked out: which region goes first?

use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::DEPENDENCY_CYCLE;
use crate::graph::cache_graph;
use crate::model::{CacheId, Schema};

pub(in crate::rules) fn check(schema: &Schema, out: &mut Diagnostics) {
    let name = |id: CacheId| &schema.cache(id).name.value;
    for cycle in cache_graph(schema).cycles() {
        let Some(first) = cycle.edges.first() else {
            continue;
        };
        let message = match cycle.edges.as_slice() {
            [edge] => format!("cache `{}` depends on itself", name(edge.from)),
            edges => format!("caches depend on each other: {}", super::path(edges, name)),
        };
        let mut report = DEPENDENCY_CYCLE.at(first.span, message);
        for edge in &cycle.edges {
            report.label(
                edge.span,
                format!("`{}` depends on `{}` here", name(edge.from), name(edge.to)),
            );
        }
        out.push(report.help("let one of them depend on the entities instead"));
    }
}
