//! One module for each command.

pub(crate) mod check;
pub(crate) mod explain;
pub(crate) mod facts;
pub(crate) mod generate;
pub(crate) mod graph;

use std::path::{Path, PathBuf};

use cachex_compiler::diagnostics::{human_within, suggest};
use cachex_compiler::model::{Schema, Valid};
use cachex_compiler::plan::Plan;
use cachex_compiler::source::SourceMap;

use crate::args::{Color, Sources};
use crate::baseline::BaselineError;
use crate::project::{Project, ProjectError};
use crate::{output, read};

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
    /// The baseline is unusable.
    #[error(transparent)]
    Baseline(#[from] BaselineError),
    /// Nothing of that name can be explained.
    #[error("{0}")]
    Unexplained(String),
    /// What `--deny` names is no code.
    #[error("`--deny {0}` names neither a rule nor `warnings`{1}")]
    Denied(String, String),
    /// Sources are given by their folder.
    #[error("`--src {path}` is a file, and `--src` takes the folder that sources lie in", path = .0.display())]
    SourceFile(PathBuf),
    /// Standard output can't be written.
    #[error("can't write the output: {0}")]
    Output(std::io::Error),
}

/// `, did you mean …?`, where something is near.
fn meant<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let near = suggest(name, known);
    near.map_or_else(String::new, |near| format!(", did you mean `{near}`?"))
}

/// Refuses files where folders are asked for: nothing would be found in them, and nothing wrong.
fn refuse_files(sources: &Sources) -> Result<(), Failure> {
    let file = sources.src.iter().find(|path| path.is_file());
    file.map_or(Ok(()), |path| Err(Failure::SourceFile(path.clone())))
}

/// Says where no source was found: a result about nothing looks like a good one.
fn remark_nothing(project: &Project) {
    if project.files.is_empty() {
        output::remark("warning: no Rust file was found there: nothing was looked at");
    }
}

/// Rules without an error.
pub(crate) struct Compiled {
    pub(crate) schema: Valid<Schema>,
    pub(crate) plan: Plan,
    pub(crate) sources: SourceMap,
}

/// Compiles the rules for a command that needs them whole; where they have errors, those are printed instead.
pub(crate) fn compiled(
    schema: &Path,
    seen_from: &Path,
    color: Color,
) -> Result<Option<Compiled>, Failure> {
    let compilation = read::rules(schema, seen_from);
    if let (Some(schema), Some(plan)) = (compilation.schema, compilation.plan) {
        return Ok(Some(Compiled {
            schema,
            plan,
            sources: compilation.sources,
        }));
    }
    let (look, columns) = (output::look(color), output::columns());
    let reports = &compilation.diagnostics;
    output::print(&human_within(reports, &compilation.sources, look, columns))?;
    Ok(None)
}
