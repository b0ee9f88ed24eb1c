//! The binary `cachex`.

use std::process::ExitCode;

fn main() -> ExitCode {
    cachex_cli::run(std::env::args_os().collect())
}
