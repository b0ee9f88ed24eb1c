//! An exemption that quiets nothing: there is nothing to quiet, or it doesn't hold.

use crate::analyze::coverage::{Findings, State, Survey};
use crate::diagnostics::registry::UNNEEDED_EXEMPTION;
use crate::diagnostics::suggest;

pub(super) fn check(survey: &Survey, out: &mut Findings) {
    for (id, exemption) in survey.exemptions.iter() {
        let name = &exemption.name;
        let (message, help) = match (&exemption.state, exemption.rule) {
            (_, None) => {
                let names = crate::diagnostics::registry::RULES
                    .iter()
                    .map(|rule| rule.name);
                let meant = suggest(name, names).map(|meant| format!("did you mean `{meant}`?"));
                (format!("there is no rule `{name}` to exempt from"), meant)
            }
            (State::Unreasoned, _) => (
                format!("this exemption from `{name}` gives no reason and does not hold"),
                Some("add `reason = \"…\"`".to_owned()),
            ),
            (State::Holds, Some(_)) if !out.has_used(id) => (
                format!("nothing here needs an exemption from `{name}`"),
                Some("remove it".to_owned()),
            ),
            _ => continue,
        };
        let report = UNNEEDED_EXEMPTION.at(exemption.span, message).help_if(help);
        out.push(survey, report, None);
    }
}
