//! Diagnostics as SARIF 2.1.0, which code scanning services read. All places of a report are related locations.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Diagnostic, Fix, Rule, Severity};
use crate::source::{SourceMap, Span};

/// All reports in the order given, as one run.
pub fn sarif(reports: &[Diagnostic], sources: &SourceMap) -> String {
    let codes: BTreeSet<&str> = reports.iter().map(|report| report.rule.code).collect();
    let rules = super::registry::RULES
        .iter()
        .filter(|rule| codes.contains(rule.code));
    let mut seen = BTreeMap::new();
    let results = reports.iter().map(|report| {
        let line = line_hash(report, sources);
        let before = seen.entry(line).or_insert(0);
        *before += 1;
        let mut result = result(report, sources);
        if let Some(result) = result.as_object_mut() {
            let hash = format!("{line:016x}:{before}");
            result.insert(
                "partialFingerprints".to_owned(),
                json!({ "primaryLocationLineHash": hash }),
            );
        }
        result
    });
    let results: Vec<Value> = results.collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "cachex",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.map(|rule| describe(rule)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    // Strings and numbers only: there is nothing in it that cannot be written.
    serde_json::to_string_pretty(&log).unwrap_or_default()
}

fn describe(rule: &Rule) -> Value {
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": rule.name.replace('_', " ") },
        "fullDescription": { "text": first_paragraph(rule.doc) },
        "help": { "text": rule.doc, "markdown": rule.doc },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

/// What a rule finds: its page begins with it, below the heading.
fn first_paragraph(page: &str) -> String {
    let mut paragraphs = page.split("\n\n").map(str::trim);
    let found = paragraphs.find(|paragraph| !paragraph.is_empty() && !paragraph.starts_with('#'));
    found.unwrap_or_default().replace('\n', " ")
}

/// What a finding is known by between two runs: its rule, its file and what its line says, wherever that stands now.
/// 64 bits of FNV-1a, which must not differ between releases of the compiler.
fn line_hash(report: &Diagnostic, sources: &SourceMap) -> u64 {
    let span = report.span();
    let (_, lines) = sources.lines_around(span.begin());
    let text = sources.text(span.file).get(lines).unwrap_or_default();
    let parts = [report.rule.code, sources.path(span.file), text.trim()];
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

fn level(severity: Severity) -> &'static str {
    severity.name()
}

fn result(report: &Diagnostic, sources: &SourceMap) -> Value {
    let related: Vec<Value> = report
        .labels
        .iter()
        .map(|label| location(label.span, Some(&label.text), sources))
        .collect();
    let mut result = json!({
        "ruleId": report.rule.code,
        "level": level(report.severity),
        "message": { "text": text(report) },
        "locations": [location(report.span(), None, sources)],
        "relatedLocations": related,
    });
    if let (Some(fix), Some(result)) = (&report.fix, result.as_object_mut()) {
        result.insert("fixes".to_owned(), json!([self::fix(fix, sources)]));
    }
    result
}

/// The help as an edit.
fn fix(fix: &Fix, sources: &SourceMap) -> Value {
    json!({
        "artifactChanges": [{
            "artifactLocation": { "uri": uri(sources.path(fix.span.file)) },
            "replacements": [{
                "deletedRegion": region(fix.span, sources),
                "insertedContent": { "text": fix.text },
            }],
        }],
    })
}

/// The fact, notes and help.
fn text(report: &Diagnostic) -> String {
    let notes = report.notes.iter().map(|note| format!("note: {note}"));
    let help = report.help.iter().map(|help| format!("help: {help}"));
    let lines: Vec<String> = std::iter::once(report.message.clone())
        .chain(notes)
        .chain(help)
        .collect();
    lines.join("\n")
}

fn location(span: Span, text: Option<&str>, sources: &SourceMap) -> Value {
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(sources.path(span.file)) },
            "region": region(span, sources),
        },
    });
    if let (Some(text), Some(location)) = (text, location.as_object_mut()) {
        location.insert("message".to_owned(), json!({ "text": text }));
    }
    location
}

fn region(span: Span, sources: &SourceMap) -> Value {
    let (start, end) = (sources.start(span), sources.end(span));
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// A path as a relative URI: everything but unreserved characters and `/` is percent-encoded.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::registry::UNKNOWN_FIELD;

    #[test]
    fn a_report_names_its_rule_its_place_and_the_other_places() {
        let mut sources = SourceMap::default();
        let file = sources.add("my rules/cachex.yaml", "x\n  titel");
        let report = UNKNOWN_FIELD
            .at(Span::new(file, 4..9), "no field")
            .labelled(Span::new(file, 0..1), "the entity")
            .help("write `title`");
        let value: Value = serde_json::from_str(&sarif(&[report], &sources)).unwrap();
        let run = &value["runs"][0];
        assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "CX0103");
        let result = &run["results"][0];
        assert_eq!(result["message"]["text"], "no field\nhelp: write `title`");
        let rule = &run["tool"]["driver"]["rules"][0];
        assert_eq!(rule["shortDescription"]["text"], "unknown field");
        let finds = rule["fullDescription"]["text"].as_str().unwrap();
        assert!(!finds.is_empty() && !finds.starts_with('#'), "{finds}");
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "my%20rules/cachex.yaml");
        assert_eq!(place["region"]["startLine"], 2);
        assert_eq!(
            result["relatedLocations"][1]["message"]["text"],
            "the entity"
        );
    }

    #[test]
    fn a_finding_keeps_its_fingerprint_where_its_line_moves() {
        let hashes = |text: &str, at: &[usize]| -> Vec<String> {
            let mut sources = SourceMap::default();
            let file = sources.add("cachex.yaml", text);
            let reports: Vec<Diagnostic> = at
                .iter()
                .map(|at| UNKNOWN_FIELD.at(Span::new(file, *at..at + 5), "no field"))
                .collect();
            let value: Value = serde_json::from_str(&sarif(&reports, &sources)).unwrap();
            let results = value["runs"][0]["results"].as_array().unwrap();
            let hash =
                |result: &Value| result["partialFingerprints"]["primaryLocationLineHash"].clone();
            results
                .iter()
                .map(|result| hash(result).as_str().unwrap().to_owned())
                .collect()
        };
        let first = hashes("x\n  titel", &[4]);
        assert_eq!(first, hashes("x\ny\n\n titel", &[6]));
        assert_ne!(first, hashes("x\n  tilet", &[4]));
        let twice = hashes("titel\ntitel", &[0, 6]);
        assert_ne!(twice[0], twice[1]);
    }
}
