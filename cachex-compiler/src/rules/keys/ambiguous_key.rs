//! A template that gives two different entries of one cache the same key.

use super::automaton::{Effort, ambiguous_text, common_text};
use super::colliding_keys::said;
use super::template::{Template, templates};
use super::witness::{Values, note_values, readable, text, witness};
use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::AMBIGUOUS_KEY;
use crate::model::{Cache, CacheId, Cardinality, DimensionType, KeyPart, Schema};

pub(in crate::rules) fn check(
    schema: &Schema,
    id: CacheId,
    cache: &Cache,
    effort: &mut Effort,
    out: &mut Diagnostics,
) {
    if !is_doubtful(cache) {
        return;
    }
    let templates = templates(schema, id, cache);
    let Some(ambiguity) =
        within_segments(&templates, effort).or_else(|| between_layouts(&templates, effort))
    else {
        return;
    };
    let [one, other] = ambiguity
        .ways
        .map(|(template, values)| said(schema, template, &values).join(" and "));
    let name = &cache.name.value;
    out.push(
        AMBIGUOUS_KEY
            .at(
                cache.key.span,
                format!(
                    "two different entries of cache `{name}` can get the same key `{}:{}`",
                    schema.namespace.value, ambiguity.key
                ),
            )
            .labelled(cache.key.span, format!("where {one}, and where {other}"))
            .help("separate the holes by a `:`, which no value contains"),
    );
}

/// Whether it has to be looked at closely: most keys have a colon between any two holes, and no composite value that
/// may be absent.
fn is_doubtful(cache: &Cache) -> bool {
    let mut open = false;
    cache.key.value.iter().any(|part| match part {
        KeyPart::Text(text) => {
            open &= !text.contains(':');
            false
        }
        KeyPart::Hole(id, _) => {
            let dimension = cache.dimension(*id);
            let identity = matches!(dimension.ty, DimensionType::Identity(_));
            let layouts = identity && dimension.cardinality == Cardinality::Optional;
            std::mem::replace(&mut open, true) || layouts
        }
    })
}

struct Ambiguity<'t> {
    /// Behind the namespace.
    key: String,
    ways: [(&'t Template, Values); 2],
}

/// Only where two values stand in one segment can their border be in doubt.
fn within_segments<'t>(templates: &'t [Template], effort: &mut Effort) -> Option<Ambiguity<'t>> {
    templates.iter().find_map(|template| {
        let segments = template.segments.iter().enumerate();
        let mut crowded = segments.filter(|(_, segment)| segment.values() > 1);
        crowded.find_map(|(index, segment)| {
            let reads = readable(|strings| ambiguous_text(&segment.automaton(strings), effort))?;
            let ways = [0, 1].map(|way| {
                let mut values = template.empty_values_of(index);
                note_values(template, index, &reads, way, &mut values);
                (template, values)
            });
            let [(_, one), (_, other)] = &ways;
            // A value that stands twice may be shared out in two ways that come to the same.
            (one != other).then(|| Ambiguity {
                key: key_with(template, index, &text(&reads), effort),
                ways,
            })
        })
    })
}

/// A key of a template with a given text in one segment.
fn key_with(template: &Template, index: usize, given: &str, effort: &mut Effort) -> String {
    let segments = template.segments.iter().enumerate().map(|(at, segment)| {
        if at == index {
            return given.to_owned();
        }
        let reads = readable(|strings| common_text(&[&segment.automaton(strings)], effort));
        text(&reads.unwrap_or_default())
    });
    segments.collect::<Vec<_>>().join(":")
}

fn between_layouts<'t>(templates: &'t [Template], effort: &mut Effort) -> Option<Ambiguity<'t>> {
    templates.iter().enumerate().find_map(|(index, one)| {
        templates.iter().take(index).find_map(|other| {
            let witness = witness(one, other, effort)?;
            let [of_one, of_other] = witness.values;
            Some(Ambiguity {
                key: witness.key,
                ways: [(one, of_one), (other, of_other)],
            })
        })
    })
}
