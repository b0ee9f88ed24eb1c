//! The pages of the group: each example must yield exactly its rule, each instead nothing.

use crate::analyze::coverage::{CoverageOptions, cover};
use crate::analyze::{self, SourceFile, Target, TargetKind, Workspace};
use crate::diagnostics::registry::RULES;
use crate::source::FileId;
use crate::{Options, Sources, compile};

#[test]
fn every_example_yields_its_rule_and_every_instead_nothing() {
    let mut wrong = Vec::new();
    for rule in RULES.iter().filter(|rule| rule.code > "CX10") {
        let found = codes(section(rule.doc, "## Example"));
        if found != [rule.code] {
            wrong.push(format!("{}'s example yields {found:?}", rule.code));
        }
        let found = codes(section(rule.doc, "## Instead"));
        if !found.is_empty() {
            wrong.push(format!("{}'s instead yields {found:?}", rule.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn section<'a>(page: &'a str, heading: &str) -> &'a str {
    let (_, rest) = page.split_once(heading).unwrap();
    rest.split("\n## ").next().unwrap()
}

fn block<'a>(section: &'a str, language: &str) -> &'a str {
    let (_, rest) = section.split_once(&format!("```{language}\n")).unwrap();
    rest.split("\n```").next().unwrap()
}

/// The codes that checking a page's application yields, each once.
fn codes(section: &str) -> Vec<&'static str> {
    let (yaml, rust) = (block(section, "yaml"), block(section, "rust"));
    let compiled = compile(&Sources::new("cachex.yaml", yaml), &Options::default());
    let mut sources = compiled.sources;
    let id: FileId = sources.add("src/lib.rs", rust);
    let options = analyze::Options::default();
    let facts = analyze::parse_file(rust.as_bytes(), options.dialect);
    let workspace = Workspace {
        files: vec![SourceFile {
            id,
            path: "src/lib.rs",
            facts: &facts,
        }],
        targets: vec![Target {
            name: "blog".to_owned(),
            kind: TargetKind::Library,
            root: "src/lib.rs".to_owned(),
            folder: String::new(),
            dependencies: std::sync::Arc::default(),
        }],
    };
    let facts = analyze::link(&workspace, &options, &|_| None);
    let coverage = CoverageOptions {
        today: Some("2026-01-01".to_owned()),
        ..CoverageOptions::default()
    };
    let (schema, plan) = (compiled.schema.unwrap(), compiled.plan.unwrap());
    let found = cover(&facts, &schema, &plan, &coverage).findings;
    let found = found.iter().map(|finding| &finding.report);
    let all = compiled
        .diagnostics
        .iter()
        .chain(found)
        .map(|report| report.rule.code);
    let codes: std::collections::BTreeSet<_> = all.collect();
    codes.into_iter().collect()
}
