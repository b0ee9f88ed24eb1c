//! The annotations that close a gap, as they are to be written on one function.
//!
//! Owns the rule of the grammar that a bare `id` is the identity only where it is the only annotation: a second one
//! makes both say `id = id`. Keeps true: what a function declares already is widened, not repeated.

use super::annotation;
use super::declared::is_cachex;
use super::{Column, Gap, Survey, Write};
use crate::analyze::Function;
use crate::emit::words;
use crate::model::{Action, DimensionType, Entity, EntityId, FieldSet, Scalar, Type};

/// What to write on one function.
#[derive(Debug, Default)]
pub(super) struct Suggestion {
    /// Annotations to add, whole.
    added: Vec<String>,
    /// Annotations to write for others: old and new.
    replaced: Vec<(String, String)>,
    /// Whether a value is left open.
    vague: bool,
}

/// An annotation in the making: the pattern, then names and values.
struct Draft<'a> {
    /// `None` for an entity that the schema doesn't know: rustc says so.
    entity: Option<EntityId>,
    action: Option<Action>,
    fields: Option<FieldSet>,
    values: Vec<(&'a str, String)>,
    /// What it takes the place of, as written.
    old: Option<&'a str>,
    changed: bool,
}

/// What closes a gap on a function, or, without one, on the function that a closure is to become.
pub(super) fn suggestion<'a>(
    survey: &'a Survey,
    gap: &Gap,
    missing: &[Write],
    function: Option<&'a Function>,
) -> Suggestion {
    let mut drafts: Vec<Draft<'a>> =
        function.map_or_else(Vec::new, |function| declared(survey, function));
    for action in Action::ALL {
        let of_action = missing.iter().filter(|write| write.action == action);
        let set = of_action.map(|write| write.fields());
        if let Some(set) = set.reduce(FieldSet::union) {
            // Columns that are hidden may be any: then no field is named.
            let fields = Some(set).filter(|set| action == Action::Update && *set != FieldSet::ALL);
            if let Some(draft) = draft_for(&mut drafts, gap.entity, action, fields) {
                complete(survey, (gap.entity, action), function, draft);
            }
        }
    }
    identify(survey, gap, function, &mut drafts);
    written(survey, drafts)
}

/// What a function declares already.
fn declared<'a>(survey: &'a Survey, function: &'a Function) -> Vec<Draft<'a>> {
    let attributes = function.attributes.iter();
    let own = attributes.filter(|attribute| is_cachex(&attribute.path, "invalidates"));
    own.filter_map(|attribute| {
        let read = annotation::read(&attribute.tokens)?;
        let mut entities = survey.schema.entity_ids();
        let entity = entities.find(|(_, entity)| entity.name.value == read.entity);
        let named = |names: &Vec<&str>| {
            let of_entity = |name: &&str| super::declared::attribute(entity?.1, name);
            names.iter().filter_map(of_entity).collect()
        };
        let action = read.action.and_then(|name| {
            let mut actions = Action::ALL.into_iter();
            actions.find(|action| action.name() == name)
        });
        Some(Draft {
            entity: entity.map(|(id, _)| id),
            action,
            fields: read.fields.as_ref().map(named),
            values: read
                .values
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned()))
                .collect(),
            old: Some(&attribute.tokens),
            changed: false,
        })
    })
    .collect()
}

/// The annotation to widen, or a new one.
fn draft_for<'a, 'd>(
    drafts: &'d mut Vec<Draft<'a>>,
    entity: EntityId,
    action: Action,
    fields: Option<FieldSet>,
) -> Option<&'d mut Draft<'a>> {
    let same = |draft: &Draft| draft.entity == Some(entity) && draft.action == Some(action);
    if !drafts.iter().any(same) {
        drafts.push(Draft {
            entity: Some(entity),
            action: Some(action),
            fields,
            values: Vec::new(),
            old: None,
            changed: true,
        });
    }
    let draft = drafts.iter_mut().find(|draft| same(draft))?;
    draft.fields = draft
        .fields
        .zip(fields)
        .map(|(known, more)| known.union(more));
    draft.changed = true;
    Some(draft)
}

