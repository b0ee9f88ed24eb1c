//! What the runtime does with changes, seen from outside: regions, units of work, events, headers, HTTP.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::similar_names,
    clippy::unused_async,
    reason = "a failed expectation is the report"
)]

mod blog;
mod shop;

mod behind;
mod cancelled;
mod events;
mod header;
mod http;
mod keys;
mod loud;
mod own_writes;
mod reads;
mod regions;
mod scopes;
mod sse;
mod subscription;
mod testing;
mod units;
