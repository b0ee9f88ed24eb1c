//! What the sources declare or make: annotations, route layers, calls of the generated API, and `check.effects`.
//!
//! Knows nothing of paths. Keeps true: a declaration that can't be understood covers nothing.

use super::annotation;
use super::effects;
use super::tables::{Sets, Write};
use crate::analyze::{Attribute, Call, Callee, Facts, Function, InstanceId, Place, Resolution};
use crate::model::{Action, AttributeId, Entity, EntityId, FieldSet, Schema};
use crate::source::Span;

/// One declared or made invalidation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Declaration {
    /// What it invalidates.
    pub(crate) covers: Covers,
    /// How it came about.
    pub(crate) by: By,
    /// Where it stands.
    pub(crate) place: Place,
    /// As messages show it: `#[invalidates(post.update)]`.
    pub(crate) text: String,
    /// References and fields it gives one value for: it says that they did not move.
    pub(crate) unmoved: FieldSet,
    /// The closures that an effect was given: it covers what they hold. Empty: everything its function reaches.
    pub(crate) within: Vec<Span>,
    /// The pattern, where it can be rewritten.
    pub(crate) pattern: Option<Span>,
    /// Whether it gives a value two sides, which a narrower pattern may not have room for.
    pub(crate) moves: bool,
}

/// What an invalidation covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Covers {
    /// `system.delete`: every cache.
    Everything,
    /// Changes of an entity.
    Changes {
        /// Whose.
        entity: EntityId,
        /// `None`: any.
        action: Option<Action>,
        /// `None`: any. The empty set is `update()`.
        fields: Option<FieldSet>,
    },
}

/// How an invalidation comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum By {
    /// `#[invalidates(…)]`: covers the paths through its function.
    Attribute,
    /// `invalidates!(…)` on a route.
    Layer,
    /// A call of the generated API, or of one of `check.effects`.
    Call,
}

/// Whether a statement that hides its columns meets a declaration that names fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HiddenColumns {
    /// It does (a note says so).
    #[default]
    MeetAny,
    /// It doesn't (`--strict`).
    MeetNone,
}

impl Covers {
    /// Whether it is about an entity at all.
    pub(crate) fn concerns(self, of: EntityId) -> bool {
        match self {
            Self::Everything => true,
            Self::Changes { entity, .. } => entity == of,
        }
    }

    /// Whether a write is invalidated by it.
    pub(crate) fn covers(self, write: Write, hidden: HiddenColumns) -> bool {
        let Self::Changes {
            entity,
            action,
            fields,
        } = self
        else {
            return true;
        };
        let same = entity == write.entity && action.is_none_or(|action| action == write.action);
        same && match (fields, write.sets) {
            (None, _) | (_, Sets::Undeclared) => true,
            (Some(fields), Sets::Attribute(attribute)) => fields.contains(FieldSet::one(attribute)),
            (Some(_), Sets::Hidden) => hidden == HiddenColumns::MeetAny,
        }
    }
}

/// The paths under which rustc finds an attribute or macro of cachex.
pub(crate) fn is_cachex(path: &str, name: &str) -> bool {
    let path = path.trim_end_matches('!');
    path == name
        || path
            .strip_suffix(name)
            .is_some_and(|head| head.starts_with("cachex") && head.ends_with("::"))
}

/// What a function's attributes declare.
pub(crate) fn by_attributes(schema: &Schema, function: &Function) -> Vec<Declaration> {
    let own = function
        .attributes
        .iter()
        .filter(|attribute| is_cachex(&attribute.path, "invalidates"));
    own.filter_map(|attribute| by_attribute(schema, attribute))
        .collect()
}

fn by_attribute(schema: &Schema, attribute: &Attribute) -> Option<Declaration> {
    let read = annotation::read(&attribute.tokens)?;
    Some(Declaration {
        unmoved: unmoved(schema, &read),
        covers: resolve(schema, read.entity, read.action, read.fields.as_deref())?,
        by: By::Attribute,
        place: attribute.place,
        text: format!("#[invalidates({})]", read.pattern),
        within: Vec::new(),
        pattern: Some(pattern_of(attribute, read.pattern)),
        moves: read.values.iter().any(|(_, value)| value.contains("=>")),
    })
}

/// Where the pattern of an attribute stands.
fn pattern_of(attribute: &Attribute, pattern: &str) -> Span {
    let leading = attribute.tokens.len() - attribute.tokens.trim_start().len();
    let start = attribute.tokens_start as usize + leading;
    Span::new(attribute.place.span.file, start..start + pattern.len())
}

/// The attributes that a declaration gives one value for.
fn unmoved(schema: &Schema, read: &annotation::Annotation) -> FieldSet {
    let entity = schema
        .entities
        .iter()
        .find(|entity| entity.name.value == read.entity);
    let single = read
        .values
        .iter()
        .filter(|(_, value)| !value.contains("=>"));
    let named = single.filter_map(|(name, _)| attribute(entity?, name));
    named.collect()
}

/// What a route's layers declare.
pub(crate) fn by_layers(schema: &Schema, layers: &[Call]) -> Vec<Declaration> {
    layers
        .iter()
        .filter_map(|layer| by_layer(schema, layer))
        .collect()
}

