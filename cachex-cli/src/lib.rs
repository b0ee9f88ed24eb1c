//! The command line of cachex: the only place with I/O. Finds files, calls the compiler, prints, exits.

mod args;
mod project;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

/// Runs one command line, program name included. Both binaries are this.
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    let cli = args::Cli::parse_from(arguments);
    println!("{cli:?}");
    ExitCode::SUCCESS
}
