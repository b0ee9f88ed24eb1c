//! A function declares more than it writes, and clears caches that a narrower pattern would keep.

use std::collections::BTreeSet;

use super::unneeded_declaration::is_understood;
use crate::analyze::coverage::{Covers, Declaration, Findings, Sets, Survey, Write};
use crate::analyze::{FunctionId, InstanceId, Part, Reach, Via};
use crate::diagnostics::Severity;
use crate::diagnostics::registry::BROAD_DECLARATION;
use crate::emit::words;
use crate::model::{Action, CacheId, EntityId, FieldSet};

pub(super) fn check(survey: &Survey, out: &mut Findings) {
    for (id, function) in (0..).map(FunctionId).zip(&survey.facts.functions) {
        let Some(declared) = single(survey.attributes(id)) else {
            continue;
        };
        for declaration in declared {
            let Some((narrower, set, kept)) = narrower(survey, id, declaration) else {
                continue;
            };
            let names: Vec<_> = kept
                .iter()
                .map(|cache| format!("`{}`", survey.schema.cache(*cache).name.value))
                .collect();
            let mut report = BROAD_DECLARATION.at(
                declaration.place.span,
                format!(
                    "`{}` declares more than it writes and clears {} for it",
                    survey.name(function),
                    names.join(", ")
                ),
            );
            // The bare form is the one to begin with: that it could say more is no fault.
            if matches!(declaration.covers, Covers::Changes { action: None, .. }) {
                report.severity = Severity::Note;
            }
            report.label(
                declaration.place.span,
                format!("`{narrower}` is all that is written below"),
            );
            let mut report = report.help(format!("narrow the pattern to `{narrower}`"));
            if let Some(pattern) = declaration
                .pattern
                .filter(|_| !declaration.moves && !declaration.unmoved.meets(set))
            {
                report = report.fix(pattern, narrower);
            }
            out.push(survey, report, Some(id));
        }
    }
}

/// Declarations of one entity in several attributes are read together by their author: no single one is too broad.
fn single(declared: &[Declaration]) -> Option<&[Declaration]> {
    let entities = declared
        .iter()
        .filter_map(|declaration| match declaration.covers {
            Covers::Changes { entity, .. } => Some(entity),
            Covers::Everything => None,
        });
    let distinct: BTreeSet<_> = entities.clone().collect();
    (distinct.len() == entities.count()).then_some(declared)
}

/// A pattern that covers what is written and clears fewer caches, the fields it names, and the caches it would keep.
fn narrower(
    survey: &Survey,
    function: FunctionId,
    declaration: &Declaration,
) -> Option<(String, FieldSet, Vec<CacheId>)> {
    let Covers::Changes {
        entity,
        action,
        fields,
    } = declaration.covers
    else {
        return None;
    };
    let written = written(survey, function, entity)?;
    let needed = written.iter().next()?.action;
    if written
        .iter()
        .any(|write| write.action != needed || write.sets == Sets::Hidden)
    {
        return None;
    }
    let set = written
        .iter()
        .fold(FieldSet::NONE, |set, write| set.union(write.fields()));
    let narrow = (needed == Action::Update).then_some(set);
    let kept: Vec<CacheId> = cleared(survey, entity, action, fields)
        .difference(&cleared(survey, entity, Some(needed), narrow))
        .copied()
        .collect();
    (!kept.is_empty()).then(|| {
        (
            words::change(survey.schema.entity(entity), needed, narrow),
            narrow.unwrap_or(FieldSet::NONE),
            kept,
        )
    })
}

/// What a function writes of an entity; `None` where that isn't sure.
fn written(survey: &Survey, function: FunctionId, entity: EntityId) -> Option<BTreeSet<Write>> {
    let instances = (0..).map(InstanceId).zip(&survey.facts.instances);
    let own = instances
        .filter(|(_, instance)| instance.function == function && instance.part == Part::Whole);
    let reaches: Vec<Reach> = own
        .map(|(id, _)| survey.facts.reach(id, |_, call| call.via != Via::Register))
        .collect();
    if !reaches.iter().all(|reach| is_understood(survey, reach)) {
        return None;
    }
    let sites = reaches
        .iter()
        .flat_map(|reach| reach.sites(survey.facts).into_keys());
    let writes = sites
        .flat_map(|site| survey.writes(site))
        .filter(|write| write.entity == entity);
    Some(writes.copied().collect())
}

/// The caches that a pattern clears.
fn cleared(
    survey: &Survey,
    entity: EntityId,
    action: Option<Action>,
    fields: Option<FieldSet>,
) -> BTreeSet<CacheId> {
    let actions = Action::ALL
        .into_iter()
        .filter(|one| action.is_none_or(|action| action == *one));
    let steps = actions.flat_map(|action| {
        survey
            .plan
            .action(entity, action)
            .steps
            .iter()
            .map(move |step| (action, step))
    });
    let applies = steps.filter(|(action, step)| {
        let masked =
            fields.is_none_or(|fields| step.mask == FieldSet::ALL || step.mask.meets(fields));
        *action != Action::Update || masked
    });
    applies.map(|(_, step)| step.cache).collect()
}
