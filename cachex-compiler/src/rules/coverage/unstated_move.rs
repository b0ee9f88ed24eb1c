//! A statement sets the column of a reference or field for which the declaration has one value: a move told as none.

use std::collections::BTreeSet;

use super::wording;
use crate::analyze::coverage::{Findings, Sets, Survey, Write};
use crate::analyze::{InstanceId, SiteId};
use crate::diagnostics::registry::UNSTATED_MOVE;
use crate::model::{Action, FieldSet};

pub(super) fn check(survey: &Survey, out: &mut Findings) {
    let mut seen = BTreeSet::new();
    for entry in &survey.entries {
        for (site, write) in &entry.writes {
            let holders = survey
                .holders(*site)
                .iter()
                .filter(|holder| entry.reach.contains(**holder));
            let Some(path) = holders
                .map(|holder| entry.reach.path(*holder))
                .min_by_key(Vec::len)
            else {
                continue;
            };
            let on_path =
                std::iter::once(entry.instance()).chain(path.iter().map(|hop| hop.callee));
            report(
                survey,
                &on_path.collect::<Vec<_>>(),
                (*site, *write),
                &mut seen,
                out,
            );
        }
    }
}

fn report(
    survey: &Survey,
    path: &[InstanceId],
    (site, write): (SiteId, Write),
    seen: &mut BTreeSet<(crate::source::Span, SiteId)>,
    out: &mut Findings,
) -> Option<()> {
    let Sets::Attribute(attribute) = write.sets else {
        return None;
    };
    let covering: Vec<_> = path
        .iter()
        .flat_map(|instance| {
            survey
                .declared_on(*instance)
                .iter()
                .map(move |declared| (*instance, declared))
        })
        .filter(|(_, declared)| declared.covers.covers(write, survey.options.hidden_columns))
        .collect();
    let unmoved = |(_, declared): &&(InstanceId, &crate::analyze::coverage::Declaration)| {
        declared.unmoved.contains(FieldSet::one(attribute))
    };
    if write.action != Action::Update || !covering.iter().all(|declared| unmoved(&declared)) {
        return None;
    }
    let (instance, declared) = covering.first()?;
    let statement = survey.facts.site(site)?;
    if !seen.insert((declared.place.span, site)) {
        return None;
    }
    let name = &survey
        .schema
        .entity(write.entity)
        .attribute(attribute)
        .name
        .value;
    let said = wording::statement(survey, site, &[write]);
    let mut report = UNSTATED_MOVE.at(
        declared.place.span,
        format!(
            "`{}` gives one value for `{name}`, which is written: a move told as none",
            declared.text
        ),
    );
    report.label(
        declared.place.span,
        format!("says that `{name}` stayed as it was"),
    );
    report.label(statement.place.span, format!("{said} here"));
    let report = report.help(format!(
        "give both sides: `{name} = old => new`, with `_` for a side that isn't known"
    ));
    let function = survey.facts.instance(*instance)?.function;
    out.push(survey, report, [function]);
    Some(())
}
