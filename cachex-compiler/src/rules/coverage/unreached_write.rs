//! A watched table is written by a function that nothing known reaches.

use std::collections::{BTreeMap, BTreeSet};

use super::wording;
use crate::analyze::SiteId;
use crate::analyze::coverage::{Findings, Survey, Write};
use crate::diagnostics::registry::UNREACHED_WRITE;

pub(super) fn check(survey: &Survey, out: &mut Findings) {
    let entries = survey.entries.iter();
    let reached: BTreeSet<SiteId> = entries
        .flat_map(|entry| entry.writes.iter().map(|(site, _)| *site))
        .collect();
    for (site, writes) in by_entity(survey)
        .into_iter()
        .filter(|((site, _), _)| !reached.contains(site))
        .map(|((site, _), writes)| (site, writes))
    {
        let Some((statement, function)) = survey
            .facts
            .site(site)
            .and_then(|site| Some((site, survey.facts.function(site.function)?)))
        else {
            continue;
        };
        let said = wording::statement(survey, site, &writes);
        let mut report = UNREACHED_WRITE.at(
            statement.place.span,
            format!(
                "{} {said} and no known root reaches it",
                wording::path(function)
            ),
        );
        report.label(statement.place.span, format!("{said} here"));
        report.label(function.place.span, "nothing known calls this function");
        let report = report.help("if a router or scheduler is given this function, name it in `check.handlers`; else remove the function");
        out.push(survey, report, [statement.function]);
    }
}

/// The writes of each statement, by entity.
fn by_entity(survey: &Survey) -> BTreeMap<(SiteId, crate::model::EntityId), Vec<Write>> {
    let mut found: BTreeMap<_, Vec<Write>> = BTreeMap::new();
    for site in (0..).map(SiteId).take(survey.facts.sites.len()) {
        for write in survey.writes(site) {
            found.entry((site, write.entity)).or_default().push(*write);
        }
    }
    found
}
