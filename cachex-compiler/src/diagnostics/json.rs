//! Diagnostics for machines.

use serde::Serialize;

use super::Diagnostic;
use crate::source::{SourceMap, Span};

/// All reports as one JSON array, in the order given. Lines and columns count from 1, columns in characters.
pub fn json(reports: &[Diagnostic], sources: &SourceMap) -> String {
    let reports: Vec<_> = reports
        .iter()
        .map(|report| entry(report, sources))
        .collect();
    // Strings and numbers only: there is nothing in it that cannot be written.
    serde_json::to_string_pretty(&reports).unwrap_or_default()
}

#[derive(Serialize)]
struct Entry<'a> {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    labels: Vec<LabelEntry<'a>>,
    notes: &'a [String],
    help: Option<&'a str>,
    fix: Option<FixEntry<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct LabelEntry<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct FixEntry<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    text: &'a str,
}

fn entry<'a>(report: &'a Diagnostic, sources: &'a SourceMap) -> Entry<'a> {
    Entry {
        code: report.rule.code,
        name: report.rule.name,
        severity: report.severity.name(),
        message: &report.message,
        place: place(report.span(), sources),
        labels: report
            .labels
            .iter()
            .map(|label| LabelEntry {
                place: place(label.span, sources),
                text: &label.text,
            })
            .collect(),
        notes: &report.notes,
        help: report.help.as_deref(),
        fix: report.fix.as_ref().map(|fix| FixEntry {
            place: place(fix.span, sources),
            text: &fix.text,
        }),
    }
}

fn place(span: Span, sources: &SourceMap) -> Place<'_> {
    let start = sources.start(span);
    let end = sources.end(span);
    Place {
        file: sources.path(span.file),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::registry::UNKNOWN_FIELD;

    #[test]
    fn every_part_of_a_report_is_written() {
        let mut sources = SourceMap::default();
        let file = sources.add("cachex.yaml", "x\n  titel");
        let span = Span::new(file, 4..9);
        let report = UNKNOWN_FIELD
            .at(span, "no field")
            .help("write `title`")
            .fix(span, "title");
        let value: serde_json::Value = serde_json::from_str(&json(&[report], &sources)).unwrap();
        assert_eq!(value[0]["code"], "CX0103");
        assert_eq!(value[0]["name"], "unknown_field");
        assert_eq!(value[0]["line"], 2);
        assert_eq!(value[0]["end_column"], 8);
        assert_eq!(value[0]["fix"]["text"], "title");
        assert_eq!(value[0]["labels"][0]["column"], 3);
    }
}
