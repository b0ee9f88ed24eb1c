//! Rounds and their medians. Contenders take turns, so that whatever else the machine does meets all of them.

use std::time::Instant;

/// A thing to be timed.
pub(crate) type Contender<'a> = Box<dyn FnMut() + 'a>;

/// Nanoseconds per operation of each contender, the median of `rounds` rounds. A contender does `operations` in one
/// call.
pub(crate) fn interleaved(
    rounds: usize,
    operations: usize,
    contenders: &mut [Contender<'_>],
) -> Vec<f64> {
    let mut times = vec![Vec::with_capacity(rounds); contenders.len()];
    for _ in 0..rounds {
        for (run, times) in contenders.iter_mut().zip(&mut times) {
            // Untimed: else whoever comes after a contender with the same entries finds them in the processor's
            // caches, and the others do not.
            run();
            let start = Instant::now();
            run();
            times.push(start.elapsed().as_secs_f64() * 1e9 / operations as f64);
        }
    }
    times.into_iter().map(median).collect()
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Prints a bar.
pub(crate) fn ratio(name: &str, nanos: f64, of: f64, bar: f64) {
    let value = nanos / of;
    let verdict = if value <= bar { "holds" } else { "MISSED" };
    println!("ratio {name} {value:.3}  # {nanos:.1} ns / {of:.1} ns, bar {bar}: {verdict}");
}
