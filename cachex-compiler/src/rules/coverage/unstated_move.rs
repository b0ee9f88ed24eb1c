//! A statement sets the column of a reference or field for which the declaration has one value: a move told as none.

use std::collections::BTreeSet;

use super::wording;
use crate::analyze::coverage::{Declaration, Entry, Findings, Sets, Survey, Write};
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
    entry: &Entry,
    site: SiteId,
    write: Write,
    attribute: AttributeId,
) -> Option<(FunctionId, &'a Declaration)> {
    if write.action != Action::Update {
        return None;
    }
    let callees = survey
        .shortest(&entry.reach, site)?
        .into_iter()
        .map(|hop| hop.callee);
    let mut covering = Vec::new();
    for instance in std::iter::once(entry.instance()).chain(callees) {
        let function = survey.facts.instance(instance)?.function;
        let declared = survey.declared_on(instance).iter();
        let covers = declared.filter(|one| one.covers.covers(write, survey.options.hidden_columns));
        covering.extend(covers.map(|declared| (function, declared)));
    }
    let unmoved = |declared: &Declaration| declared.unmoved.contains(FieldSet::one(attribute));
    let all = covering.iter().all(|(_, declared)| unmoved(declared));
    covering.first().copied().filter(|_| all)
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
    Some(report.help(format!(
        "give both sides: `{name} = old => new`, with `_` for a side that isn't known"
    )))
}
