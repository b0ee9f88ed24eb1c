//! A statement, or a file, that could not be understood: counted, never skipped in silence.

use super::wording;
use crate::analyze::coverage::{Findings, Survey};
use crate::analyze::{Unknown, UnknownKind};
use crate::diagnostics::registry::UNCLEAR_CODE;
use crate::diagnostics::{Diagnostic, Kin, Severity};

pub(super) fn check(survey: &Survey, out: &mut Findings) {
    let migrated = wording::migrated(survey);
    for unknown in &survey.facts.unknowns {
        let report = match unknown.kind {
            UnknownKind::File => file(unknown),
            UnknownKind::Statement if unknown.function.is_some_and(|id| migrated.contains(&id)) => {
                migration(survey, unknown)
            }
            UnknownKind::Statement => statement(survey, unknown),
        };
        out.push(survey, report, unknown.function);
    }
}

fn file(unknown: &Unknown) -> Diagnostic {
    let message = format!("this file could not be read as Rust: {}", unknown.reason);
    UNCLEAR_CODE
        .at(unknown.place.span, message)
        .help("mend it, or leave it out with `check.ignore`")
}

fn statement(survey: &Survey, unknown: &Unknown) -> Diagnostic {
    let message = format!("this statement could not be understood: {}", unknown.reason);
    let said = "statements could not be understood";
    let help = "write the table's name where the statement stands; where all that it may write is invalidated, \
        `#[cachex::allow(unclear_code, reason = \"…\")]` on the function says so";
    unclear(survey, unknown, message, (said, help))
}

/// No handler runs it, whatever it writes.
fn migration(survey: &Survey, unknown: &Unknown) -> Diagnostic {
    let message = format!("this migration could not be understood: {}", unknown.reason);
    let said = "statements of migrations could not be understood";
    let help = "nothing is to be done where caches begin empty when it runs";
    let mut report = unclear(survey, unknown, message, (said, help));
    report.severity = Severity::Note;
    report
}

/// What is said of one statement, and of it and others.
fn unclear(
    survey: &Survey,
    unknown: &Unknown,
    message: String,
    (said, help): (&str, &str),
) -> Diagnostic {
    let place = (unknown.place.span, "may write any table".to_owned());
    let mut report = UNCLEAR_CODE
        .at(place.0, message)
        .labelled(place.0, place.1.clone())
        .help(help);
    let at = wording::at(survey, unknown.place);
    report.kin = Some(Kin {
        said: said.to_owned(),
        place,
        own: format!("{}, see {at}", unknown.reason),
        help: help.to_owned(),
    });
    report
}