fn by_layer(schema: &Schema, layer: &Call) -> Option<Declaration> {
    let Callee::Path(path) = &layer.callee else {
        return None;
    };
    let tokens = &layer
        .arguments
        .first()
        .filter(|_| is_cachex(path, "invalidates"))?
        .text;
    let read = annotation::read(tokens)?;
    Some(Declaration {
        unmoved: unmoved(schema, &read),
        covers: resolve(schema, read.entity, read.action, read.fields.as_deref())?,
        by: By::Layer,
        place: layer.place,
        text: format!("invalidates!({})", read.pattern),
        within: Vec::new(),
        pattern: None,
        moves: false,
    })
}

/// What a call invalidates.
pub(crate) fn by_call(schema: &Schema, facts: &Facts, call: &Call) -> Vec<Declaration> {
    let mut found = effects::by_call(schema, facts, call);
    found.extend(by_api(schema, call));
    found
}

/// What the calls in one node of the call graph invalidate.
pub(crate) fn by_calls(schema: &Schema, facts: &Facts, instance: InstanceId) -> Vec<Declaration> {
    let calls = facts
        .instance(instance)
        .map_or(&[][..], |instance| &instance.calls);
    // A bare name that several functions have says nothing about which of them is called.
    let vague = |call: &&Call| {
        let here = calls.iter().filter(|other| other.place == call.place);
        call.resolution == Resolution::Name && here.count() > 1
    };
    let clear = calls.iter().filter(|call| !vague(call));
    clear
        .flat_map(|call| by_call(schema, facts, call))
        .collect()
}

/// `cache::post::update(id).title().apply(…)`, `cache::invalidate::post(…)`.
fn by_api(schema: &Schema, call: &Call) -> Option<Declaration> {
    let Callee::Schema { path, chain, .. } = &call.callee else {
        return None;
    };
    let (head, tail) = path.rsplit_once("::")?;
    let covers = match (head.rsplit("::").next()?, chain.last().map(String::as_str)) {
        ("invalidate", _) => resolve(schema, tail, None, None)?,
        (entity, Some("apply" | "record")) => made(schema, entity, tail, chain)?,
        _ => return None,
    };
    let text = match chain.last() {
        Some(last) => format!("{path}(…).{last}()"),
        None => format!("{path}(…)"),
    };
    Some(Declaration {
        covers,
        by: By::Call,
        place: call.place,
        text,
        unmoved: kept(schema, covers, chain),
        within: Vec::new(),
        pattern: None,
        moves: false,
    })
}

/// The attributes that a change was given one value for: `.author_kept(author)`.
fn kept(schema: &Schema, covers: Covers, setters: &[String]) -> FieldSet {
    let Covers::Changes { entity, .. } = covers else {
        return FieldSet::NONE;
    };
    let entity = schema.entity(entity);
    let setters = setters.iter().filter_map(|name| name.strip_suffix("_kept"));
    setters.filter_map(|name| attribute(entity, name)).collect()
}

/// What a change covers that a constructor began and setters completed.
fn made(schema: &Schema, entity: &str, constructor: &str, setters: &[String]) -> Option<Covers> {
    match constructor {
        "any" => resolve(schema, entity, None, None),
        "update_only" => {
            let whole = resolve(schema, entity, Some("update"), None)?;
            let Covers::Changes { entity, action, .. } = whole else {
                return Some(whole);
            };
            let told = |name: &String| {
                let name = name.trim_start_matches("__").trim_end_matches('_');
                attribute(schema.entity(entity), name)
            };
            let fields = Some(setters.iter().filter_map(told).collect());
            Some(Covers::Changes {
                entity,
                action,
                fields,
            })
        }
        action => resolve(schema, entity, Some(action), None),
    }
}

/// Names as text against the schema; `None` where one of them isn't there (rustc says so).
fn resolve(
    schema: &Schema,
    entity: &str,
    action: Option<&str>,
    fields: Option<&[&str]>,
) -> Option<Covers> {
    if entity == "system" {
        return Some(Covers::Everything);
    }
    let plain = entity.strip_prefix("r#").unwrap_or(entity);
    let (id, declared) = schema
        .entity_ids()
        .find(|(_, declared)| declared.name.value == plain)?;
    let action = match action {
        Some(name) => Some(
            Action::ALL
                .into_iter()
                .find(|action| action.name() == name)?,
        ),
        None => None,
    };
    let fields = match fields {
        Some(names) => Some(
            names
                .iter()
                .map(|name| attribute(declared, name))
                .collect::<Option<FieldSet>>()?,
        ),
        None => None,
    };
    Some(Covers::Changes {
        entity: id,
        action,
        fields,
    })
}

/// The attribute of a name.
pub(crate) fn attribute(entity: &Entity, name: &str) -> Option<AttributeId> {
    let name = name.strip_prefix("r#").unwrap_or(name);
    let mut attributes = entity.attribute_ids();
    attributes
        .find(|(_, attribute)| attribute.name.value == name)
        .map(|(id, _)| id)
}
