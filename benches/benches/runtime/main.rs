//! The in-process tier against the store it is built on, and against moka.
//!
//! `cargo bench -p cachex-benches --bench runtime` prints a line `ratio NAME VALUE` (or `bytes NAME VALUE`) for each
//! bar, with the bar behind it, and the nanoseconds it comes from.

mod clear;
mod fixture;
mod hit;
mod measure;
mod memory;

use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<std::alloc::System> = &INSTRUMENTED_SYSTEM;

fn main() {
    // `cargo test` runs benches, too, and wants no measuring.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    memory::measure();
    hit::measure();
    clear::measure();
}
