//! One module for each command.

pub(crate) mod check;
pub(crate) mod explain;

use crate::project::ProjectError;

/// How a command that could run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// No error was found.
    Clean,
    /// At least one error was found.
    Errors,
}

/// Why a command could not run.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The application was not found.
    #[error(transparent)]
    Project(#[from] ProjectError),
    /// Nothing of that name can be explained.
    #[error("{0}")]
    Unexplained(String),
    /// What `--deny` names is no code.
    #[error("`--deny {0}` names neither a rule nor `warnings`")]
    Denied(String),
    /// Standard output can't be written.
    #[error("can't write the output: {0}")]
    Output(std::io::Error),
}
