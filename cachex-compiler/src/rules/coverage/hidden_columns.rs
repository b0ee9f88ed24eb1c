//! A statement hides which columns it sets, and is covered by a pattern that names fields.

use std::collections::BTreeSet;

use super::wording;
use crate::analyze::coverage::{Covers, Findings, HiddenColumns, Sets, Survey};
use crate::diagnostics::registry::HIDDEN_COLUMNS;

pub(super) fn check(survey: &Survey, out: &mut Findings) {
    if survey.options.hidden_columns == HiddenColumns::MeetNone {
        return;
    }
    let mut seen = BTreeSet::new();
    for entry in &survey.entries {
        for (site, write) in entry
            .writes
            .iter()
            .filter(|(_, write)| write.sets == Sets::Hidden)
        {
            let on = |instance| {
                survey
                    .declared_on(instance)
                    .iter()
                    .chain(survey.made_in(instance))
            };
            let declared = entry.reach.instances().flat_map(on).chain(&entry.layers);
            let of_entity: Vec<_> = declared
                .filter(|declared| declared.covers.concerns(write.entity))
                .collect();
            let narrow = |covers: Covers| {
                matches!(
                    covers,
                    Covers::Changes {
                        fields: Some(_),
                        ..
                    }
                )
            };
            let Some(first) = of_entity
                .first()
                .filter(|_| of_entity.iter().all(|declared| narrow(declared.covers)))
            else {
                continue;
            };
            let Some(statement) = survey.facts.site(*site).filter(|_| seen.insert(*site)) else {
                continue;
            };
            let mut report = HIDDEN_COLUMNS.at(
                statement.place.span,
                format!(
                    "the columns that this writes of `{}` are not known",
                    statement.table
                ),
            );
            report.label(statement.place.span, "may set any column");
            report.label(first.place.span, "names fields");
            let whole = wording::entity(survey, write.entity).replace('`', "");
            let report = report.help(format!(
                "declare `{whole}.update`, which names none; `--strict` asks for it"
            ));
            out.push(survey, report, Some(statement.function));
        }
    }
}
