//! A write of an entity is reached, and nothing on the way invalidates the entity.

use super::wording;
use crate::analyze::Site;
use crate::analyze::coverage::{
    Findings, Gap, GapKind, Loss, Sets, Survey, advice, may_be, missing, siblings, stale,
    uses_annotations,
};
use crate::diagnostics::registry::UNCOVERED_WRITE;
use crate::diagnostics::{Diagnostic, Severity};
use crate::model::TableKind;

pub(super) fn check(survey: &Survey, out: &mut Findings) {
    for gap in survey
        .gaps
        .iter()
        .filter(|gap| gap.kind == GapKind::Nothing)
    {
        match gap.exempt {
            Some(exemption) => out.quieted(exemption),
            None => {
                if let Some(report) = report(survey, gap) {
                    out.push(survey, report, survey.function(gap));
                }
            }
        }
    }
}

fn report(survey: &Survey, gap: &Gap) -> Option<Diagnostic> {
    let entry = survey.entries.get(gap.entry)?;
    let (place, _) = wording::place(survey, entry);
    let mut report = UNCOVERED_WRITE.at(
        place,
        format!(
            "{} {} and nothing invalidates {}",
            wording::subject(survey, entry),
            wording::statements(survey, gap),
            wording::entity(survey, gap.entity)
        ),
    );
    wording::label_gap(survey, entry, gap, &mut report);
    Some(consequences(survey, gap, report))
}

/// What stays stale for how long, how the others do it, and what to write.
pub(super) fn consequences(survey: &Survey, gap: &Gap, mut report: Diagnostic) -> Diagnostic {
    match gap.loss {
        Loss::Stale => {
            let stale = stale(survey, &missing(gap)).unwrap_or_default();
            report = report.note(format!("stale until its TTL: {stale}"));
        }
        Loss::Event => {
            report.severity = Severity::Warning;
            report.kin = wording::kin(survey, gap);
            report =
                report.note("no cache depends on it: nothing goes stale, what lacks is its event");
        }
        Loss::Nothing => {
            report.severity = Severity::Note;
            report.kin = wording::kin(survey, gap);
            return report
                .note("no cache depends on it: nothing goes stale")
                .help(wording::DEPENDENCY);
        }
    }
    if let Some(siblings) = siblings(survey, gap.entity, report.span()) {
        let verb = if siblings.covered == 1 {
            "invalidates"
        } else {
            "invalidate"
        };
        report = report.note(format!(
            "{} of {} writers of {} {verb} it, see {}",
            siblings.covered,
            siblings.writers,
            wording::entity(survey, gap.entity),
            wording::at(survey, siblings.example)
        ));
    }
    for note in perhaps(survey, gap).into_iter().chain(hidden(survey, gap)) {
        report = report.note(note);
    }
    let advice = advice(survey, gap);
    if let Some(note) = advice.note {
        report = report.note(note);
    }
    report.help(advice.help)
}

/// What quiets it where a statement that hides its columns sets none that matter.
fn hidden(survey: &Survey, gap: &Gap) -> Option<String> {
    let mut missing = gap.writes.iter().flat_map(|write| &write.missing);
    let mut sites = gap
        .writes
        .iter()
        .filter_map(|of| survey.facts.site(of.site));
    let ignores = |site: &Site| {
        let mut tables = survey.tables.named(&site.table);
        tables.any(
            |(_, table)| matches!(&table.kind, TableKind::Own { ignore, .. } if !ignore.is_empty()),
        )
    };
    if !missing.all(|write| write.sets == Sets::Hidden) || !sites.all(ignores) {
        return None;
    }
    let function = survey.facts.function(survey.function(gap)?)?;
    let owner = function.owner.as_deref();
    let owner = owner.and_then(|path| path.rsplit("::").next());
    let name = owner.map_or_else(
        || survey.name(function).to_owned(),
        |owner| format!("{owner}::{}", function.name),
    );
    let entity = &survey.schema.entity(gap.entity).name.value;
    let way = if uses_annotations(survey) {
        let rule = gap.kind.rule().name;
        format!("`#[cachex::allow({rule}, reason = \"…\")]` on `{name}` says so")
    } else {
        format!("`\"{name}\": {entity}` under `check.effects` says so")
    };
    Some(format!(
        "the columns it sets are not seen here: where `ignore` lists all of them, {way}"
    ))
}

/// Calls on the way that may be one of `check.effects`: the type they are made on was not found.
fn perhaps(survey: &Survey, gap: &Gap) -> Vec<String> {
    let Some(entry) = survey.entries.get(gap.entry) else {
        return Vec::new();
    };
    let effects = survey.schema.check.effects.iter();
    let effects = effects.filter(|effect| effect.covers.pattern.entity == gap.entity);
    let effects: Vec<_> = effects.collect();
    let instances = entry.reach.instances();
    let instances = instances.filter_map(|id| survey.facts.instance(id));
    let calls = instances.flat_map(|instance| &instance.calls);
    let found = calls.filter_map(|call| {
        let effect = effects
            .iter()
            .find(|effect| may_be(effect, survey.facts, call))?;
        Some(format!(
            "the call at {} may be `{}`: what it is called on was not found",
            wording::at(survey, call.place),
            effect
        ))
    });
    found.take(2).collect()
}
