//! A watched table is written by a function that nothing known reaches.

use std::collections::{BTreeMap, BTreeSet};

use super::wording;
use crate::analyze::coverage::{Findings, Survey};
use crate::analyze::{Function, FunctionId, SiteId};
use crate::diagnostics::registry::UNREACHED_WRITE;
use crate::diagnostics::{Diagnostic, Kin, Severity};

pub(super) fn check(survey: &Survey, out: &mut Findings) {
    let migrated = wording::migrated(survey);
    for (id, sites) in unreached(survey) {
        let Some(function) = survey.facts.function(id) else {
            continue;
        };
        let report = if migrated.contains(&id) {
            migration(survey, function, &sites)
        } else {
            report(survey, function, &sites)
        };
        if let Some(report) = report {
            out.push(survey, report, Some(id));
        }
    }
}

/// The statements that are reached from nowhere, by the functions they stand in.
fn unreached(survey: &Survey) -> BTreeMap<FunctionId, Vec<SiteId>> {
    let entries = survey.entries.iter();
    let reached: BTreeSet<SiteId> = entries
        .flat_map(|entry| entry.writes.iter().map(|(site, _)| *site))
        .collect();
    let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (id, site) in (0..).map(SiteId).zip(&survey.facts.sites) {
        if !survey.writes(id).is_empty() && !reached.contains(&id) {
            found.entry(site.function).or_default().push(id);
        }
    }
    found
}

fn report(survey: &Survey, function: &Function, sites: &[SiteId]) -> Option<Diagnostic> {
    let said = wording::all(survey, sites);
    let message = format!(
        "{} {said} and no known root reaches it",
        wording::path(function)
    );
    let mut report = labelled(survey, sites, message)?;
    report.label(function.place.span, "no known root reaches this function");
    let help = "remove the function, name the router or scheduler that is given it in `check.handlers`, or leave its \
        file out with `check.ignore`";
    report.kin = Some(Kin {
        said: "functions write watched tables and no known root reaches them".to_owned(),
        place: (report.span(), "in one of them".to_owned()),
        own: own(survey, function, &said),
        help: help.to_owned(),
    });
    Some(report.help(help))
}

/// A line about one of several.
fn own(survey: &Survey, function: &Function, said: &str) -> String {
    let at = wording::at(survey, function.place);
    format!("{} {said}, see {at}", wording::path(function))
}

/// What runs when the database is migrated is no handler that forgot something: whoever runs it knows that it runs.
fn migration(survey: &Survey, function: &Function, sites: &[SiteId]) -> Option<Diagnostic> {
    let said = wording::all(survey, sites);
    let name = wording::path(function);
    let message = format!("{name} {said} when the database is migrated");
    let mut report = labelled(survey, sites, message)?;
    report.severity = Severity::Note;
    report.label(function.place.span, "this migration");
    let help = "nothing is to be done where caches begin empty; what outlives a deployment is cleared by whoever \
        runs the migration";
    report.kin = Some(Kin {
        said: "functions write watched tables when the database is migrated".to_owned(),
        place: (report.span(), "in this migration and others".to_owned()),
        own: own(survey, function, &said),
        help: help.to_owned(),
    });
    Some(report.help(help))
}

/// A report at the first statement, with all of them labelled.
fn labelled(survey: &Survey, sites: &[SiteId], message: String) -> Option<Diagnostic> {
    let places = sites.iter().filter_map(|id| {
        let said = wording::statement(survey, *id, survey.writes(*id));
        Some((survey.facts.site(*id)?.place.span, said))
    });
    let mut places: BTreeMap<_, _> = places.collect();
    let mut report = UNREACHED_WRITE.at(*places.first_entry()?.key(), message);
    for (span, said) in places {
        report.label(span, format!("{said} here"));
    }
    Some(report)
}
