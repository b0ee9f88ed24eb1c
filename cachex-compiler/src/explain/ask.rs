//! What a word on the command line asks for.

use std::fmt;

use serde::Serialize;

use super::{CacheExplanation, ChangeExplanation, cache, change};
use crate::diagnostics::registry::{RULES, UNKNOWN_ENTITY};
use crate::diagnostics::{Diagnostic, Diagnostics, one_of, suggest};
use crate::model::{Schema, read_pattern};
use crate::plan::Plan;
use crate::source::{SourceMap, Span};

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Explanation {
    /// What changes clear.
    Change(ChangeExplanation),
    /// Who clears a cache.
    Cache(CacheExplanation),
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Change(change) => change.fmt(f),
            Self::Cache(cache) => cache.fmt(f),
        }
    }
}

/// Answers `post.update(title)`, `post` or `post_pages`; both answers where an entity and a cache have the same name.
/// What was asked is taken in as a file of its own, so that the reports can point into it.
pub fn explain(
    schema: &Schema,
    plan: &Plan,
    sources: &mut SourceMap,
    what: &str,
) -> Result<Vec<Explanation>, Vec<Diagnostic>> {
    let file = sources.add("what to explain", what);
    let name = what.trim();
    let caches = schema.cache_ids().filter(|(_, one)| one.name.value == name);
    let mut found: Vec<_> = caches
        .map(|(id, _)| Explanation::Cache(cache(schema, plan, sources, id)))
        .collect();
    let is_entity = schema.entities.iter().any(|one| one.name.value == name);
    if !found.is_empty() && !is_entity {
        return Ok(found);
    }
    let is_name = name.chars().all(|c| c.is_alphanumeric() || c == '_');
    if is_name && !is_entity {
        let entities = schema.entities.iter().map(|one| one.name.value.as_str());
        let caches = schema.caches.iter().map(|one| one.name.value.as_str());
        let names: Vec<&str> = entities.chain(caches).collect();
        let rules = RULES.iter().map(|rule| rule.name);
        let help = match suggest(name, names.iter().copied().chain(rules)) {
            Some(meant) => Some(format!("did you mean `{meant}`?")),
            None => one_of(&names),
        };
        let message = format!("there is no entity and no cache `{name}`");
        let report = UNKNOWN_ENTITY.at(Span::new(file, 0..what.len()), message);
        return Err(vec![report.help_if(help)]);
    }
    let mut out = Diagnostics::default();
    match read_pattern(what, file, schema, &mut out) {
        Some(pattern) => {
            let change = change(schema, plan, sources, &pattern);
            found.insert(0, Explanation::Change(change));
            Ok(found)
        }
        None => Err(out.into_sorted()),
    }
}
