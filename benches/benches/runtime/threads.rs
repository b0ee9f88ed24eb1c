//! What a hit costs while another thread hits the same cache: the same entry, and others.
//!
//! A number that every hit writes, or that lies beside one, would show here: the threads would take it from each other.

use std::hint::black_box;
use std::sync::{Arc, Barrier};
use std::task::{Context, Waker};
use std::thread;
use std::time::Instant;

use cachex_runtime::{Cachex, WithTags};

use crate::fixture::{Bench, Grouped, Values};
use crate::hit::{self, Plain};
use crate::measure::{Contender, median, ratio, take_turns};

const THREADS: u8 = 2;
const OPERATIONS: u32 = 10_000;
const ROUNDS: usize = 301;

pub(crate) fn measure(installed: &Cachex) {
    let plain = Plain::<Grouped>::new(1 << 21);
    for id in 0..u64::from(THREADS) {
        let key = Grouped::new(id, 1);
        plain.insert(key.clone(), Arc::new(key.view()));
        hit::load(installed, &key);
    }
    let own = |thread: u64| thread;
    let same = |_: u64| 0;
    let plain = |_: &mut Context<'_>, key: &Grouped| plain.get(key);
    let unread =
        async || Err::<WithTags<<Grouped as Bench>::View, Values>, _>("a hit calls no loader");
    let public = |context: &mut Context<'_>, key: &Grouped| {
        hit::ready_in(context, installed.get_or_load(key, unread)).ok()
    };
    let mut contenders: [Contender<'_, f64>; 4] = [
        Box::new(|| at_once(same, plain)),
        Box::new(|| at_once(same, public)),
        Box::new(|| at_once(own, plain)),
        Box::new(|| at_once(own, public)),
    ];
    let nanos: Vec<f64> = take_turns(ROUNDS, &mut contenders)
        .into_iter()
        .map(median)
        .collect();
    let [same_plain, same, own_plain, own] = nanos[..] else {
        return;
    };
    ratio("hit_same_entry_two_threads", same, same_plain, Some(1.3));
    ratio("hit_own_entries_two_threads", own, own_plain, Some(1.3));
}

/// Nanoseconds per hit where each thread hits the entry of an id.
fn at_once(
    id: impl Fn(u64) -> u64 + Sync,
    get: impl Fn(&mut Context<'_>, &Grouped) -> Option<Arc<<Grouped as Bench>::View>> + Sync,
) -> f64 {
    let start = Barrier::new(usize::from(THREADS));
    let run = |thread| {
        let key = Grouped::new(id(thread), 1);
        let context = &mut Context::from_waker(Waker::noop());
        start.wait();
        let begun = Instant::now();
        for _ in 0..OPERATIONS {
            assert!(black_box(get(context, black_box(&key))).is_some());
        }
        begun.elapsed().as_secs_f64() * 1e9 / f64::from(OPERATIONS)
    };
    thread::scope(|scope| {
        let run = &run;
        let threads: Vec<_> = (0..u64::from(THREADS))
            .map(|thread| scope.spawn(move || run(thread)))
            .collect();
        let nanos = threads.into_iter().map(|it| it.join().expect("it ends"));
        nanos.sum::<f64>() / f64::from(THREADS)
    })
}
