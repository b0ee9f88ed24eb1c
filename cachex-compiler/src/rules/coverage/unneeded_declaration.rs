//! A function declares a change of an entity that nothing below it writes.

use std::collections::BTreeSet;

use super::wording;
use crate::analyze::coverage::{Covers, Declaration, Findings, Survey};
use crate::analyze::{Call, Callee, FunctionId, Instance, InstanceId, Part, Reach, Via};
use crate::diagnostics::registry::UNNEEDED_DECLARATION;
use crate::model::{AttributeKind, EntityId, FieldSet};

/// Methods that write when their receiver is a row or a connection: on an unknown receiver they may.
const PERHAPS_WRITES: [&str; 8] = [
    "execute",
    "insert",
    "update",
    "save",
    "delete",
    "exec",
    "save_changes",
    "get_result",
];

pub(super) fn check(survey: &Survey, out: &mut Findings) {
    for (id, function) in (0..).map(FunctionId).zip(&survey.facts.functions) {
        let declared = survey.attributes(id);
        if declared.is_empty() {
            continue;
        }
        let reaches = reaches(survey, id);
        for declaration in declared {
            let Some(entity) = idle(survey, declaration, declared, &reaches) else {
                continue;
            };
            let mut report = UNNEEDED_DECLARATION.at(
                declaration.place.span,
                format!(
                    "`{}` declares a change of {} and writes none",
                    survey.name(function),
                    wording::entity(survey, entity)
                ),
            );
            report.label(declaration.place.span, "clears what nothing here changed");
            report.label(
                function.place.span,
                "no statement it reaches writes one of the entity's tables",
            );
            out.push(
                survey,
                report.help(format!("remove `{}`", declaration.text)),
                Some(id),
            );
        }
    }
}

/// What each node of a function reaches, tasks it spawns included.
fn reaches(survey: &Survey, function: FunctionId) -> Vec<Reach> {
    let instances = (0..).map(InstanceId).zip(&survey.facts.instances);
    let own = instances
        .filter(|(_, instance)| instance.function == function && instance.part == Part::Whole);
    own.map(|(id, _)| survey.facts.reach(id, |_, call| call.via != Via::Register))
        .collect()
}

/// The entity of a declaration that nothing reached writes, where that is sure.
fn idle(
    survey: &Survey,
    declaration: &Declaration,
    all: &[Declaration],
    reaches: &[Reach],
) -> Option<EntityId> {
    let Covers::Changes { entity, fields, .. } = declaration.covers else {
        return None;
    };
    // `post.update()` beside changes of its pictures: the head of the event that tells of them.
    let is_head =
        fields == Some(FieldSet::NONE) && all.iter().any(|other| references(survey, other, entity));
    let watched = !survey.schema.entity(entity).tables.is_empty();
    let touched = all.iter().any(|other| touches(survey, other, entity));
    let written = || {
        let sites = reaches
            .iter()
            .flat_map(|reach| reach.sites(survey.facts).into_keys());
        sites
            .flat_map(|site| survey.writes(site))
            .any(|write| write.entity == entity)
    };
    let sure = || !reaches.is_empty() && reaches.iter().all(|reach| is_understood(survey, reach));
    (watched && !touched && !is_head && !written() && sure()).then_some(entity)
}

/// Whether a declared change is of an entity that references another.
fn references(survey: &Survey, declaration: &Declaration, entity: EntityId) -> bool {
    let Covers::Changes {
        entity: declared, ..
    } = declaration.covers
    else {
        return false;
    };
    let mut references = survey.schema.entity(declared).references();
    references.any(|(_, _, target)| target == entity)
}

/// Whether a declared change derives one of another entity.
fn touches(survey: &Survey, declaration: &Declaration, entity: EntityId) -> bool {
    let Covers::Changes {
        entity: declared, ..
    } = declaration.covers
    else {
        return false;
    };
    let declared = survey.schema.entity(declared);
    declared.touches.iter().any(|touch| {
        matches!(declared.attribute(touch.reference).kind, AttributeKind::Reference(target) if target == entity)
    })
}

/// Whether every statement reached was understood.
pub(super) fn is_understood(survey: &Survey, reach: &Reach) -> bool {
    let instances = || reach.instances().filter_map(|id| survey.facts.instance(id));
    let functions: BTreeSet<_> = instances().map(|instance| instance.function).collect();
    let mut unknown = survey
        .facts
        .unknowns
        .iter()
        .filter_map(|unknown| unknown.function);
    !unknown.any(|function| functions.contains(&function)) && !instances().any(may_write_more)
}

/// Whether a node has more calls that may write than statements which account for them: each statement that was
/// understood ends in one such call (`sqlx::query!(…).execute(db)`).
fn may_write_more(instance: &Instance) -> bool {
    let doubtful = |call: &&Call| matches!(&call.callee, Callee::Unknown { name } if PERHAPS_WRITES.contains(&name.as_str()));
    instance.calls.iter().filter(doubtful).count() > instance.sites.len()
}
