//! A path declares a change of the entity, but not this action or these columns.

use super::{uncovered_write, wording};
use crate::analyze::coverage::{By, Declaration, Findings, Gap, GapKind, Survey};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::registry::PARTIAL_DECLARATION;

pub(super) fn check(survey: &Survey, out: &mut Findings) {
    for gap in survey.gaps.iter().filter(|gap| gap.kind == GapKind::Part) {
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
    let mut report = PARTIAL_DECLARATION.at(
        place,
        format!(
            "{} {}, which {} not cover",
            wording::subject(survey, entry),
            wording::statements(survey, gap),
            declared(&gap.declared)
        ),
    );
    wording::label_gap(survey, entry, gap, &mut report);
    for declared in &gap.declared {
        report.label(declared.place.span, label(declared));
    }
    Some(uncovered_write::consequences(survey, gap, report))
}

fn declared(declared: &[Declaration]) -> String {
    match declared {
        [one] => format!("`{}` does", one.text),
        [one, two] => format!("`{}` and `{}` do", one.text, two.text),
        more => format!("the {} invalidations on the way do", more.len()),
    }
}

fn label(declared: &Declaration) -> &'static str {
    match declared.by {
        By::Attribute => "declares this",
        By::Layer => "this layer declares this",
        By::Call => "this is invalidated here",
    }
}
