//! What a change clears, and who clears a cache: the plan in words, each with the rules that led to it and where they
//! stand.
//!
//! Owns the words. Decides nothing: every row is a step of the plan. `text` is what people read, serde gives the same
//! as JSON.

mod ask;
mod rows;
mod text;
mod unknown;
mod wider;

pub use ask::{Explanation, explain};
pub(crate) use rows::hop;

use serde::Serialize;

use crate::emit::words;
use crate::model::{Action, CacheId, Cardinality, Dependency, FieldSet, Pattern, Schema};
use crate::plan::Plan;
use crate::source::SourceMap;

/// What `explain post.update` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangeExplanation {
    /// The pattern that was asked for.
    pub change: String,
    /// What it clears, upstream caches first.
    pub clears: Vec<Row>,
    /// The values a change must be given, or be told unknown.
    pub asks_for: Vec<Asked>,
    /// Which of its actions clients are told.
    pub tells: Vec<String>,
}

/// What `explain post_pages` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CacheExplanation {
    /// Its name.
    pub cache: String,
    /// As declared.
    pub description: Option<String>,
    /// The changes that clear of it, in order of the entities' declaration.
    pub cleared_by: Vec<Row>,
    /// The sets of dimensions an entry is checked by; it is also what a region with an unknown value is widened to.
    pub facets: Vec<Vec<String>>,
    /// The caches built from it.
    pub upstream_of: Vec<String>,
}

/// A region that changes clear, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// `post.create`, `post.update(published)`; the entity alone where every change does.
    pub changes: Vec<String>,
    /// Of which cache.
    pub cache: String,
    /// What the region's dimensions are; none: all of the cache.
    pub region: Vec<Bound>,
    /// Values of the change that must be these, or unknown (`status = cancelled`).
    pub only_if: Vec<String>,
    /// References without which nothing is cleared (`picture.post`).
    pub unless_absent: Vec<String>,
    /// The rules, from the change to the cache.
    pub because: Vec<Hop>,
    /// Why the region is wider than its rule asks for.
    pub wider: Option<String>,
    /// What it becomes where a value is told unknown.
    pub if_unknown: Vec<Unknown>,
}

/// A dimension of a region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bound {
    /// Its name.
    pub dimension: String,
    /// Where its value comes from: `post.category`, or a literal.
    pub value: String,
    /// What it stands for beside the value: "not restricted" (a param) or "absent" (a tag).
    pub or: Option<&'static str>,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hop {
    /// What it says.
    pub rule: String,
    /// The file it stands in.
    pub file: String,
    /// From 1.
    pub line: usize,
}

/// A region without one of its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unknown {
    /// The value: `post.category`.
    pub value: String,
    /// The dimensions that are left; none: all of the cache.
    pub left: Vec<String>,
}

/// A value a change must be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// The reference or field.
    pub value: String,
    /// The changes that need it.
    pub by: Vec<String>,
}

/// What a change that meets a pattern clears. A pattern without an action is the union of the three.
pub fn change(
    schema: &Schema,
    plan: &Plan,
    sources: &SourceMap,
    pattern: &Pattern,
) -> ChangeExplanation {
    let entity = schema.entity(pattern.entity);
    let met = |action: &Action| pattern.action.is_none_or(|only| only == *action);
    let actions: Vec<_> = Action::ALL.into_iter().filter(met).collect();
    let told = actions.iter().filter(|action| entity.notify.has(**action));
    ChangeExplanation {
        change: words::pattern(schema, pattern),
        clears: rows::of_change(
            &rows::Book {
                schema,
                plan,
                sources,
            },
            pattern,
            &actions,
        ),
        asks_for: asks_for(schema, plan, pattern, &actions),
        tells: told
            .map(|action| format!("{} {}", entity.event.value, action.name()))
            .collect(),
    }
}

/// Who clears a cache.
pub fn cache(schema: &Schema, plan: &Plan, sources: &SourceMap, id: CacheId) -> CacheExplanation {
    let cache = schema.cache(id);
    let upstream_of = schema.caches.iter().filter(|other| {
        other
            .dependencies()
            .iter()
            .any(|dependency| match dependency {
                Dependency::Cache(upstream) => upstream.cache.value == id,
                Dependency::When(_) => false,
            })
    });
    let facets = plan.cache(id).facets.iter().map(|facet| {
        let names = facet
            .dimensions
            .iter()
            .map(|id| words::dimension(cache, *id));
        names.collect()
    });
    CacheExplanation {
        cache: cache.name.value.clone(),
        description: cache.description.clone(),
        cleared_by: rows::of_cache(
            &rows::Book {
                schema,
                plan,
                sources,
            },
            id,
        ),
        facets: facets.collect(),
        upstream_of: upstream_of.map(|cache| cache.name.value.clone()).collect(),
    }
}

fn asks_for(schema: &Schema, plan: &Plan, pattern: &Pattern, actions: &[Action]) -> Vec<Asked> {
    let entity = schema.entity(pattern.entity);
    let mut asked = Vec::new();
    for (id, attribute) in entity.attribute_ids() {
        let by: Vec<_> = actions
            .iter()
            .filter_map(|action| {
                let needs = &plan.action(pattern.entity, *action).needs;
                let need = needs.iter().find(|need| need.attribute == id)?;
                let set = pattern.fields.unwrap_or(FieldSet::ALL);
                let always = need.when_set == FieldSet::ALL;
                let fields = (*action == Action::Update && !always).then_some(need.when_set);
                (always || need.when_set.meets(set)).then(|| words::change(entity, *action, fields))
            })
            .collect();
        if !by.is_empty() {
            asked.push(Asked {
                value: many(&attribute.name.value, attribute.cardinality),
                by,
            });
        }
    }
    asked
}

fn many(name: &str, cardinality: Cardinality) -> String {
    match cardinality {
        Cardinality::Many => format!("{name} (a set)"),
        Cardinality::One | Cardinality::Optional => name.to_owned(),
    }
}
