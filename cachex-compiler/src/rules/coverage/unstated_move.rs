//! A statement sets the column of a reference or field for which the declaration has one value: a move told as none.

use std::collections::BTreeSet;

use super::wording;
use crate::analyze::coverage::{By, Declaration, Entry, Findings, Sets, Survey, Write};
use crate::analyze::{FunctionId, SiteId};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::registry::UNSTATED_MOVE;
use crate::model::{Action, AttributeId, FieldSet};

pub(super) fn check(survey: &Survey, out: &mut Findings) {
    let mut seen = BTreeSet::new();
    for entry in &survey.entries {
        for (site, write) in &entry.writes {
            let Sets::Attribute(attribute) = write.sets else {
                continue;
            };
            let Some((function, declared)) = told_as_none(survey, entry, *site, *write, attribute)
            else {
                continue;
            };
            if !seen.insert((declared.place, *site, attribute)) {
                continue;
            }
            if let Some(report) = report(survey, declared, *site, *write, attribute) {
                out.push(survey, report, Some(function));
            }
        }
    }
}

/// The declaration that covers a write and says it moved nothing, where every one that covers it says so.
fn told_as_none<'a>(
    survey: &'a Survey,
    entry: &'a Entry,
    site: SiteId,
    write: Write,
    attribute: AttributeId,
) -> Option<(FunctionId, &'a Declaration)> {
    if write.action != Action::Update {
        return None;
    }
    let covers = |one: &&Declaration| one.covers.covers(write, survey.options.hidden_columns);
    let covering: Vec<_> = declared(survey, entry, site)?
        .into_iter()
        .filter(|(_, one)| covers(one))
        .collect();
    // What a hand-written function takes matters only where some cache is cleared by it.
    let mut needs = survey.plan.action(write.entity, write.action).needs.iter();
    let needed = needs.any(|need| need.attribute == attribute);
    let unmoved = |declared: &Declaration| {
        declared.unmoved.contains(FieldSet::one(attribute)) && (needed || !is_effect(declared))
    };
    let calls = covering
        .iter()
        .filter(|(_, declared)| declared.by == By::Call);
    let places: BTreeSet<_> = calls.map(|(_, declared)| declared.place).collect();
    // Two calls clear the old value and the new one.
    let all = places.len() < 2 && covering.iter().all(|(_, declared)| unmoved(declared));
    covering.first().copied().filter(|_| all)
}

/// What is declared on the way to a statement, and what the entry invalidates by layers and calls, each with the
/// function it stands in.
fn declared<'a>(
    survey: &'a Survey,
    entry: &'a Entry,
    site: SiteId,
) -> Option<Vec<(FunctionId, &'a Declaration)>> {
    let function = |instance| survey.facts.instance(instance).map(|it| it.function);
    let callees = survey
        .shortest(&entry.reach, site)?
        .into_iter()
        .map(|hop| hop.callee);
    let mut found = Vec::new();
    for instance in std::iter::once(entry.instance()).chain(callees) {
        let declared = survey.declared_on(instance).iter();
        found.extend(
            function(instance)
                .into_iter()
                .flat_map(|id| declared.clone().map(move |one| (id, one))),
        );
    }
    for instance in entry.reach.instances() {
        let made = survey.made_in(instance).iter();
        found.extend(
            function(instance)
                .into_iter()
                .flat_map(|id| made.clone().map(move |one| (id, one))),
        );
    }
    let start = function(entry.instance())?;
    found.extend(entry.layers.iter().map(|layer| (start, layer)));
    Some(found)
}

fn report(
    survey: &Survey,
    declared: &Declaration,
    id: SiteId,
    write: Write,
    attribute: AttributeId,
) -> Option<Diagnostic> {
    let site = survey.facts.site(id)?;
    let entity = survey.schema.entity(write.entity);
    let name = &entity.attribute(attribute).name.value;
    let said = wording::statement(survey, id, &[write]);
    let mut report = UNSTATED_MOVE.at(
        declared.place.span,
        format!("this gives one value for `{name}`, which is written: a move told as none"),
    );
    report.label(
        declared.place.span,
        format!("says that `{name}` stayed as it was"),
    );
    report.label(site.place.span, format!("{said} here"));
    let help = match declared.by {
        By::Call if !is_effect(declared) => {
            format!("give both sides: `.{name}(old, new)` for `.{name}_kept(…)`")
        }
        By::Call => format!("call `{}` with the old value too", declared.text),
        _ => {
            format!("give both sides: `{name} = old => new`, with `_` for a side that isn't known")
        }
    };
    Some(report.help(help))
}

/// Whether a declaration is a call of one of `check.effects`, not of the generated API.
fn is_effect(declared: &Declaration) -> bool {
    declared.by == By::Call && !declared.text.contains("(…)")
}
