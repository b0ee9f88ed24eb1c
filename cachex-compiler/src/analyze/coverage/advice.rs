//! What to write so that a gap closes.
//!
//! Keeps true: followed to the letter it compiles (a value the function can't give is written `_`) and closes the gap.

use super::suggestion::suggestion;
use super::{Covers, Gap, Survey, Write};
use crate::analyze::{Function, Hop, InstanceId, Part, RootKind};

/// What to write, and what else to know about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Advice {
    /// `` add `#[invalidates(post.update(title))]` to `rename_post` ``
    pub(crate) help: String,
    /// That `_` clears more than it must.
    pub(crate) note: Option<String>,
}

/// How to close a gap.
pub(crate) fn advice(survey: &Survey, gap: &Gap) -> Advice {
    let missing = missing(gap);
    let calls = covering_effects(survey, &missing);
    if !calls.is_empty() && !uses_annotations(survey) {
        return Advice {
            help: format!("call {} after the write", calls.join(" or ")),
            note: None,
        };
    }
    let Some((function, _)) = target(survey, gap) else {
        let attributes = suggestion(survey, gap, &missing, None);
        return Advice {
            help: format!("make the closure a function with {}", attributes.added()),
            note: attributes.note(),
        };
    };
    let suggestion = suggestion(survey, gap, &missing, Some(function));
    Advice {
        help: suggestion.help(survey.name(function)),
        note: suggestion.note(),
    }
}

/// Everything that a gap leaves open, each once.
pub(crate) fn missing(gap: &Gap) -> Vec<Write> {
    let mut missing: Vec<Write> = gap
        .writes
        .iter()
        .flat_map(|write| write.missing.iter().copied())
        .collect();
    missing.sort();
    missing.dedup();
    missing
}

/// The functions of `check.effects` that would cover all of it, those first that the sources call most.
fn covering_effects(survey: &Survey, missing: &[Write]) -> Vec<String> {
    let effects = survey.schema.check.effects.iter().filter(|effect| {
        let pattern = &effect.covers.pattern;
        let covers = Covers::Changes {
            entity: pattern.entity,
            action: pattern.action,
            fields: pattern.fields,
        };
        missing
            .iter()
            .all(|write| covers.covers(*write, survey.options.hidden_columns))
    });
    let used = |name: &str| {
        let made = survey.calls.iter().flatten();
        made.filter(|made| made.text == name).count()
    };
    let names = effects.map(ToString::to_string);
    let mut names: Vec<(std::cmp::Reverse<usize>, String)> = names
        .map(|name| (std::cmp::Reverse(used(&name)), name))
        .collect();
    names.sort();
    names.dedup();
    let names = names.into_iter().take(2);
    names.map(|(_, name)| format!("`{name}`")).collect()
}

/// Whether the application uses cachex's annotations at all, or is only checked by it.
pub(crate) fn uses_annotations(survey: &Survey) -> bool {
    let by_attribute = survey.facts.functions.iter().any(|function| {
        function
            .attributes
            .iter()
            .any(|attribute| super::declared::is_cachex(&attribute.path, "invalidates"))
    });
    by_attribute || survey.entries.iter().any(|entry| !entry.layers.is_empty())
}

/// The function that the annotation belongs on: the one the entry is, else the first of the path that can carry one.
fn target<'a>(survey: &'a Survey, gap: &'a Gap) -> Option<(&'a Function, InstanceId)> {
    let entry = survey.entries.get(gap.entry)?;
    let kind = |root: &crate::analyze::RootId| {
        survey
            .facts
            .roots
            .get(root.0 as usize)
            .map(|root| root.kind)
    };
    let is_main = entry
        .roots
        .iter()
        .filter_map(kind)
        .any(|kind| kind == RootKind::Main);
    let path: &[Hop] = gap.writes.first().map_or(&[], |write| &write.path);
    // What covers one of the writes only would leave the gap open.
    let on_all = |callee: &InstanceId| {
        let mut paths = gap.writes.iter().map(|write| &write.path);
        paths.all(|path| path.iter().any(|hop| hop.callee == *callee))
    };
    let shared = path.iter().map(|hop| hop.callee).filter(on_all);
    let entered = std::iter::once(entry.instance());
    let candidates: Vec<InstanceId> = if is_main {
        shared.chain(entered).collect()
    } else {
        entered.chain(shared).collect()
    };
    candidates.into_iter().find_map(|id| {
        let instance = survey
            .facts
            .instance(id)
            .filter(|instance| instance.part == Part::Whole)?;
        Some((survey.facts.function(instance.function)?, id))
    })
}
