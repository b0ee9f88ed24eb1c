//! In which order the spots of a column stand: each near the middle of what it is joined with, swept to and fro, and
//! the best of all sweeps kept.

use super::layers::Grid;

const SWEEPS: usize = 12;

pub(super) fn order(grid: &mut Grid) {
    let neighbours = neighbours(grid);
    let mut best = grid.columns.clone();
    let mut fewest = crossings(grid, &neighbours);
    let mut positions = positions(grid);
    for sweep in 0..SWEEPS {
        let forward = sweep.is_multiple_of(2);
        let count = grid.columns.len();
        for step in 0..count {
            let column = if forward { step } else { count - 1 - step };
            sort(grid, &neighbours, &mut positions, column, forward);
        }
        let found = crossings(grid, &neighbours);
        if found < fewest {
            fewest = found;
            best.clone_from(&grid.columns);
        }
    }
    grid.columns = best;
}

/// The edges by where they come from, from top to bottom.
pub(super) fn from_above(grid: &Grid) -> Vec<usize> {
    let positions = positions(grid);
    let mut edges: Vec<_> = (0..grid.ways.len()).collect();
    edges.sort_by_key(|edge| {
        let before = grid.ways.get(*edge).and_then(|way| way.iter().rev().nth(1));
        before.and_then(|stop| positions.get(stop.spot)).copied()
    });
    edges
}

/// The spots a spot is joined with: to its left, and to its right.
struct Neighbours {
    left: Vec<Vec<usize>>,
    right: Vec<Vec<usize>>,
}

fn neighbours(grid: &Grid) -> Neighbours {
    let mut joined = Neighbours {
        left: vec![Vec::new(); grid.spots.len()],
        right: vec![Vec::new(); grid.spots.len()],
    };
    for way in &grid.ways {
        for pair in way.windows(2) {
            let [from, to] = pair else { continue };
            if let Some(right) = joined.right.get_mut(from.spot) {
                right.push(to.spot);
            }
            if let Some(left) = joined.left.get_mut(to.spot) {
                left.push(from.spot);
            }
        }
    }
    joined
}

fn positions(grid: &Grid) -> Vec<usize> {
    let mut positions = vec![0; grid.spots.len()];
    for column in &grid.columns {
        note(column, &mut positions);
    }
    positions
}

fn note(column: &[usize], positions: &mut [usize]) {
    for (position, spot) in column.iter().enumerate() {
        if let Some(slot) = positions.get_mut(*spot) {
            *slot = position;
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a column has far fewer spots than 2^52"
)]
fn sort(
    grid: &mut Grid,
    neighbours: &Neighbours,
    positions: &mut [usize],
    column: usize,
    forward: bool,
) {
    let joined = if forward {
        &neighbours.left
    } else {
        &neighbours.right
    };
    let middle = |spot: &usize| {
        let near: Vec<_> = joined
            .get(*spot)
            .into_iter()
            .flatten()
            .filter_map(|spot| positions.get(*spot))
            .collect();
        match near.len() {
            // What is joined with nothing stays where it is.
            0 => positions.get(*spot).copied().unwrap_or(0) as f64,
            count => near.into_iter().sum::<usize>() as f64 / count as f64,
        }
    };
    if let Some(spots) = grid.columns.get_mut(column) {
        let mut by_middle: Vec<_> = spots.iter().map(|spot| (middle(spot), *spot)).collect();
        by_middle.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        *spots = by_middle.into_iter().map(|(_, spot)| spot).collect();
        note(spots, positions);
    }
}

/// How many pairs of edges cross between neighbouring columns, counted in n log n with a tree of sums.
fn crossings(grid: &Grid, neighbours: &Neighbours) -> usize {
    let positions = positions(grid);
    let mut crossings = 0;
    for column in &grid.columns {
        let mut ends = Vec::new();
        for spot in column {
            let right = neighbours.right.get(*spot).into_iter().flatten();
            let mut of_spot: Vec<_> = right.filter_map(|to| positions.get(*to)).copied().collect();
            of_spot.sort_unstable();
            ends.extend(of_spot);
        }
        crossings += inversions(&ends);
    }
    crossings
}

fn inversions(ends: &[usize]) -> usize {
    let size = ends.iter().max().map_or(0, |last| last + 1);
    let mut sums = vec![0_usize; size + 1];
    let mut inversions = 0;
    for (seen, end) in ends.iter().enumerate() {
        let mut not_behind = 0;
        let mut index = end + 1;
        while index > 0 {
            not_behind += sums.get(index).copied().unwrap_or(0);
            index &= index - 1;
        }
        inversions += seen - not_behind;
        let mut index = end + 1;
        while let Some(sum) = sums.get_mut(index) {
            *sum += 1;
            index += index & index.wrapping_neg();
        }
    }
    inversions
}

#[cfg(test)]
mod tests {
    use super::inversions;

    #[test]
    fn crossings_are_counted() {
        assert_eq!(inversions(&[0, 1, 2]), 0);
        assert_eq!(inversions(&[2, 1, 0]), 3);
        assert_eq!(inversions(&[1, 1, 0, 2]), 2);
    }
}
