//! `cachex check`: the rules, and the application's sources against them.

use std::borrow::Cow;
use std::path::Path;

use cachex_compiler::Compilation;
use cachex_compiler::analyze::coverage::{CoverageOptions, Finding, HiddenColumns, Summary, cover};
use cachex_compiler::diagnostics::{
    Diagnostic, Severity, for_people, github, human_within, json, registry, sarif,
};
use cachex_compiler::model::{Schema, Valid};
use cachex_compiler::plan::Plan;
use cachex_compiler::source::SourceMap;
use serde::Serialize;

use super::facts::tests;
use super::{Failure, Outcome, meant, refuse_files, remark_nothing};
use crate::args::{BaselineMode, Check, Color, Format};
use crate::baseline::{self, Baseline};
use crate::cache::Cache;
use crate::project::{self, Project};
use crate::{output, read};

/// Codes from here on are about the sources.
const FIRST_OF_COVERAGE: &str = "CX1001";

/// What a run found.
struct Report {
    diagnostics: Vec<Diagnostic>,
    sources: SourceMap,
    /// How many entities and caches the rules have, where they have no error.
    declared: Option<(usize, usize)>,
    /// Missing where the rules have errors: then the sources were not looked at.
    summary: Option<Summary>,
    /// How many findings the baseline took out.
    baselined: usize,
}

/// Checks, prints, and says whether an error was found.
pub(crate) fn run(arguments: &Check, color: Color) -> Result<Outcome, Failure> {
    let denied = denied(&arguments.deny)?;
    refuse_files(&arguments.sources)?;
    let here = project::absolute(Path::new("."))?;
    let mut report = if arguments.rules_only {
        let schema = Project::find_rules(&arguments.place)?;
        rules(&schema, &here).0
    } else {
        let mut project = Project::find(&arguments.place, &arguments.sources)?;
        let report = check(arguments, &mut project, &here)?;
        if arguments.fix && mended(&report, &here) {
            check(arguments, &mut project, &here)?
        } else {
            report
        }
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

/// Writes the edits that findings of the sources carry; whether there was one. A name in the rules that is only
/// supposed to be meant is no edit to be made unasked.
fn mended(report: &Report, here: &Path) -> bool {
    let findings = report.diagnostics.iter();
    let in_sources = |finding: &&Diagnostic| finding.rule.code >= FIRST_OF_COVERAGE;
    let findings: Vec<_> = findings
        .filter(|finding| finding.fix.is_some())
        .filter(in_sources)
        .collect();
    for edit in crate::fix::write(&findings, &report.sources, here) {
        output::remark(&edit);
    }
    !findings.is_empty()
}

fn rules(schema: &Path, here: &Path) -> (Report, Option<(Valid<Schema>, Plan)>) {
    let Compilation {
        schema,
        plan,
        diagnostics,
        sources,
        ..
    } = read::rules(schema, here);
    let report = Report {
        diagnostics,
        sources,
        declared: schema
            .as_ref()
            .map(|schema| (schema.entities.len(), schema.caches.len())),
        summary: None,
        baselined: 0,
    };
    (report, schema.zip(plan))
}

fn check(arguments: &Check, project: &mut Project, here: &Path) -> Result<Report, Failure> {
    let (mut report, compiled) = rules(project.rules()?, here);
    let Some((schema, plan)) = compiled else {
        return Ok(report);
    };
    project.select(&schema.check)?;
    remark_nothing(project);
    let options = read::options(Some(&schema.check), tests(arguments.sources.tests));
    let cache = Cache::of(&arguments.sources, project);
    let facts = read::rust(project, &options, here, &cache, &mut report.sources);
    let mut covered = cover(&facts, &schema, &plan, &coverage_options(arguments));
    report.baselined = leave_out(arguments.baseline, project.rules()?, &mut covered.findings)?;
    let findings = covered.findings.into_iter().map(|finding| finding.report);
    report.diagnostics.extend(findings);
    report.summary = Some(covered.summary);
    Ok(report)
}

/// Takes out the findings of the baseline, after writing it where that is asked for.
fn leave_out(
    mode: BaselineMode,
    schema: &Path,
    findings: &mut Vec<Finding>,
) -> Result<usize, Failure> {
    let path = baseline::path(schema);
    let old = match mode {
        BaselineMode::Off => return Ok(0),
        BaselineMode::Use | BaselineMode::Write => Baseline::read(&path)?,
    };
    let is_kept = mode == BaselineMode::Write && old.is_some();
    let baseline = match (mode, old) {
        (BaselineMode::Write, old) => {
            let now = Baseline::of(findings);
            let new = old.map_or_else(|| now.clone(), |old| old.shrunk_to(&now));
            new.write(&path)?;
            new
        }
        (_, old) => old.unwrap_or_default(),
    };
    let taken = baseline.take_out(findings);
    if is_kept && findings.iter().any(baseline::counts) {
        output::remark(
            "cachex-baseline.yaml only shrinks: what is new was not added to it; remove it to begin anew",
        );
    }
    Ok(taken)
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
            let look = output::look(color);
            let columns = output::columns();
            // Mistakes of the rules are read in the order of the file; of the sources there may be hundreds.
            let shown = match report.summary {
                Some(_) => Cow::Owned(for_people(&report.diagnostics)),
                None => Cow::Borrowed(report.diagnostics.as_slice()),
            };
            let mut text = human_within(&shown, &report.sources, look, columns);
            match &report.summary {
                Some(summary) => text.push_str(&last_line(summary, report.baselined)),
                None if arguments.rules_only => text.push_str(&counted(report)),
                None => text.push_str("the rules have errors: the sources were not looked at\n"),
            }
            output::print(&text)
        }
        Format::Json => output::print(&(object(report) + "\n")),
        Format::Sarif => output::print(&(sarif(&report.diagnostics, &report.sources) + "\n")),
        Format::Github => {
            let mut text = github(&report.diagnostics, &report.sources);
            if let Some(summary) = &report.summary {
                text.push_str(&last_line(summary, report.baselined));
            }
            output::print(&text)
        }
    }
}

/// `2 entities and 5 caches`: of rules without a mistake there is nothing else to be seen.
fn counted(report: &Report) -> String {
    let Some((entities, caches)) = report.declared else {
        return String::new();
    };
    let entities = match entities {
        1 => "1 entity".to_owned(),
        many => format!("{many} entities"),
    };
    let caches = match caches {
        1 => "1 cache".to_owned(),
        many => format!("{many} caches"),
    };
    format!("{entities} and {caches} understood\n")
}

fn last_line(summary: &Summary, baselined: usize) -> String {
    match baselined {
        0 => format!("{summary}\n"),
        1 => format!("{summary}, 1 finding in the baseline\n"),
        more => format!("{summary}, {more} findings in the baseline\n"),
    }
}

/// `{ "findings": […], "summary": { … } }`
fn object(report: &Report) -> String {
    #[derive(Serialize)]
    struct Object {
        findings: serde_json::Value,
        summary: Option<Summary>,
        baselined: usize,
    }
    let findings =
        serde_json::from_str(&json(&report.diagnostics, &report.sources)).unwrap_or_default();
    let object = Object {
        findings,
        summary: report.summary,
        baselined: report.baselined,
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
            .ok_or_else(|| Failure::Denied(code.to_owned(), meant(code, deniable()))),
    };
    given.iter().map(one).collect()
}

/// What `--deny` may name.
fn deniable() -> impl Iterator<Item = &'static str> {
    let rules = registry::RULES.iter();
    let names = rules.flat_map(|rule| [rule.code, rule.name]);
    std::iter::once("warnings").chain(names)
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
