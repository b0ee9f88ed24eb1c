//! The in-process tier against the store it is built on, and against moka.
//!
//! `cargo bench -p cachex-benches --bench runtime` prints a line `ratio NAME VALUE` (or `bytes NAME VALUE`) for each
//! bar, with the bar behind it, and the nanoseconds it comes from.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a bench that is set up wrongly had better stop, and its counts are far below 2^52"
)]

mod clear;
mod fixture;
mod hit;
mod measure;
mod memory;
mod threads;

use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<std::alloc::System> = &INSTRUMENTED_SYSTEM;

fn main() {
    // `cargo test` runs benches, too, and wants no measuring.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    memory::measure();
    let installed = fixture::cachex().install();
    hit::measure(&installed);
    threads::measure(&installed);
    clear::measure();
}
