//! `cachex check`: the rules, and the application's sources against them.

use std::path::Path;

use cachex_compiler::diagnostics::{Diagnostic, Severity, human, json, registry};
use cachex_compiler::source::SourceMap;
use cachex_compiler::{Compilation, Options, compile};

use super::{Failure, Outcome};
use crate::args::{Check, Color, Format};
use crate::output;
use crate::project::{self, Project};
use crate::read;

/// Checks, prints, and says whether an error was found.
pub(crate) fn run(arguments: &Check, color: Color) -> Result<Outcome, Failure> {
    let denied = denied(&arguments.deny)?;
    let here = project::absolute(Path::new("."))?;
    let project = Project::find(&arguments.place, &arguments.sources)?;
    let mut compilation = compile(&read::rules(project.rules()?, &here), &Options::default());
    raise(&mut compilation.diagnostics, &denied);
    print(
        arguments,
        color,
        &compilation.diagnostics,
        &compilation.sources,
    )?;
    Ok(outcome(&compilation))
}

fn outcome(compilation: &Compilation) -> Outcome {
    if compilation.has_errors() {
        Outcome::Errors
    } else {
        Outcome::Clean
    }
}

fn print(
    arguments: &Check,
    color: Color,
    reports: &[Diagnostic],
    sources: &SourceMap,
) -> Result<(), Failure> {
    match arguments.format {
        Format::Human => output::print(&human(reports, sources, output::look(color))),
        Format::Json => output::print(&json(reports, sources)),
    }
}

/// What `--deny` raises to an error.
enum Denied {
    Warnings,
    Code(&'static str),
}

fn denied(given: &[String]) -> Result<Vec<Denied>, Failure> {
    let one = |what: &String| match what.as_str() {
        "warnings" => Ok(Denied::Warnings),
        code => registry::find(code)
            .map(|rule| Denied::Code(rule.code))
            .ok_or_else(|| Failure::Denied(code.to_owned())),
    };
    given.iter().map(one).collect()
}

fn raise(reports: &mut [Diagnostic], denied: &[Denied]) {
    for report in reports {
        let raises = |denied: &Denied| match denied {
            Denied::Warnings => report.severity == Severity::Warning,
            Denied::Code(code) => report.rule.code == *code,
        };
        if denied.iter().any(raises) {
            report.severity = Severity::Error;
        }
    }
}
