//! `cachex explain`: a rule's page, what a change clears, who clears a cache.

use cachex_compiler::diagnostics::{registry, suggest};

use super::{Failure, Outcome};
use crate::args::{Color, Explain};
use crate::output;

/// Explains.
pub(crate) fn run(arguments: &Explain, _color: Color) -> Result<Outcome, Failure> {
    let what = arguments.what.as_str();
    let rule = registry::find(what).or_else(|| registry::find(&what.to_uppercase()));
    let Some(rule) = rule else {
        let codes = registry::RULES.iter().map(|rule| rule.code);
        let meant = suggest(what, codes)
            .map_or_else(String::new, |code| format!(", did you mean `{code}`?"));
        return Err(Failure::Unexplained(format!(
            "there is no rule `{what}`{meant}"
        )));
    };
    let page = format!(
        "{}, {} since {}\n\n{}",
        rule.code,
        rule.severity.name(),
        rule.since,
        rule.doc
    );
    output::print(&page)?;
    Ok(Outcome::Clean)
}
