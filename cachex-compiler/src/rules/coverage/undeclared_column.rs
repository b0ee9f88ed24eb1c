//! Statements set columns that no field has and `ignore` does not list; reported once for an entity.

use std::collections::{BTreeMap, BTreeSet};

use crate::analyze::Operation;
use crate::analyze::coverage::{Column, Findings, Survey};
use crate::diagnostics::registry::UNDECLARED_COLUMN;
use crate::model::{EntityId, TableKind};
use crate::source::Span;

/// Of more columns the message names a part, and the help lists all.
const MOST: usize = 6;
const PART: usize = 4;

pub(super) fn check(survey: &Survey, out: &mut Findings) {
    for (entity, columns) in undeclared(survey) {
        let entity = survey.schema.entity(entity);
        let (noun, have, them) = if columns.len() == 1 {
            ("column", "is no field", "it")
        } else {
            ("columns", "are no fields", "them")
        };
        let (named, listed) = named(&columns);
        let mut report = UNDECLARED_COLUMN.at(
            entity.name.span,
            format!("{noun} {named} of `{}` {have}", entity.name.value),
        );
        for (column, span) in columns.iter().take(3) {
            report.label(*span, format!("sets `{column}` here"));
        }
        out.push(
            survey,
            report.help(format!(
                "declare {them} in `fields`, or list {them} under `ignore` of the table{listed}"
            )),
            None,
        );
    }
}

/// Columns as the message names them, and all of them to be copied where it names a part.
fn named(columns: &BTreeMap<String, Span>) -> (String, String) {
    let quoted = |most| {
        let names = columns.keys().take(most);
        let names: Vec<_> = names.map(|column| format!("`{column}`")).collect();
        names.join(", ")
    };
    if columns.len() <= MOST {
        return (quoted(MOST), String::new());
    }
    let more = columns.len() - PART;
    let all: Vec<_> = columns.keys().map(String::as_str).collect();
    let listed = format!(": `ignore: [{}]`", all.join(", "));
    (format!("{} and {more} more", quoted(PART)), listed)
}

/// The columns that updates set and nothing declares, each with the first statement that sets it.
fn undeclared(survey: &Survey) -> BTreeMap<EntityId, BTreeMap<String, Span>> {
    let mut found: BTreeMap<EntityId, BTreeMap<String, Span>> = BTreeMap::new();
    for site in &survey.facts.sites {
        let columns = match site.operation {
            Operation::Update => &site.columns,
            Operation::Upsert => &site.updated_columns,
            _ => continue,
        };
        for (entity, table) in survey.tables.named(&site.table) {
            if matches!(table.kind, TableKind::Part(_)) {
                continue;
            }
            let undeclared = |column: &&String| {
                survey.tables.attribute(entity, table, column) == Column::Undeclared
            };
            let distinct: BTreeSet<_> = columns.iter().flatten().filter(undeclared).collect();
            for column in distinct {
                found
                    .entry(entity)
                    .or_default()
                    .entry(column.clone())
                    .or_insert(site.place.span);
            }
        }
    }
    found
}
