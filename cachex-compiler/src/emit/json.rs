//! The plan as JSON, for tools: names instead of numbers, each step with the rules that led to it.

use serde::Serialize;

use super::words;
use crate::explain::{Hop, hop};
use crate::model::{Action, EntityId, FieldSet, Schema};
use crate::plan::{Binding, Need, Plan, Source, Step};
use crate::source::SourceMap;

#[derive(Serialize)]
struct Document<'a> {
    /// Version of this shape.
    cachex_plan: u32,
    namespace: &'a str,
    entities: Vec<Entity<'a>>,
    caches: Vec<Cache<'a>>,
    /// In the order of clearing.
    order: Vec<&'a str>,
}

#[derive(Serialize)]
struct Entity<'a> {
    name: &'a str,
    event: &'a str,
    actions: Vec<ActionSteps<'a>>,
}

#[derive(Serialize)]
struct ActionSteps<'a> {
    action: &'static str,
    told: bool,
    needs: Vec<Needed<'a>>,
    steps: Vec<Clear<'a>>,
}

#[derive(Serialize)]
struct Needed<'a> {
    value: &'a str,
    /// `null`: always.
    when_set: Option<Vec<String>>,
}

#[derive(Serialize)]
struct Clear<'a> {
    cache: &'a str,
    bindings: Vec<Bound<'a>>,
    /// Of an update; `null`: whatever was set.
    when_set: Option<Vec<String>>,
    only_if: Vec<OnlyIf>,
    unless_absent: Vec<&'a str>,
    because: Vec<Hop>,
}

#[derive(Serialize)]
struct Bound<'a> {
    dimension: &'a str,
    #[serde(flatten)]
    from: From,
    or_absent: bool,
}

#[derive(Serialize)]
struct OnlyIf {
    #[serde(flatten)]
    from: From,
    is: String,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum From {
    Value(String),
    Literal(String),
}

#[derive(Serialize)]
struct Cache<'a> {
    name: &'a str,
    params: Vec<&'a str>,
    tags: Vec<&'a str>,
    facets: Vec<Vec<&'a str>>,
}

/// The whole plan, indented, ending in a line break.
pub fn json(schema: &Schema, plan: &Plan, sources: &SourceMap) -> String {
    let document = Document {
        cachex_plan: 1,
        namespace: &schema.namespace.value,
        entities: entities(schema, plan, sources),
        caches: caches(schema, plan),
        order: plan
            .order
            .iter()
            .map(|id| schema.cache(*id).name.value.as_str())
            .collect(),
    };
    // Strings, numbers and lists: nothing in it that JSON could refuse.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn entities<'a>(schema: &'a Schema, plan: &'a Plan, sources: &SourceMap) -> Vec<Entity<'a>> {
    let entities = schema.entity_ids().map(|(id, entity)| Entity {
        name: &entity.name.value,
        event: &entity.event.value,
        actions: Action::ALL
            .iter()
            .map(|action| {
                let compiled = plan.action(id, *action);
                let needs = compiled.needs.iter();
                let steps = compiled.steps.iter();
                ActionSteps {
                    action: action.name(),
                    told: entity.notify.has(*action),
                    needs: needs.map(|need| needed(schema, id, need)).collect(),
                    steps: steps.map(|step| clear(schema, sources, id, step)).collect(),
                }
            })
            .collect(),
    });
    entities.collect()
}

fn needed<'a>(schema: &'a Schema, id: EntityId, need: &Need) -> Needed<'a> {
    Needed {
        value: &schema.entity(id).attribute(need.attribute).name.value,
        when_set: set(schema, id, need.when_set),
    }
}

fn set(schema: &Schema, id: EntityId, fields: FieldSet) -> Option<Vec<String>> {
    (fields != FieldSet::ALL).then(|| words::fields(schema.entity(id), fields))
}

fn clear<'a>(schema: &'a Schema, sources: &SourceMap, entity: EntityId, step: &Step) -> Clear<'a> {
    let cache = schema.cache(step.cache);
    let bound = |binding: &Binding| Bound {
        dimension: cache.dimension(binding.dimension).name.value.as_str(),
        from: from(schema, entity, &binding.from),
        or_absent: binding.or_absent,
    };
    let declared = schema.entity(entity);
    Clear {
        cache: &cache.name.value,
        bindings: step.bindings.iter().map(bound).collect(),
        when_set: set(schema, entity, step.mask),
        only_if: step
            .tests
            .iter()
            .map(|test| OnlyIf {
                from: from(schema, entity, &test.from),
                is: test.literal.clone(),
            })
            .collect(),
        unless_absent: step
            .present
            .iter()
            .map(|id| declared.attribute(*id).name.value.as_str())
            .collect(),
        because: step
            .because
            .iter()
            .map(|because| hop(schema, sources, *because))
            .collect(),
    }
}

fn from(schema: &Schema, entity: EntityId, source: &Source) -> From {
    let text = words::source(schema, entity, source);
    match source {
        Source::Literal(_) => From::Literal(text),
        Source::Field(_) | Source::ComponentOf(..) => From::Value(text),
    }
}

fn caches<'a>(schema: &'a Schema, plan: &Plan) -> Vec<Cache<'a>> {
    let caches = schema.cache_ids().map(|(id, cache)| {
        let named = |kind| {
            let of_kind = cache.dimensions.iter().filter(move |one| one.kind == kind);
            of_kind.map(|one| one.name.value.as_str()).collect()
        };
        let facets = plan.cache(id).facets.iter().map(|facet| {
            let dimensions = facet.dimensions.iter();
            dimensions
                .map(|id| cache.dimension(*id).name.value.as_str())
                .collect()
        });
        Cache {
            name: &cache.name.value,
            params: named(crate::model::DimensionKind::Param),
            tags: named(crate::model::DimensionKind::Tag),
            facets: facets.collect(),
        }
    });
    caches.collect()
}
