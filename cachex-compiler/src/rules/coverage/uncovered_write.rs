//! A write of an entity is reached, and nothing on the way invalidates the entity.

use super::wording;
use crate::analyze::coverage::{Findings, Gap, GapKind, Survey, advice, missing, siblings, stale};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::registry::UNCOVERED_WRITE;

pub(super) fn check(survey: &Survey, out: &mut Findings) {
    for gap in survey
        .gaps
        .iter()
        .filter(|gap| gap.kind == GapKind::Nothing)
    {
        match gap.exempt {
            Some(exemption) => out.quieted(exemption),
            None => {
                if let Some(report) = report(survey, gap) {
                    out.push(survey, report, survey.function(gap));
                }
            }
        }
    }
}

fn report(survey: &Survey, gap: &Gap) -> Option<Diagnostic> {
    let entry = survey.entries.get(gap.entry)?;
    let (place, _) = wording::place(survey, entry);
    let mut report = UNCOVERED_WRITE.at(
        place,
        format!(
            "{} {} and nothing invalidates {}",
            wording::subject(survey, entry),
            wording::statements(survey, gap),
            wording::entity(survey, gap.entity)
        ),
    );
    wording::label_gap(survey, entry, gap, &mut report);
    Some(consequences(survey, gap, report))
}

/// What stays stale for how long, how the others do it, and what to write.
pub(super) fn consequences(survey: &Survey, gap: &Gap, mut report: Diagnostic) -> Diagnostic {
    if let Some(stale) = stale(survey, &missing(gap)) {
        report = report.note(format!("stale until its TTL: {stale}"));
    }
    if let Some(siblings) = siblings(survey, gap.entity, report.span()) {
        report = report.note(format!(
            "{} of {} writers of {} invalidate it, see {}",
            siblings.covered,
            siblings.writers,
            wording::entity(survey, gap.entity),
            wording::at(survey, siblings.example)
        ));
    }
    let advice = advice(survey, gap);
    if let Some(note) = advice.note {
        report = report.note(note);
    }
    report.help(advice.help)
}
