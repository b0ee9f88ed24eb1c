//! An effect, loader or handler of `check:` names nothing in these sources.

use crate::analyze::coverage::{Findings, Survey, ends_with, matches_anything, name_of};
use crate::diagnostics::registry::UNMATCHED_NAME;
use crate::diagnostics::suggest;
use crate::model::Name;

pub(super) fn check(survey: &Survey, out: &mut Findings) {
    let (facts, check) = (survey.facts, &survey.schema.check);
    let effects = check.effects.iter();
    for effect in effects.filter(|effect| !matches_anything(effect, facts)) {
        let verb = if effect.arguments.is_some() {
            "with such arguments calls"
        } else {
            "calls"
        };
        report(survey, "effect", verb, &effect.function, out);
    }
    let function = |name: &Name| {
        let mut functions = facts.functions.iter();
        functions.any(|function| ends_with(&function.path, &name.value))
    };
    let loaders = check.loaders.iter().map(|(name, _)| name);
    for loader in loaders.filter(|name| !function(name)) {
        report(survey, "loader", "is", loader, out);
    }
    let attribute = |name: &Name| {
        let attributes = facts.functions.iter();
        let mut attributes = attributes.flat_map(|function| &function.attributes);
        attributes.any(|attribute| ends_with(&attribute.path, &name.value))
    };
    let attributes = check.handler_attributes.iter();
    for name in attributes.filter(|name| !attribute(name)) {
        report(survey, "attribute", "has", name, out);
    }
    let givers = check.handler_routers.iter().chain(&check.handler_jobs);
    for name in givers.filter(|name| !is_given_something(survey, name)) {
        report(survey, "function", "calls", name, out);
    }
}

/// Whether a router or scheduler of that name is called: as a function, a method, or a macro.
fn is_given_something(survey: &Survey, name: &Name) -> bool {
    let last = name.value.rsplit("::").next().unwrap_or(&name.value);
    let calls = survey.facts.instances.iter();
    let mut calls = calls.flat_map(|instance| &instance.calls);
    calls.any(|call| name_of(survey, &call.callee).trim_end_matches('!') == last)
}

fn report(survey: &Survey, what: &str, verb: &str, name: &Name, out: &mut Findings) {
    let mut report = UNMATCHED_NAME.at(
        name.span,
        format!("{what} `{}` matches nothing in these sources", name.value),
    );
    report.label(name.span, format!("nothing {verb} this"));
    let wanted = tail(&name.value);
    let functions = survey.facts.functions.iter();
    let meant = suggest(wanted, functions.map(|function| tail(&function.path)));
    let help = meant
        .filter(|meant| *meant != wanted)
        .map(|meant| format!("perhaps `{meant}` is meant"));
    out.push(survey, report.help_if(help), None);
}

/// `DBUser::clear` of `app::models::DBUser::clear` or of `DBUser::clear(id, _)`.
fn tail(path: &str) -> &str {
    let path = path.split('(').next().unwrap_or(path);
    let mut ends = path.rmatch_indices("::");
    let second = ends.nth(1);
    second.map_or(path, |(at, colons)| {
        path.get(at + colons.len()..).unwrap_or(path)
    })
}
