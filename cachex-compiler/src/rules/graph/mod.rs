//! CX03: what depends on what.

pub(super) mod create_behind_own_tag;
pub(super) mod crowded_facet;
pub(super) mod dependency_cycle;
pub(super) mod endless_entry;
pub(super) mod facet_of_two_sets;
pub(super) mod missing_dependencies;
pub(super) mod missing_reason;
pub(super) mod superfluous_dependency;
pub(super) mod touches_cycle;
pub(super) mod unused_entity;

use std::collections::BTreeMap;

use crate::graph::{Edge, cache_graph, touch_graph};
use crate::model::{Action, CacheId, Dimension, EntityId, Schema};
use crate::plan::{Because, Plan, Step};
use crate::source::Span;

/// Whether caches or `touches` lead in a circle.
pub(super) fn has_cycle(schema: &Schema) -> bool {
    cache_graph(schema).is_cyclic() || touch_graph(schema).is_cyclic()
}

/// `` `a` → `b` → `a` ``.
fn path<'n, Id: Copy>(edges: &[Edge<Id>], name: impl Fn(Id) -> &'n String) -> String {
    let ends = edges
        .iter()
        .map(|edge| edge.from)
        .chain(edges.first().map(|edge| edge.from));
    let names: Vec<_> = ends.map(|id| format!("`{}`", name(id))).collect();
    names.join(" → ")
}

/// Every step of a plan with the change it belongs to.
fn steps(plan: &Plan) -> impl Iterator<Item = ((EntityId, Action), &Step)> {
    (0..)
        .map(EntityId)
        .zip(&plan.entities)
        .flat_map(|(entity, plan)| {
            Action::ALL
                .into_iter()
                .zip(&plan.actions)
                .flat_map(move |(action, plan)| {
                    plan.steps.iter().map(move |step| ((entity, action), step))
                })
        })
}

/// Index of the dependency that a step is the effect of, in its cache's `depends_on`.
fn dependency_of(step: &Step) -> Option<usize> {
    match step.because.last()? {
        Because::When(_, index) | Because::Cascade(_, index) => Some(usize::from(*index)),
        Because::Touches(..) => None,
    }
}

/// Dimensions that one region binds.
struct BoundTogether<'s> {
    /// The dependency that binds them, which stands in the cache.
    span: Span,
    dimensions: Vec<&'s Dimension>,
}

/// For each dependency, the most dimensions of a kind that a region binds by it, if there are two.
fn bound_together<'s>(
    schema: &'s Schema,
    plan: &Plan,
    counts: impl Fn(&Dimension) -> bool,
) -> Vec<BoundTogether<'s>> {
    let mut most: BTreeMap<(CacheId, usize), Vec<&Dimension>> = BTreeMap::new();
    for (_, step) in steps(plan).filter(|(_, step)| step.bindings.len() > 1) {
        let cache = schema.cache(step.cache);
        let bound = step
            .bindings
            .iter()
            .map(|binding| cache.dimension(binding.dimension));
        let dimensions: Vec<_> = bound.filter(|dimension| counts(dimension)).collect();
        if let (true, Some(index)) = (dimensions.len() > 1, dependency_of(step)) {
            let known = most.entry((step.cache, index)).or_default();
            if known.len() < dimensions.len() {
                *known = dimensions;
            }
        }
    }
    let found = most.into_iter().filter_map(|((cache, index), dimensions)| {
        let span = schema.cache(cache).dependencies().get(index)?.span();
        Some(BoundTogether { span, dimensions })
    });
    found.collect()
}