/// Adds the values that rules ask of such a change; one that the pattern names has two sides.
fn complete<'a>(
    survey: &'a Survey,
    (id, action): (EntityId, Action),
    function: Option<&Function>,
    draft: &mut Draft<'a>,
) {
    let entity = survey.schema.entity(id);
    let set = draft.fields.unwrap_or(FieldSet::ALL);
    for need in &survey.plan.action(id, action).needs {
        let asked =
            action != Action::Update || need.when_set == FieldSet::ALL || need.when_set.meets(set);
        let attribute = entity.attribute(need.attribute);
        let name = attribute.name.value.as_str();
        let given = draft.values.iter_mut().find(|(known, _)| *known == name);
        let moved = action == Action::Update && set.contains(FieldSet::one(need.attribute));
        match given {
            Some((_, value)) if moved && !value.contains("=>") => *value = format!("_ => {value}"),
            None if asked => {
                let names = [format!("{name}_id"), name.to_owned()];
                let fits = |name: &String| has(survey, function, name, attribute.ty());
                let value = names.into_iter().find(fits);
                let value = value.unwrap_or_else(|| "_".to_owned());
                let value = if moved {
                    format!("_ => {value}")
                } else {
                    value
                };
                draft.values.push((name, value));
            }
            _ => {}
        }
    }
}

/// Says whose change each is, where the function's parameters don't: `id` alone is taken for the only annotation's.
fn identify(survey: &Survey, gap: &Gap, function: Option<&Function>, drafts: &mut [Draft]) {
    let alone = drafts.len() == 1;
    let was_alone = drafts.iter().filter(|draft| draft.old.is_some()).count() == 1;
    let mut taken = false;
    for draft in drafts {
        let Some(entity) = draft.entity.map(|id| survey.schema.entity(id)) else {
            continue;
        };
        let given = |name: &str| draft.values.iter().find(|(known, _)| *known == name);
        if let Some((_, value)) = given("id") {
            taken |= value == "id";
            continue;
        }
        if given("each").is_some() || by_parameters(survey, function, entity) {
            continue;
        }
        let has_id = has(survey, function, "id", identity_type(entity));
        let value = match (draft.old, has_id) {
            // What is there compiles already, unless it takes the bare `id`.
            (Some(_), true) if was_alone => "id",
            (Some(_), _) => continue,
            (None, true) if !taken && by_identity(survey, gap, draft) => "id",
            (None, _) => "_",
        };
        taken |= value == "id";
        if alone && value == "id" {
            continue;
        }
        draft.values.insert(0, ("id", value.to_owned()));
        draft.changed = true;
    }
}

/// Whether the statements write the row of one identity: then a parameter `id` is that. A row that is created, or
/// found by another column, has an identity that the function may not know.
fn by_identity(survey: &Survey, gap: &Gap, draft: &Draft) -> bool {
    let of_action = gap.writes.iter().filter(|write| {
        let mut missing = write.missing.iter();
        missing.any(|missing| Some(missing.action) == draft.action)
    });
    draft.action != Some(Action::Create)
        && of_action.into_iter().all(|write| {
            let Some(site) = survey.facts.site(write.site) else {
                return false;
            };
            let Some(columns) = &site.restricted_by else {
                return true;
            };
            let mut tables = survey.tables.named(&site.table);
            tables.any(|(entity, table)| {
                let column = |name: &String| survey.tables.attribute(entity, table, name);
                entity == gap.entity && columns.iter().any(|name| column(name) == Column::Identity)
            })
        })
}

fn identity_type(entity: &Entity) -> Option<DimensionType> {
    match entity.identity.components.as_slice() {
        [one] => Some(one.ty.clone()),
        _ => None,
    }
}

