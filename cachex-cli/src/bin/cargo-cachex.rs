//! The binary `cargo-cachex`: cargo runs it for `cargo cachex …`, with the word `cachex` as first argument.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments: Vec<_> = std::env::args_os().collect();
    if arguments.get(1).is_some_and(|word| word == "cachex") {
        arguments.remove(1);
    }
    cachex_cli::run(arguments)
}
