//! The `check:` section: what `cachex check` is told of the application.

use super::context::Context;
use super::effect;
use super::reader::{Section, choice, list, mapping, name, names, text};
use crate::diagnostics::Severity;
use crate::diagnostics::registry::{UNEXPECTED_VALUE, UNKNOWN_RULE, find};
use crate::model::{Check, Dialect, Entity, Name, Severities, Spanned};
use crate::syntax::{Entry, Node};

const KEYS: [&str; 9] = [
    "sources",
    "dialect",
    "severity",
    "handlers",
    "loaders",
    "effects",
    "views",
    "ignore",
    "ignore_tables",
];

const DIALECTS: [(&str, Dialect); 4] = [
    ("postgres", Dialect::Postgres),
    ("sqlite", Dialect::Sqlite),
    ("mysql", Dialect::Mysql),
    ("generic", Dialect::Generic),
];

const LEVELS: [(&str, Option<Severity>); 4] = [
    ("error", Some(Severity::Error)),
    ("warning", Some(Severity::Warning)),
    ("note", Some(Severity::Note)),
    ("off", None),
];

/// Reads the section whole.
pub(super) fn check(node: &Node<'_>, entities: &[Entity], cx: &mut Context<'_, '_>) -> Check {
    let Some(section) = Section::read(node, "`check`", &KEYS, cx) else {
        return Check::default();
    };
    let mut check = Check {
        sources: globs(&section, "sources", cx),
        dialect: section
            .get("dialect")
            .and_then(|node| choice(node, &DIALECTS, cx)),
        severity: section
            .get("severity")
            .map_or_else(Severities::new, |node| severities(node, cx)),
        loaders: pairs(&section, "loaders", "the name of what it loads", cx),
        effects: section
            .get("effects")
            .map_or_else(Vec::new, |node| effect::effects(node, entities, cx)),
        views: section
            .get("views")
            .and_then(|node| mapping(node, "`views`", cx))
            .unwrap_or_default()
            .iter()
            .map(|entry| {
                (
                    entry.key.text.to_string(),
                    names(&entry.value, "tables", "the name of a table", cx),
                )
            })
            .collect(),
        ignore: globs(&section, "ignore", cx),
        ignore_tables: pairs(&section, "ignore_tables", "the reason", cx),
        ..Check::default()
    };
    if let Some(node) = section.get("handlers") {
        handlers(node, &mut check, cx);
    }
    check
}

fn handlers(node: &Node<'_>, check: &mut Check, cx: &mut Context<'_, '_>) {
    let Some(section) = Section::read(node, "`handlers`", &["attributes", "routers", "jobs"], cx)
    else {
        return;
    };
    let mut functions = |key| {
        section.get(key).map_or_else(Vec::new, |node| {
            names(node, "functions", "the name of a function", cx)
        })
    };
    check.handler_attributes = functions("attributes");
    check.handler_routers = functions("routers");
    check.handler_jobs = functions("jobs");
}

/// Texts by a text.
fn pairs(
    section: &Section<'_>,
    key: &str,
    expected: &str,
    cx: &mut Context<'_, '_>,
) -> Vec<(Name, Name)> {
    let entries = section
        .get(key)
        .and_then(|node| mapping(node, &format!("`{key}`"), cx))
        .unwrap_or_default();
    entries
        .iter()
        .filter_map(|entry| {
            Some((
                name(&entry.key),
                text(&entry.value, expected, cx).map(name)?,
            ))
        })
        .collect()
}

/// Paths below the folder of the schema, with `*` and `**`.
fn globs(section: &Section<'_>, key: &str, cx: &mut Context<'_, '_>) -> Vec<Name> {
    let items = section
        .get(key)
        .map_or(&[][..], |node| list(node, "paths", cx));
    let globs = items.iter().filter_map(|item| text(item, "a path", cx));
    let globs: Vec<Name> = globs.collect::<Vec<_>>().into_iter().map(name).collect();
    globs
        .into_iter()
        .filter(|glob| is_below(glob, cx))
        .collect()
}

fn is_below(glob: &Name, cx: &mut Context<'_, '_>) -> bool {
    let path = &glob.value;
    let fine =
        !path.starts_with('/') && !path.contains('\\') && path.split('/').all(|part| part != "..");
    if !fine {
        let report = UNEXPECTED_VALUE.at(
            glob.span,
            format!("`{path}` is no path below the folder of the schema"),
        );
        cx.push(report.help("write it relative to that folder, with `/`: `crates/*/src`"));
    }
    fine
}

/// Behind an error of the file, the names, types, graph or keys there is nothing that could be generated.
fn can_be(code: &str, level: &Spanned<Option<Severity>>, cx: &mut Context<'_, '_>) -> bool {
    let fixed =
        find(code).is_some_and(|rule| rule.severity == Severity::Error && rule.code < "CX05");
    let fine = !fixed || level.value == Some(Severity::Error);
    if !fine {
        let report = UNEXPECTED_VALUE.at(level.span, format!("`{code}` is always an error"));
        cx.push(report.help("correct what it finds: no code can be generated for it"));
    }
    fine
}

/// `{ CX0501: error, CX1103: off }`.
fn severities(node: &Node<'_>, cx: &mut Context<'_, '_>) -> Severities {
    let entries = mapping(node, "`severity`", cx).unwrap_or_default();
    entries
        .iter()
        .filter_map(|entry| severity(entry, cx))
        .collect()
}

fn severity(
    entry: &Entry<'_>,
    cx: &mut Context<'_, '_>,
) -> Option<(String, Spanned<Option<Severity>>)> {
    let key = &entry.key;
    let level = choice(&entry.value, &LEVELS, cx).filter(|level| can_be(&key.text, level, cx));
    match find(&key.text) {
        Some(rule) if rule.code == key.text => Some((rule.code.to_owned(), level?)),
        Some(rule) => {
            let report = UNKNOWN_RULE.at(
                key.span,
                format!("`{}` is the name of a rule, not its code", key.text),
            );
            cx.push(
                report
                    .help(format!("write `{}`", rule.code))
                    .fix(key.span, rule.code),
            );
            None
        }
        None => {
            let report = UNKNOWN_RULE.at(key.span, format!("there is no rule `{}`", key.text));
            // Codes that look alike have nothing to do with each other: only the case is worth a guess.
            let meant =
                find(&key.text.to_ascii_uppercase()).or_else(|| find(&key.text.replace('-', "_")));
            cx.push(match meant {
                Some(rule) => report
                    .help(format!("write `{}`", rule.code))
                    .fix(key.span, rule.code),
                None => report.help("write the code as reports show it, for instance `CX0501`"),
            });
            None
        }
    }
}
