//! Two caches that can yield the same key: one would read what the other stored.

use super::collisions::collisions;
use super::template::{Hole, Template, templates};
use super::witness::{Values, witness};
use crate::diagnostics::registry::COLLIDING_KEYS;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::model::Schema;

pub(in crate::rules) fn check(schema: &Schema, out: &mut Diagnostics) {
    let templates: Vec<_> = schema
        .cache_ids()
        .flat_map(|(id, cache)| templates(schema, id, cache))
        .collect();
    for (later, earlier) in collisions(&templates) {
        if let (Some(later), Some(earlier)) = (templates.get(later), templates.get(earlier)) {
            out.extend(report(schema, later, earlier));
        }
    }
}

fn report(schema: &Schema, later: &Template, earlier: &Template) -> Option<Diagnostic> {
    let witness = witness(later, earlier)?;
    let [new, old] = [later, earlier].map(|template| schema.cache(template.cache));
    let [of_new, of_old] = &witness.values;
    let key = format!("{}:{}", schema.namespace.value, witness.key);
    let name = &new.name.value;
    Some(
        COLLIDING_KEYS
            .at(
                new.key.span,
                format!(
                    "caches `{}` and `{name}` can both yield the key `{key}`",
                    old.name.value
                ),
            )
            .labelled(new.key.span, assignment(schema, later, of_new))
            .labelled(old.key.span, assignment(schema, earlier, of_old))
            .help(format!(
                "begin each key with a word of its own, such as `{name}:`"
            )),
    )
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
