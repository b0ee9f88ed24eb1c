//! A statement, or a file, that could not be understood: counted, never skipped in silence.

use crate::analyze::UnknownKind;
use crate::analyze::coverage::{Findings, Survey};
use crate::diagnostics::registry::UNCLEAR_CODE;

pub(super) fn check(survey: &Survey, out: &mut Findings) {
    for unknown in &survey.facts.unknowns {
        let (what, help) = match unknown.kind {
            UnknownKind::Statement => (
                "this statement could not be understood",
                "write the statement as one literal, or name the function that runs it in `check.effects`",
            ),
            UnknownKind::File => (
                "this file could not be read as Rust",
                "mend it, or leave it out with `check.ignore`",
            ),
        };
        let mut report = UNCLEAR_CODE.at(unknown.place.span, format!("{what}: {}", unknown.reason));
        if unknown.kind == UnknownKind::Statement {
            report.label(unknown.place.span, "may write any table");
        }
        out.push(survey, report.help(help), unknown.function);
    }
}
