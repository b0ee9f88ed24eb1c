//! The two graphs of a schema: caches built from caches, and entities that touch entities.
//!
//! Owns their cycles and their order. Knows neither YAML nor what an edge means for a region. An edge points from
//! the dependent to what it depends on (a touching entity depends on nothing, it points to what it touches) and
//! carries the place it is written at. Nothing here recurses: a chain may be as long as a file allows.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};

use petgraph::Direction;
use petgraph::algo::{kosaraju_scc, toposort};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::model::{CacheId, Dependency, EntityId, Schema};
use crate::source::Span;

/// Edges looked at while searching the shortest cycles of all components. Beyond it the first found of each is taken:
/// a file of nothing but cycles would otherwise cost the square of its size.
const SEARCH: usize = 200_000;

/// Nodes in order of declaration, and where each edge stands.
#[derive(Debug, Clone)]
pub struct Graph<Id> {
    inner: DiGraph<Id, Span>,
}

/// A way from a node back to itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycle<Id> {
    /// In order; the last one ends where the first begins. Never empty.
    pub edges: Vec<Edge<Id>>,
}

/// One step of a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge<Id> {
    /// The dependent (or touching) node.
    pub from: Id,
    /// What it depends on (or touches).
    pub to: Id,
    /// Where that is written.
    pub span: Span,
}

/// Which cache is built from which: one edge for each `cache:` dependency.
pub fn cache_graph(schema: &Schema) -> Graph<CacheId> {
    let edges = schema.cache_ids().flat_map(|(id, cache)| {
        cache
            .dependencies()
            .iter()
            .filter_map(move |dependency| match dependency {
                Dependency::Cache(upstream) => {
                    Some((id.0, upstream.cache.value.0, upstream.cache.span))
                }
                Dependency::When(_) => None,
            })
    });
    Graph::new(schema.cache_ids().map(|(id, _)| id), edges)
}

/// Which entity touches which: one edge for each reference in `touches`.
pub fn touch_graph(schema: &Schema) -> Graph<EntityId> {
    let edges = schema.entity_ids().flat_map(|(id, entity)| {
        entity.touches.iter().filter_map(move |touch| {
            let (_, _, target) = entity
                .references()
                .find(|(reference, _, _)| *reference == touch.reference)?;
            Some((id.0, target.0, touch.span))
        })
    });
    Graph::new(schema.entity_ids().map(|(id, _)| id), edges)
}

impl<Id: Copy + Ord> Graph<Id> {
    fn new(nodes: impl Iterator<Item = Id>, edges: impl Iterator<Item = (u32, u32, Span)>) -> Self {
        let mut inner = DiGraph::new();
        for node in nodes {
            inner.add_node(node);
        }
        for (from, to, span) in edges {
            inner.add_edge(
                NodeIndex::new(from as usize),
                NodeIndex::new(to as usize),
                span,
            );
        }
        Self { inner }
    }

    /// The shortest cycle of each strongly connected component, begun at its first declared member, in order of
    /// declaration.
    pub fn cycles(&self) -> Vec<Cycle<Id>> {
        let mut budget = SEARCH;
        let mut cycles: Vec<_> = kosaraju_scc(&self.inner)
            .into_iter()
            .filter_map(|component| self.shortest_cycle(component, &mut budget))
            .collect();
        cycles.sort_by_key(|cycle| cycle.edges.first().map(|edge| edge.from));
        cycles
    }

    /// Whether there are any.
    pub fn is_cyclic(&self) -> bool {
        toposort(&self.inner, None).is_err()
    }

    /// What a node depends on before the node itself; ties by order of declaration. Nodes of a cycle stand at the
    /// end, by order of declaration.
    pub fn order(&self) -> Vec<Id> {
        let mut waiting: Vec<usize> = self
            .inner
            .node_indices()
            .map(|node| self.inner.edges_directed(node, Direction::Outgoing).count())
            .collect();
        let mut ready: BinaryHeap<_> = self
            .inner
            .node_indices()
            .filter(|node| waiting.get(node.index()) == Some(&0))
            .map(Reverse)
            .collect();
        let mut order = Vec::with_capacity(waiting.len());
        while let Some(Reverse(node)) = ready.pop() {
            order.extend(self.inner.node_weight(node));
            for dependent in self.inner.neighbors_directed(node, Direction::Incoming) {
                if let Some(count) = waiting.get_mut(dependent.index()) {
                    *count -= 1;
                    if *count == 0 {
                        ready.push(Reverse(dependent));
                    }
                }
            }
        }
        let cyclic = self.inner.node_indices().zip(&waiting);
        order.extend(
            cyclic
                .filter(|(_, count)| **count > 0)
                .filter_map(|(node, _)| self.inner.node_weight(node)),
        );
        order
    }

    fn shortest_cycle(
        &self,
        mut component: Vec<NodeIndex>,
        budget: &mut usize,
    ) -> Option<Cycle<Id>> {
        component.sort();
        let members: BTreeSet<_> = component.iter().copied().collect();
        let mut shortest: Option<Vec<Edge<Id>>> = None;
        for start in &component {
            let within = shortest
                .as_ref()
                .map_or(usize::MAX, |found| found.len() - 1);
            if let Some(found) = self.way_back(*start, &members, within, budget) {
                shortest = Some(found);
            }
            if *budget == 0 && shortest.is_some() {
                break;
            }
        }
        let mut edges = shortest?;
        let first = edges
            .iter()
            .enumerate()
            .min_by_key(|(_, edge)| edge.from)
            .map_or(0, |(index, _)| index);
        edges.rotate_left(first);
        Some(Cycle { edges })
    }

