//! Two caches that can yield the same key: one would read what the other stored.

use std::collections::BTreeSet;

use super::collisions::collisions;
use super::effort::Effort;
use super::template::{Hole, Template, templates};
use super::undecided_keys;
use super::witness::{Values, Witness, witness};
use crate::diagnostics::registry::COLLIDING_KEYS;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::model::{Cache, CacheId, KeyPart, Schema};

/// Collisions that are shown with a key. Finding one costs more than finding that there is one.
const EXAMPLES: usize = 50;

pub(in crate::rules) fn check(schema: &Schema, out: &mut Diagnostics) {
    let mut effort = Effort::default();
    let mut undecided = Vec::new();
    let mut laid_out = Vec::new();
    for id in neighbours(schema) {
        match templates(schema, id, schema.cache(id), &mut effort) {
            Some(templates) => laid_out.extend(templates),
            None => undecided.push(schema.cache(id)),
        }
    }
    undecided_keys::beside_others(&undecided, out);
    let owners: Vec<u32> = laid_out.iter().map(|template| template.cache.0).collect();
    let found = collisions(&laid_out, &owners, &mut effort);
    let mut effort = Effort::default();
    for (index, (later, earlier)) in found.pairs.into_iter().enumerate() {
        if let (Some(later), Some(earlier)) = (laid_out.get(later), laid_out.get(earlier)) {
            let witness = (index < EXAMPLES)
                .then(|| witness(later, earlier, &mut effort))
                .flatten();
            out.push(report(schema, later, earlier, witness));
        }
    }
    if let Some((later, earlier)) = found.open {
        let caches = [later, earlier].map(|owner| schema.cache(CacheId(owner)));
        undecided_keys::between(caches, out);
    }
}

/// The caches that another one may collide with, by the text their keys begin with: all but those, nearly all, that
/// begin with a word of their own.
fn neighbours(schema: &Schema) -> Vec<CacheId> {
    let scopes = scopes(schema);
    let mut heads: Vec<(String, CacheId)> = schema
        .cache_ids()
        // An empty key was not read whole.
        .filter(|(_, cache)| !cache.key.value.is_empty())
        .map(|(id, cache)| (head(schema, cache, scopes), id))
        .collect();
    heads.sort();
    let mut neighbours = BTreeSet::new();
    // Heads that begin the one at hand, each beginning the next. Sorted, what a head begins follows it at once.
    let mut begun: Vec<&(String, CacheId)> = Vec::new();
    for head in &heads {
        while begun
            .last()
            .is_some_and(|last| !head.0.starts_with(&last.0))
        {
            begun.pop();
        }
        if let Some(last) = begun.last() {
            neighbours.extend([last.1, head.1]);
        }
        begun.push(head);
    }
    neighbours.into_iter().collect()
}

/// The text that all keys of a cache begin with behind the namespace, given whether some have the scope before it and
/// others not. Where all have it, it makes no difference; else a scope may be any text.
fn head(schema: &Schema, cache: &Cache, scopes: Scopes) -> String {
    if scopes == Scopes::Mixed && has_scope(schema, cache) {
        return String::new();
    }
    let version = match cache.format {
        0 | 1 => String::new(),
        format => format!("v{format}:"),
    };
    match cache.key.value.first() {
        Some(KeyPart::Text(text)) => version + text,
        Some(KeyPart::Hole(..)) | None => version,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Scopes {
    Alike,
    Mixed,
}

fn scopes(schema: &Schema) -> Scopes {
    let mut caches = schema.caches.iter().map(|cache| has_scope(schema, cache));
    let first = caches.next();
    if caches.all(|other| Some(other) == first) {
        Scopes::Alike
    } else {
        Scopes::Mixed
    }
}

fn has_scope(schema: &Schema, cache: &Cache) -> bool {
    schema.scope.is_some() && cache.scoped
}

fn report(
    schema: &Schema,
    later: &Template,
    earlier: &Template,
    witness: Option<Witness>,
) -> Diagnostic {
    let [new, old] = [later, earlier].map(|template| schema.cache(template.cache));
    let names = format!("caches `{}` and `{}`", old.name.value, new.name.value);
    let help = help(schema, new, old);
    let Some(Witness {
        key,
        values: [of_new, of_old],
    }) = witness
    else {
        let report = COLLIDING_KEYS.at(new.key.span, format!("{names} can both yield one key"));
        return report.labelled(old.key.span, "yields it too").help(help);
    };
    let message = format!(
        "{names} can both yield the key `{}:{key}`",
        schema.namespace.value
    );
    COLLIDING_KEYS
        .at(new.key.span, message)
        .labelled(new.key.span, assignment(schema, later, &of_new))
        .labelled(old.key.span, assignment(schema, earlier, &of_old))
        .help(help)
}

fn help(schema: &Schema, new: &Cache, old: &Cache) -> String {
    if has_scope(schema, new) != has_scope(schema, old) {
        // A word at the beginning of the one without would only be another scope.
        return "give both keys a word of their own in the same place, counted from the namespace with the scope in it"
            .to_owned();
    }
    let (new, old) = (&new.name.value, &old.name.value);
    format!("begin each key with a word of its own, such as `{old}:` and `{new}:`")
}

/// `` yields it where `id` is `a` ``, or that it always does.
fn assignment(schema: &Schema, template: &Template, values: &Values) -> String {
    let said = said(schema, template, values);
    if said.is_empty() {
        return "yields it always".to_owned();
    }
    format!("yields it where {}", said.join(" and "))
}

/// `` `id` is `a` `` for each value, a composite one put together again.
pub(super) fn said(schema: &Schema, template: &Template, values: &Values) -> Vec<String> {
    let cache = schema.cache(template.cache);
    let mut said: Vec<(String, String)> = Vec::new();
    for (hole, text) in values {
        let name = match hole {
            Hole::Scope => schema
                .scope
                .as_ref()
                .map_or_else(String::new, |(name, _)| name.value.clone()),
            Hole::Param(id, _) => cache.dimension(*id).name.value.clone(),
        };
        match (hole, said.last_mut()) {
            (Hole::Param(_, component), Some((_, before))) if *component > 0 => {
                before.push(':');
                before.push_str(text);
            }
            _ => said.push((name, text.clone())),
        }
    }
    said.into_iter()
        .map(|(name, text)| match text.as_str() {
            "" => format!("`{name}` is empty"),
            super::shape::ABSENT => format!("`{name}` is absent"),
            _ => format!("`{name}` is `{text}`"),
        })
        .collect()
}
