//! Any bytes as a Rust file: its facts.
#![no_main]

use cachex_compiler::analyze::parse_file;
use cachex_compiler::model::Dialect;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    drop(parse_file(bytes, Dialect::Postgres));
});
