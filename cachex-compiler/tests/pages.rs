//! Every rule's page: its example yields exactly its code, its remedy nothing.
#![expect(clippy::panic, reason = "a failed expectation is the report")]

use std::collections::BTreeSet;

use cachex_compiler::diagnostics::Rule;
use cachex_compiler::diagnostics::registry::RULES;
use cachex_compiler::{Options, Sources, compile};

/// Rules of the language; those of `check` from CX10 on show Rust and are tested with the analyser.
fn rules() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().copied().filter(|rule| rule.code < "CX10")
}

/// The YAML below a heading.
fn block(rule: &Rule, heading: &str) -> Vec<u8> {
    let section = rule.doc.split(&format!("## {heading}\n")).nth(1);
    let yaml = section.and_then(|section| section.split("```yaml\n").nth(1));
    let Some(yaml) = yaml.and_then(|yaml| yaml.split("```").next()) else {
        panic!("the page of {} has no YAML under `{heading}`", rule.name);
    };
    unescape(yaml)
}

/// `\xe9` stands for a byte: a page cannot hold one that is not UTF-8.
fn unescape(yaml: &str) -> Vec<u8> {
    let mut pieces = yaml.split("\\x");
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let (digits, rest) = piece.split_at(2);
        bytes.push(u8::from_str_radix(digits, 16).unwrap_or(b'?'));
        bytes.extend_from_slice(rest.as_bytes());
    }
    bytes
}

/// "(Read with a limit of 64 bytes.)" before the example.
fn options(rule: &Rule) -> Options {
    let limit = rule
        .doc
        .split("a limit of ")
        .nth(1)
        .and_then(|rest| rest.split(' ').next());
    let size_limit = limit.and_then(|limit| limit.parse().ok());
    Options {
        size_limit: size_limit.unwrap_or(Options::default().size_limit),
    }
}

fn codes(yaml: Vec<u8>, options: &Options) -> BTreeSet<&'static str> {
    let compilation = compile(&Sources::new("cachex.yaml", yaml), options);
    compilation
        .diagnostics
        .iter()
        .map(|report| report.rule.code)
        .collect()
}

#[test]
fn an_example_yields_its_code_alone() {
    for rule in rules() {
        let found = codes(block(rule, "Example"), &options(rule));
        assert_eq!(
            found,
            BTreeSet::from([rule.code]),
            "the example of {}",
            rule.name
        );
    }
}

#[test]
fn a_remedy_is_silent() {
    for rule in rules() {
        let found = codes(block(rule, "Instead"), &Options::default());
        assert_eq!(found, BTreeSet::new(), "the remedy of {}", rule.name);
    }
}

#[test]
fn a_page_has_its_headings() {
    for rule in RULES {
        assert!(
            rule.doc.starts_with(&format!("# {}\n", rule.name)),
            "{}",
            rule.name
        );
        for heading in ["Why it matters", "Example", "Instead", "When to exempt"] {
            let heading = format!("\n## {heading}\n");
            assert!(rule.doc.contains(&heading), "{} lacks {heading}", rule.name);
        }
    }
}

#[test]
fn codes_and_names_are_unique_and_in_order() {
    assert!(RULES.is_sorted_by(|a, b| a.code < b.code));
    let names: BTreeSet<_> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), RULES.len());
}
