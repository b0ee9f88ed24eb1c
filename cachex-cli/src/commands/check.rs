//! `cachex check`: the rules, and the application's sources against them.

use std::path::Path;

use cachex_compiler::analyze::coverage::{CoverageOptions, HiddenColumns, Summary, cover};
use cachex_compiler::diagnostics::{Diagnostic, Severity, human, json, registry};
use cachex_compiler::model::{Schema, Valid};
use cachex_compiler::plan::Plan;
use cachex_compiler::source::SourceMap;
use cachex_compiler::{Compilation, Options, compile};
use serde::Serialize;

use super::facts::tests;
use super::{Failure, Outcome};
use crate::args::{Check, Color, Format};
use crate::project::{self, Project};
use crate::{output, read};

/// What a run found.
struct Report {
    diagnostics: Vec<Diagnostic>,
    sources: SourceMap,
    /// Missing where the rules have errors: then the sources were not looked at.
    summary: Option<Summary>,
}

/// Checks, prints, and says whether an error was found.
pub(crate) fn run(arguments: &Check, color: Color) -> Result<Outcome, Failure> {
    let denied = denied(&arguments.deny)?;
    let here = project::absolute(Path::new("."))?;
    let mut report = if arguments.rules_only {
        let schema = Project::find_rules(&arguments.place)?;
        rules(&schema, &here).0
    } else {
        let mut project = Project::find(&arguments.place, &arguments.sources)?;
        check(arguments, &mut project, &here)?
    };
    raise(&mut report.diagnostics, &denied);
    print(arguments, color, &report)?;
    let failed = report
        .diagnostics
        .iter()
        .any(|report| report.severity == Severity::Error);
    Ok(if failed {
        Outcome::Errors
    } else {
        Outcome::Clean
    })
}

fn rules(schema: &Path, here: &Path) -> (Report, Option<(Valid<Schema>, Plan)>) {
    let Compilation {
        schema,
        plan,
        diagnostics,
        sources,
    } = compile(&read::rules(schema, here), &Options::default());
    let report = Report {
        diagnostics,
        sources,
        summary: None,
    };
    (report, schema.zip(plan))
}

fn check(arguments: &Check, project: &mut Project, here: &Path) -> Result<Report, Failure> {
    let (mut report, compiled) = rules(project.rules()?, here);
    let Some((schema, plan)) = compiled else {
        return Ok(report);
    };
    project.select(&schema.check)?;
    let options = read::options(Some(&schema.check), tests(arguments.sources.tests));
    let facts = read::rust(project, &options, here, &mut report.sources);
    let covered = cover(&facts, &schema, &plan, &coverage_options(arguments));
    report.diagnostics.extend(covered.diagnostics.into_sorted());
    report.summary = Some(covered.summary);
    Ok(report)
}

fn coverage_options(arguments: &Check) -> CoverageOptions {
    CoverageOptions {
        today: Some(time::OffsetDateTime::now_utc().date().to_string()),
        hidden_columns: if arguments.strict {
            HiddenColumns::MeetNone
        } else {
            HiddenColumns::MeetAny
        },
    }
}

fn print(arguments: &Check, color: Color, report: &Report) -> Result<(), Failure> {
    match arguments.format {
        Format::Human => {
            let mut text = human(&report.diagnostics, &report.sources, output::look(color));
            match &report.summary {
                Some(summary) => text.push_str(&format!("{summary}\n")),
                None if arguments.rules_only => {}
                None => text.push_str("the rules have errors: the sources were not looked at\n"),
            }
            output::print(&text)
        }
        Format::Json => output::print(&(object(report) + "\n")),
    }
}

/// `{ "findings": […], "summary": { … } }`
fn object(report: &Report) -> String {
    #[derive(Serialize)]
    struct Object {
        findings: serde_json::Value,
        summary: Option<Summary>,
    }
    let findings =
        serde_json::from_str(&json(&report.diagnostics, &report.sources)).unwrap_or_default();
    let object = Object {
        findings,
        summary: report.summary,
    };
    // Strings and numbers only: there is nothing in it that cannot be written.
    serde_json::to_string_pretty(&object).unwrap_or_default()
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