/// Whether parameters named after the entity, or after the components of its identity, say which one changes.
fn by_parameters(survey: &Survey, function: Option<&Function>, entity: &Entity) -> bool {
    let components = &entity.identity.components;
    let own = format!("{}_id", entity.name.value);
    let component = |name: &str, ty: &DimensionType| {
        let named = |name: &str| has(survey, function, name, Some(ty.clone()));
        named(name) || named(&format!("{name}_id"))
    };
    has(survey, function, &own, identity_type(entity))
        || (components.len() > 1
            && components
                .iter()
                .all(|one| component(&one.name.value, &one.ty)))
}

/// Whether a function has a parameter of that name whose type holds such a value, as far as its text tells.
fn has(
    survey: &Survey,
    function: Option<&Function>,
    name: &str,
    ty: Option<DimensionType>,
) -> bool {
    let parameters = function.map_or(&[][..], |function| &function.parameters);
    let named =
        |parameter: &&crate::analyze::Parameter| parameter.names.iter().any(|known| known == name);
    let Some(parameter) = parameters.iter().find(named) else {
        return false;
    };
    let Some(ty) = ty.and_then(|ty| scalar(survey, &ty)) else {
        return true;
    };
    let own = ty.rust.as_deref().and_then(|path| path.rsplit("::").next());
    let wanted = [Some(rust_name(ty.scalar)), own];
    let words: Vec<&str> = parameter
        .ty
        .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .collect();
    let mut wanted = wanted.into_iter().flatten();
    wanted.any(|word| words.contains(&word) || (word == "String" && words.contains(&"str")))
}

/// The last word of a scalar's Rust type; any `Serialize` value is a hash.
fn rust_name(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::U32 => "u32",
        Scalar::U64 => "u64",
        Scalar::I32 => "i32",
        Scalar::I64 => "i64",
        Scalar::String | Scalar::Hash => "String",
        Scalar::Bool => "bool",
        Scalar::Uuid => "Uuid",
        Scalar::Date => "Date",
        Scalar::DateTime => "OffsetDateTime",
    }
}

/// The type that an identity comes down to, where it is one.
fn scalar(survey: &Survey, ty: &DimensionType) -> Option<Type> {
    let mut ty = ty.clone();
    for _ in 0..8 {
        match ty {
            DimensionType::Scalar(scalar) => return Some(scalar),
            DimensionType::Identity(entity) => {
                ty = identity_type(survey.schema.entity(entity))?;
            }
        }
    }
    None
}

/// The drafts that changed, as text.
fn written(survey: &Survey, drafts: Vec<Draft>) -> Suggestion {
    let mut suggestion = Suggestion::default();
    for draft in drafts.into_iter().filter(|draft| draft.changed) {
        let Some(entity) = draft.entity.map(|id| survey.schema.entity(id)) else {
            continue;
        };
        let mut text = match draft.action {
            Some(action) => words::change(entity, action, draft.fields),
            None => entity.name.value.clone(),
        };
        for (name, value) in &draft.values {
            text = format!("{text}, {name} = {value}");
        }
        suggestion.vague |= draft.values.iter().any(|(_, value)| is_open(value));
        let text = format!("`#[invalidates({text})]`");
        match draft.old {
            Some(old) => {
                let old: Vec<&str> = old.split_whitespace().collect();
                let old = format!("`#[invalidates({})]`", old.join(" "));
                suggestion.replaced.push((old, text));
            }
            None => suggestion.added.push(text),
        }
    }
    suggestion
}

/// Whether a side of a value is left open.
fn is_open(value: &str) -> bool {
    value.split("=>").any(|side| side.trim() == "_")
}

impl Suggestion {
    /// What to do, said of the function.
    pub(super) fn help(&self, function: &str) -> String {
        let mut steps = Vec::new();
        if !self.added.is_empty() {
            steps.push(format!("add {} to `{function}`", self.added()));
        }
        for (old, new) in &self.replaced {
            steps.push(format!("write {new} for {old} on `{function}`"));
        }
        steps.join(", and ")
    }

    /// The annotations to add.
    pub(super) fn added(&self) -> String {
        self.added.join(" and ")
    }

    /// What else to know about it.
    pub(super) fn note(&self) -> Option<String> {
        let note = "each `_` clears more than it must: name the value where the function knows it";
        self.vague.then(|| note.to_owned())
    }
}
