//! Rounds and their medians. Contenders take turns, so that whatever else the machine does meets all of them.

use std::time::Instant;

/// A thing to be measured.
pub(crate) type Contender<'a, T = ()> = Box<dyn FnMut() -> T + 'a>;

/// Nanoseconds per operation of each contender, the median of `rounds` rounds. A contender does `operations` in one
/// call.
pub(crate) fn interleaved(
    rounds: usize,
    operations: usize,
    contenders: &mut [Contender<'_>],
) -> Vec<f64> {
    let timed = |contender| -> Contender<'_, f64> { Box::new(timed(contender, operations)) };
    let mut timed: Vec<_> = contenders.iter_mut().map(timed).collect();
    take_turns(rounds, &mut timed)
        .into_iter()
        .map(median)
        .collect()
}

fn timed<'a>(contender: &'a mut Contender<'_>, operations: usize) -> impl FnMut() -> f64 + 'a {
    move || {
        let start = Instant::now();
        contender();
        start.elapsed().as_secs_f64() * 1e9 / operations as f64
    }
}

/// What each contender gave in each round.
pub(crate) fn take_turns(rounds: usize, contenders: &mut [Contender<'_, f64>]) -> Vec<Vec<f64>> {
    let mut all = vec![Vec::with_capacity(rounds); contenders.len()];
    for _ in 0..rounds {
        for (contender, all) in contenders.iter_mut().zip(&mut all) {
            // Not counted: else whoever comes after a contender with the same entries finds them in the processor's
            // caches, and the others do not.
            contender();
            all.push(contender());
        }
    }
    all
}

pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Of two contenders, measured several times: what they took where their ratio is the median.
pub(crate) fn compared(measured: &[Vec<f64>], [one, other]: [usize; 2]) -> (f64, f64) {
    let mut pairs: Vec<_> = measured.iter().map(|it| (it[one], it[other])).collect();
    pairs.sort_by(|one, other| f64::total_cmp(&(one.0 / one.1), &(other.0 / other.1)));
    pairs[pairs.len() / 2]
}

/// Prints a bar.
pub(crate) fn ratio(name: &str, nanos: f64, of: f64, bar: Option<f64>) {
    let value = nanos / of;
    let verdict = match bar {
        Some(bar) if value <= bar => format!(", bar {bar}: holds"),
        Some(bar) => format!(", bar {bar}: MISSED"),
        None => String::new(),
    };
    println!("ratio {name} {value:.3}  # {nanos:.1} ns / {of:.1} ns{verdict}");
}
