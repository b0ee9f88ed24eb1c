//! At which height each spot stands: as near as possible to what it is joined with, in its column's order, none over
//! another.

use super::layers::Grid;

/// Between two nodes of a column; passages of edges stand closer.
const GAP: f64 = 22.0;
const NARROW: f64 = 6.0;
const SWEEPS: usize = 16;

pub(super) fn place(grid: &mut Grid) {
    for column in 0..grid.columns.len() {
        settle(grid, column, |_| None);
    }
    for sweep in 0..SWEEPS {
        let wishes = wishes(grid, sweep);
        let count = grid.columns.len();
        for step in 0..count {
            let column = if sweep.is_multiple_of(2) {
                step
            } else {
                count - 1 - step
            };
            settle(grid, column, |spot| wishes.get(spot).copied().flatten());
        }
    }
    let highest = grid
        .spots
        .iter()
        .map(|spot| spot.top)
        .fold(f64::MAX, f64::min);
    for spot in &mut grid.spots {
        spot.top -= highest;
    }
}

/// The top at which a spot's edges would be level, on the average; the last sweeps look at both sides.
fn wishes(grid: &Grid, sweep: usize) -> Vec<Option<f64>> {
    let mut sums = vec![(0.0, 0.0); grid.spots.len()];
    let both = sweep >= SWEEPS / 2;
    for way in &grid.ways {
        for pair in way.windows(2) {
            let [from, to] = pair else { continue };
            let top = |spot: usize| grid.spots.get(spot).map_or(0.0, |spot| spot.top);
            if both || sweep.is_multiple_of(2) {
                add(&mut sums, to.spot, top(from.spot) + from.port - to.port);
            }
            if both || !sweep.is_multiple_of(2) {
                add(&mut sums, from.spot, top(to.spot) + to.port - from.port);
            }
        }
    }
    let average = |(sum, count): (f64, f64)| (count > 0.0).then(|| sum / count);
    sums.into_iter().map(average).collect()
}

fn add(sums: &mut [(f64, f64)], spot: usize, wish: f64) {
    if let Some((sum, count)) = sums.get_mut(spot) {
        *sum += wish;
        *count += 1.0;
    }
}

/// A run of spots that stand as close as they may.
struct Run {
    spots: usize,
    /// Sum of where its members would like its first to be.
    wished: f64,
}

impl Run {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a column has far fewer spots than 2^52"
    )]
    fn top(&self) -> f64 {
        self.wished / self.spots as f64
    }
}

/// Moves the spots of a column to where they wish to be, least squares, keeping order and distances: runs that would
/// overlap become one.
fn settle(grid: &mut Grid, column: usize, wish: impl Fn(usize) -> Option<f64>) {
    let Some(spots) = grid.columns.get(column) else {
        return;
    };
    let mut offsets = Vec::with_capacity(spots.len());
    let mut offset = 0.0;
    let mut runs: Vec<Run> = Vec::new();
    let mut previous: Option<bool> = None;
    for index in spots {
        let Some(spot) = grid.spots.get(*index) else {
            continue;
        };
        if let Some(was_node) = previous {
            offset += if was_node || spot.node.is_some() {
                GAP
            } else {
                NARROW
            };
        }
        let wished = wish(*index).unwrap_or(spot.top);
        let mut run = Run {
            spots: 1,
            wished: wished - offset,
        };
        while let Some(above) = runs.pop_if(|above| above.top() > run.top()) {
            run.spots += above.spots;
            run.wished += above.wished;
        }
        runs.push(run);
        offsets.push((*index, offset));
        offset += spot.height;
        previous = Some(spot.node.is_some());
    }
    let tops = runs
        .iter()
        .flat_map(|run| std::iter::repeat_n(run.top(), run.spots));
    let places: Vec<_> = offsets.into_iter().zip(tops).collect();
    for ((index, offset), top) in places {
        if let Some(spot) = grid.spots.get_mut(index) {
            spot.top = top + offset;
        }
    }
}
