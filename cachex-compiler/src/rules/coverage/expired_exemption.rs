//! An exemption past its date no longer holds.

use crate::analyze::coverage::{Findings, State, Survey};
use crate::diagnostics::registry::EXPIRED_EXEMPTION;

pub(super) fn check(survey: &Survey, out: &mut Findings) {
    for (_, exemption) in survey.exemptions.iter() {
        let State::Expired(day) = &exemption.state else {
            continue;
        };
        let report = EXPIRED_EXEMPTION.at(
            exemption.span,
            format!("this exemption from `{}` held until {day}", exemption.name),
        );
        let report = report.help("remove it and mend what it quieted, or give it a later date");
        out.push(survey, report, None);
    }
}
