//! Which column each node stands in, and the free places that long edges keep in the columns between.

use std::collections::VecDeque;

use super::HEADER;
use crate::emit::drawing::{Drawing, Edge};

/// Passages of all edges together. A drawing with more is none that anybody looks at, and they could be as many as
/// edges times columns: its edges go straight.
const PASSAGES: usize = 20_000;

/// Room an edge keeps in a column it passes.
const PASSAGE: f64 = 6.0;

/// Everything that has a place.
#[derive(Debug)]
pub(super) struct Grid {
    pub(super) spots: Vec<Spot>,
    /// Indices into the spots, from top to bottom.
    pub(super) columns: Vec<Vec<usize>>,
    /// Of each edge, in the drawing's order, from its start to its end.
    pub(super) ways: Vec<Vec<Stop>>,
}

/// A node, or the passage of an edge.
#[derive(Debug)]
pub(super) struct Spot {
    pub(super) node: Option<usize>,
    pub(super) column: usize,
    pub(super) height: f64,
    pub(super) top: f64,
}

/// Where an edge meets a spot, below its top. The end of an edge moves to its line later.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stop {
    pub(super) spot: usize,
    pub(super) port: f64,
}

/// Nodes and passages by column, in order of declaration.
pub(super) fn grid(drawing: &Drawing, heights: &[f64]) -> Grid {
    let columns = columns(drawing);
    let count = columns.iter().max().map_or(0, |last| last + 1);
    let mut grid = Grid {
        spots: Vec::new(),
        columns: vec![Vec::new(); count],
        ways: Vec::new(),
    };
    for (node, (column, height)) in columns.iter().zip(heights).enumerate() {
        grid.add(Some(node), *column, *height);
    }
    let between = |edge: &Edge| {
        let (from, to) = (columns.get(edge.from), columns.get(edge.to));
        from.map_or(0, |from| from + 1)..to.copied().unwrap_or(0)
    };
    let passages: usize = drawing.edges.iter().map(|edge| between(edge).len()).sum();
    for edge in &drawing.edges {
        let mut way = vec![Stop {
            spot: edge.from,
            port: HEADER / 2.0,
        }];
        let between = between(edge).filter(|_| passages <= PASSAGES);
        way.extend(between.map(|column| Stop {
            spot: grid.add(None, column, PASSAGE),
            port: PASSAGE / 2.0,
        }));
        way.push(Stop {
            spot: edge.to,
            port: HEADER / 2.0,
        });
        grid.ways.push(way);
    }
    grid
}

impl Grid {
    fn add(&mut self, node: Option<usize>, column: usize, height: f64) -> usize {
        let index = self.spots.len();
        self.spots.push(Spot {
            node,
            column,
            height,
            top: 0.0,
        });
        if let Some(spots) = self.columns.get_mut(column) {
            spots.push(index);
        }
        index
    }
}

/// The longest way to each node; one that nothing leads to stands right before what it leads to.
fn columns(drawing: &Drawing) -> Vec<usize> {
    let count = drawing.nodes.len();
    let mut below = vec![Vec::new(); count];
    let mut waiting = vec![0_usize; count];
    for edge in &drawing.edges {
        if let (Some(below), Some(waiting)) = (below.get_mut(edge.from), waiting.get_mut(edge.to)) {
            below.push(edge.to);
            *waiting += 1;
        }
    }
    let first: Vec<bool> = waiting.iter().map(|count| *count == 0).collect();
    let starts = first.iter().enumerate().filter(|(_, first)| **first);
    let mut ready: VecDeque<_> = starts.map(|(node, _)| node).collect();
    let mut columns = vec![0_usize; count];
    while let Some(node) = ready.pop_front() {
        let next = columns.get(node).map_or(0, |column| column + 1);
        for to in below.get(node).into_iter().flatten() {
            if let (Some(column), Some(waiting)) = (columns.get_mut(*to), waiting.get_mut(*to)) {
                *column = next.max(*column);
                *waiting -= 1;
                if *waiting == 0 {
                    ready.push_back(*to);
                }
            }
        }
    }
    for (node, _) in first.iter().enumerate().filter(|(_, first)| **first) {
        let nearest = below.get(node).into_iter().flatten();
        let nearest = nearest.filter_map(|to| columns.get(*to)).min().copied();
        if let (Some(column), Some(nearest)) = (columns.get_mut(node), nearest) {
            *column = nearest.saturating_sub(1);
        }
    }
    columns
}