    /// The shortest way from `start` back to it of at most `within` edges, breadth first inside its component.
    fn way_back(
        &self,
        start: NodeIndex,
        members: &BTreeSet<NodeIndex>,
        within: usize,
        budget: &mut usize,
    ) -> Option<Vec<Edge<Id>>> {
        let mut reached_by = BTreeMap::new();
        let mut queue = VecDeque::from([(start, 0)]);
        while let Some((node, distance)) = queue.pop_front() {
            if distance >= within {
                return None;
            }
            // petgraph lists the edge added last first; the reader expects the one written first.
            let mut edges: Vec<_> = self.inner.edges(node).collect();
            edges.reverse();
            for edge in edges {
                *budget = budget.saturating_sub(1);
                let target = edge.target();
                if !members.contains(&target) || reached_by.contains_key(&target) {
                    continue;
                }
                reached_by.insert(target, (node, *edge.weight()));
                if target == start {
                    return self.trace(start, &reached_by);
                }
                queue.push_back((target, distance + 1));
            }
        }
        None
    }

    fn trace(
        &self,
        start: NodeIndex,
        reached_by: &BTreeMap<NodeIndex, (NodeIndex, Span)>,
    ) -> Option<Vec<Edge<Id>>> {
        let mut edges = Vec::new();
        let mut node = start;
        loop {
            let (previous, span) = *reached_by.get(&node)?;
            edges.push(Edge {
                from: *self.inner.node_weight(previous)?,
                to: *self.inner.node_weight(node)?,
                span,
            });
            node = previous;
            if node == start {
                edges.reverse();
                return Some(edges);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    /// Nodes `0..count`; each edge stands at its own number.
    fn graph(count: u32, edges: &[(u32, u32)]) -> Graph<u32> {
        let placed = edges.iter().zip(0..).map(|((from, to), place)| {
            let span = Span::new(FileId(0), place..place);
            (*from, *to, span)
        });
        Graph::new(0..count, placed)
    }

    /// The nodes of each cycle, and the numbers of its edges.
    fn cycles(count: u32, edges: &[(u32, u32)]) -> Vec<(Vec<u32>, Vec<u32>)> {
        let found = graph(count, edges).cycles().into_iter().map(|cycle| {
            let nodes = cycle.edges.iter().map(|edge| edge.from).collect();
            let places = cycle.edges.iter().map(|edge| edge.span.start).collect();
            (nodes, places)
        });
        found.collect()
    }

    #[test]
    fn a_node_may_be_a_cycle_by_itself() {
        assert_eq!(cycles(2, &[(0, 1), (1, 1)]), [(vec![1], vec![1])]);
    }

    #[test]
    fn whether_there_is_a_cycle_is_told_without_looking_for_it() {
        assert!(graph(2, &[(0, 1), (1, 1)]).is_cyclic());
        assert!(graph(3, &[(0, 1), (1, 2), (2, 0)]).is_cyclic());
        assert!(!graph(3, &[(0, 1), (0, 2), (1, 2)]).is_cyclic());
    }

    #[test]
    fn of_two_ways_round_the_shorter_is_found_and_begins_at_its_first_node() {
        let edges = [(3, 4), (4, 3), (0, 1), (1, 2), (2, 3), (3, 0)];
        assert_eq!(cycles(5, &edges), [(vec![3, 4], vec![0, 1])]);
        let edges = [(2, 1), (1, 0), (0, 2)];
        assert_eq!(cycles(3, &edges), [(vec![0, 2, 1], vec![2, 0, 1])]);
    }

    #[test]
    fn of_two_edges_the_one_written_first_is_shown() {
        assert_eq!(
            cycles(2, &[(0, 1), (0, 1), (1, 0)]),
            [(vec![0, 1], vec![0, 2])]
        );
    }

    #[test]
    fn each_component_has_its_cycle_in_order_of_declaration() {
        let edges = [(4, 5), (5, 4), (0, 1), (1, 0), (1, 4)];
        let found = cycles(6, &edges);
        assert_eq!(found, [(vec![0, 1], vec![2, 3]), (vec![4, 5], vec![0, 1])]);
    }

    #[test]
    fn what_is_depended_on_comes_first_ties_by_declaration() {
        assert_eq!(graph(4, &[(0, 3), (1, 3), (2, 0)]).order(), [3, 0, 1, 2]);
        assert_eq!(graph(3, &[]).order(), [0, 1, 2]);
        assert_eq!(graph(4, &[(0, 1), (1, 0), (2, 3)]).order(), [3, 2, 0, 1]);
    }

    #[test]
    fn a_ring_as_large_as_a_file_allows_is_found() {
        let count = 30_000;
        let edges: Vec<_> = (0..count).map(|node| (node, (node + 1) % count)).collect();
        let found = cycles(count, &edges);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0.len(), 30_000);
    }
}
