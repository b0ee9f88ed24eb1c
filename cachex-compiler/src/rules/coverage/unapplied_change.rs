//! A change that never takes effect: built and dropped, or applied in a task that nobody awaits.

use std::collections::BTreeSet;

use super::wording;
use crate::analyze::Callee;
use crate::analyze::coverage::{By, Covers, Declaration, Entry, Findings, Survey};
use crate::diagnostics::registry::UNAPPLIED_CHANGE;
use crate::model::EntityId;

pub(super) fn check(survey: &Survey, out: &mut Findings) {
    dropped(survey, out);
    let mut seen = BTreeSet::new();
    for task in survey
        .entries
        .iter()
        .filter(|entry| !entry.spawned.is_empty())
    {
        for id in task.reach.instances() {
            let made = survey.made_in(id).iter().filter(|made| made.by == By::Call);
            for made in made {
                if let Covers::Changes { entity, .. } = made.covers
                    && too_late(survey, task, entity)
                    && seen.insert(made.place)
                {
                    report_task(survey, task, (made, entity), out);
                }
            }
        }
    }
}

/// Changes that were built and never used.
fn dropped(survey: &Survey, out: &mut Findings) {
    let mut seen = BTreeSet::new();
    for instance in &survey.facts.instances {
        for call in &instance.calls {
            let Callee::Schema { path, chain, .. } = &call.callee else {
                continue;
            };
            let is_drop = chain.last().is_some_and(|last| last == "drop");
            if !is_drop || !seen.insert(call.place) {
                continue;
            }
            let mut report = UNAPPLIED_CHANGE.at(
                call.place.span,
                format!("a change is built with `{path}` and neither applied nor recorded"),
            );
            report.label(call.place.span, "dropped here: it clears nothing");
            let help =
                "end it with `.record()`, or with `.apply(&cachex).await` outside a unit of work";
            out.push(survey, report.help(help), Some(instance.function));
        }
    }
}

/// Whether a task invalidates what not the task but its spawner wrote, and nothing else invalidates it.
fn too_late(survey: &Survey, task: &Entry, entity: EntityId) -> bool {
    let Some(spawner) = task.spawned.first().map(|hop| hop.caller) else {
        return false;
    };
    let writes = task.writes.iter().any(|(_, write)| write.entity == entity);
    let mut gaps = survey.gaps.iter();
    !writes
        && gaps.any(|gap| {
            let entry = survey.entries.get(gap.entry);
            gap.entity == entity && entry.is_some_and(|entry| entry.reach.contains(spawner))
        })
}

fn report_task(
    survey: &Survey,
    task: &Entry,
    (made, entity): (&Declaration, EntityId),
    out: &mut Findings,
) {
    let name = wording::entity(survey, entity);
    let mut report = UNAPPLIED_CHANGE.at(
        made.place.span,
        format!("{name} is invalidated in a task that nobody awaits"),
    );
    report.label(made.place.span, "may run after the answer, or not at all");
    wording::label_path(survey, &task.spawned, &mut BTreeSet::new(), &mut report);
    let function = survey.facts.instance(task.instance());
    let report =
        report.help("invalidate before the answer: await the task, or take the call out of it");
    out.push(survey, report, function.map(|instance| instance.function));
}
