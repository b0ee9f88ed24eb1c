//! A watched table is written by a function that nothing known reaches.

use std::collections::BTreeSet;

use super::wording;
use crate::analyze::SiteId;
use crate::analyze::coverage::{Findings, Survey};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::registry::UNREACHED_WRITE;

pub(super) fn check(survey: &Survey, out: &mut Findings) {
    let entries = survey.entries.iter();
    let reached: BTreeSet<SiteId> = entries
        .flat_map(|entry| entry.writes.iter().map(|(site, _)| *site))
        .collect();
    for (id, site) in (0..).map(SiteId).zip(&survey.facts.sites) {
        if survey.writes(id).is_empty() || reached.contains(&id) {
            continue;
        }
        if let Some(report) = report(survey, id) {
            out.push(survey, report, Some(site.function));
        }
    }
}

fn report(survey: &Survey, id: SiteId) -> Option<Diagnostic> {
    let site = survey.facts.site(id)?;
    let function = survey.facts.function(site.function)?;
    let said = wording::statement(survey, id, survey.writes(id));
    let mut report = UNREACHED_WRITE.at(
        site.place.span,
        format!(
            "{} {said} and no known root reaches it",
            wording::path(function)
        ),
    );
    report.label(site.place.span, format!("{said} here"));
    report.label(function.place.span, "no known root reaches this function");
    Some(report.help(
        "remove the function, or name the router or scheduler that is given it in `check.handlers`",
    ))
}
