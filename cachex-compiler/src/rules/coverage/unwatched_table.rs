//! A loader reads a table that no entity lies in: nothing will ever clear the cache for it.

use std::collections::BTreeSet;

use crate::analyze::coverage::{Findings, Read, Survey, read_gaps};
use crate::diagnostics::registry::UNWATCHED_TABLE;

pub(super) fn check(survey: &Survey, out: &mut Findings) {
    let mut seen = BTreeSet::new();
    for gap in read_gaps(survey) {
        let Read::Table(table, site) = &gap.read else {
            continue;
        };
        let Some(statement) = survey
            .facts
            .site(*site)
            .filter(|_| seen.insert(table.to_lowercase()))
        else {
            continue;
        };
        let cache = &survey.schema.cache(gap.loader.cache).name.value;
        let mut report = UNWATCHED_TABLE.at(
            statement.place.span,
            format!("`{table}`, which `{cache}` is loaded from, is the table of no entity"),
        );
        report.label(statement.place.span, "read here");
        let help = format!(
            "name it in `tables` of an entity, or in `check.ignore_tables` with the reason: `{table}: never changes`"
        );
        out.push(survey, report.help(help), Some(gap.loader.function));
    }
}
