//! What to write so that a gap closes.
//!
//! Keeps true: followed to the letter it compiles (a value the function can't give is written `_`) and closes the gap.

use std::fmt::Write as _;

use super::{By, Covers, Gap, GapKind, Survey, Write};
use crate::analyze::{Function, Hop, InstanceId, Part, RootKind};
use crate::emit::words;
use crate::model::{Action, AttributeId, EntityId, FieldSet};

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
    let (attributes, note) = attributes(survey, gap, &missing);
    let attributes = attributes.join(" and ");
    let help = match (target(survey, gap), gap.kind) {
        (Some((function, _)), GapKind::Part) => {
            format!("declare it on `{}`: {attributes}", function.name)
        }
        (Some((function, _)), GapKind::Nothing) => {
            format!("add {attributes} to `{}`", function.name)
        }
        (None, _) => format!("make the closure a function with {attributes}"),
    };
    Advice { help, note }
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

/// The functions of `check.effects` that would cover all of it.
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
    effects
        .map(|effect| format!("`{}`", effect.function.value))
        .collect()
}

/// Whether the application uses cachex's annotations at all, or is only checked by it.
fn uses_annotations(survey: &Survey) -> bool {
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
    let start = Some(entry.instance()).filter(|_| !is_main || path.is_empty());
    let mut candidates = start.into_iter().chain(path.iter().map(|hop| hop.callee));
    candidates.find_map(|id| {
        let instance = survey
            .facts
            .instance(id)
            .filter(|instance| instance.part == Part::Whole)?;
        Some((survey.facts.function(instance.function)?, id))
    })
}

/// The attributes that declare what is missing, together with what is declared already where that can be widened.
fn attributes(survey: &Survey, gap: &Gap, missing: &[Write]) -> (Vec<String>, Option<String>) {
    let function = target(survey, gap).map(|(function, _)| function);
    let mut attributes = Vec::new();
    let mut unknown = false;
    for action in Action::ALL {
        let of_action: Vec<_> = missing
            .iter()
            .filter(|write| write.action == action)
            .copied()
            .collect();
        if of_action.is_empty() {
            continue;
        }
        let fields = (action == Action::Update)
            .then(|| fields(gap, &of_action))
            .flatten();
        let pattern = words::change(survey.schema.entity(gap.entity), action, fields);
        let values = values(survey, gap.entity, (action, fields), function);
        unknown |= values.contains("= _");
        attributes.push(format!("`#[invalidates({pattern}{values})]`"));
    }
    let note = "each `_` clears more than it must: name the value where the function knows it";
    (attributes, unknown.then(|| note.to_owned()))
}

/// The fields to name: those that are missing and those declared already. `None` names no fields at all.
fn fields(gap: &Gap, missing: &[Write]) -> Option<FieldSet> {
    if missing.iter().any(|write| write.fields() == FieldSet::ALL) {
        return None;
    }
    let set = missing
        .iter()
        .fold(FieldSet::NONE, |set, write| set.union(write.fields()));
    let declared = gap
        .declared
        .iter()
        .filter(|declared| declared.by == By::Attribute);
    Some(declared.fold(set, |set, declared| match declared.covers {
        Covers::Changes {
            action: Some(Action::Update),
            fields: Some(fields),
            ..
        } => set.union(fields),
        _ => set,
    }))
}

/// The values that such an annotation must be given in this function: `, id = _, author = author_id`.
fn values(
    survey: &Survey,
    id: EntityId,
    (action, fields): (Action, Option<FieldSet>),
    function: Option<&Function>,
) -> String {
    let entity = survey.schema.entity(id);
    let parameters: Vec<&str> = function.map_or_else(Vec::new, |function| {
        function
            .parameters
            .iter()
            .flat_map(|parameter| parameter.names.iter().map(String::as_str))
            .collect()
    });
    let has = |name: &str| parameters.contains(&name);
    let mut values = String::new();
    let components = &entity.identity.components;
    let found = has(&format!("{}_id", entity.name.value))
        || has("id")
        || (components.len() > 1
            && components
                .iter()
                .all(|component| has(&component.name.value)));
    if !found {
        values.push_str(", id = _");
    }
    let set = fields.unwrap_or(FieldSet::ALL);
    for need in &survey.plan.action(id, action).needs {
        let asked =
            action != Action::Update || need.when_set == FieldSet::ALL || need.when_set.meets(set);
        if asked {
            let name = &entity.attribute(need.attribute).name.value;
            let value = [format!("{name}_id"), name.clone()]
                .into_iter()
                .find(|name| has(name));
            let value = value.unwrap_or_else(|| "_".to_owned());
            let value = sides(action, set, need.attribute, &value);
            let _ = write!(values, ", {name} = {value}");
        }
    }
    values
}

/// A value that an update sets has two sides.
fn sides(action: Action, set: FieldSet, attribute: AttributeId, value: &str) -> String {
    if action == Action::Update && set.contains(FieldSet::one(attribute)) {
        format!("_ => {value}")
    } else {
        value.to_owned()
    }
}
