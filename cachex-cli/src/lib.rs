//! The command line of cachex: the only place with I/O. Finds files, calls the compiler, prints, exits.

mod args;
mod baseline;
mod cache;
mod commands;
mod fix;
mod output;
mod overview;
mod project;
mod read;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use commands::{Failure, Outcome};

/// Runs one command line, program name included; both binaries are this. Exit status: 0 no error, 1 at least one
/// error, 2 could not run.
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    // A wrong command line ends in clap with status 2, `--help` and `--version` with 0.
    let cli = Cli::parse_from(arguments);
    match execute(&cli) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Errors) => ExitCode::FAILURE,
        Err(failure) => {
            output::complain(cli.color, &failure);
            ExitCode::from(2)
        }
    }
}

fn execute(cli: &Cli) -> Result<Outcome, Failure> {
    match &cli.command {
        Command::Check(arguments) => commands::check::run(arguments, cli.color),
        Command::Explain(arguments) => commands::explain::run(arguments, cli.color),
        Command::Facts(arguments) => commands::facts::run(arguments),
        Command::Gen(target) => commands::generate::run(target, cli.color),
        Command::Graph(arguments) => commands::graph::run(arguments, cli.color),
    }
}
