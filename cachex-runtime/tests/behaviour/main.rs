//! What the runtime does with changes, seen from outside: regions, units of work, events, headers, HTTP.
#![expect(
    clippy::too_many_lines,
    reason = "schedules are read from top to bottom"
)]

mod blog;
mod shop;

mod cancelled;
mod events;
mod header;
mod http;
mod keys;
mod loud;
mod reads;
mod regions;
mod scopes;
mod sse;
mod subscription;
mod units;
