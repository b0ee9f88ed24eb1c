//! `cachex explain`: a rule's page, what a change clears, who clears a cache.

use std::path::Path;

use cachex_compiler::diagnostics::{Rule, human_within, registry};
use cachex_compiler::explain::explain;

use super::{Failure, Outcome, compiled, meant};
use crate::args::{Color, Explain};
use crate::output;
use crate::project::{self, Project};

/// Explains.
pub(crate) fn run(arguments: &Explain, color: Color) -> Result<Outcome, Failure> {
    let Some(what) = arguments.what.as_deref().map(str::trim) else {
        output::print(&rules())?;
        return Ok(Outcome::Clean);
    };
    if let Some(rule) = rule(what)? {
        output::print(&format!(
            "{}, {}, since {}\n\n{}",
            rule.code,
            rule.severity.name(),
            rule.since,
            rule.doc
        ))?;
        return Ok(Outcome::Clean);
    }
    let here = project::absolute(Path::new("."))?;
    let schema = Project::find_rules(&arguments.place)?;
    let Some(mut compiled) = compiled(&schema, &here, color)? else {
        return Ok(Outcome::Errors);
    };
    match explain(
        &compiled.schema,
        &compiled.plan,
        &mut compiled.sources,
        what,
    ) {
        Ok(answers) => {
            let answers: Vec<String> = answers.iter().map(ToString::to_string).collect();
            output::print(&(answers.join("\n") + "\n"))?;
            Ok(Outcome::Clean)
        }
        Err(reports) => {
            let look = output::look(color);
            let columns = output::columns();
            output::print(&human_within(&reports, &compiled.sources, look, columns))?;
            Ok(Outcome::Errors)
        }
    }
}

/// Every rule, a line each.
fn rules() -> String {
    let rule = |rule: &Rule| {
        let severity = rule.severity.name();
        format!("{}  {severity:7}  {}\n", rule.code, rule.name)
    };
    registry::RULES.iter().copied().map(rule).collect()
}

/// The rule of a code or of a rule's name; what looks like a code and is none is no pattern either.
fn rule(what: &str) -> Result<Option<&'static Rule>, Failure> {
    let code = what.to_uppercase();
    let found = registry::find(&code).or_else(|| registry::find(what));
    let digits = code.strip_prefix("CX").unwrap_or_default();
    let is_code = !digits.is_empty() && digits.chars().all(|digit| digit.is_ascii_digit());
    match found {
        None if is_code => {
            let codes = registry::RULES.iter().map(|rule| rule.code);
            let meant = meant(&code, codes);
            Err(Failure::Unexplained(format!(
                "there is no rule `{code}`{meant}"
            )))
        }
        found => Ok(found),
    }
}
