//! A template that gives two different entries of one cache the same key.

use std::collections::BTreeMap;

use super::automaton::{Read, ambiguous_text, common_text};
use super::colliding_keys::said;
use super::collisions::collisions;
use super::effort::Effort;
use super::template::{Segment, Template, templates};
use super::undecided_keys;
use super::witness::{Values, note_values, readable, text, witness};
use crate::diagnostics::registry::AMBIGUOUS_KEY;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::model::{Cache, CacheId, Cardinality, DimensionType, KeyPart, Schema};

pub(in crate::rules) fn check(schema: &Schema, out: &mut Diagnostics) {
    let mut search = Search::default();
    let mut undecided = Vec::new();
    for (id, cache) in schema.cache_ids().filter(|(_, cache)| is_doubtful(cache)) {
        match search.report(schema, id, cache) {
            Ok(report) => out.extend(report),
            Err(Undecided) => undecided.push(cache),
        }
    }
    undecided_keys::within(&undecided, out);
}

/// What is known of all caches' keys so far.
#[derive(Default)]
struct Search {
    effort: Effort,
    /// Keys are made alike: what one segment is found to be, all like it are.
    known: BTreeMap<Segment, Option<Vec<Read>>>,
}

/// The effort didn't reach, or the key has too many forms.
struct Undecided;

impl Search {
    /// The mistake of a cache, if it is one.
    fn report(
        &mut self,
        schema: &Schema,
        id: CacheId,
        cache: &Cache,
    ) -> Result<Option<Diagnostic>, Undecided> {
        let templates = templates(schema, id, cache, &mut self.effort).ok_or(Undecided)?;
        let found = self.within_segments(&templates);
        let found = found.or_else(|| self.between_layouts(&templates));
        match found {
            Some(ambiguity) => Ok(Some(report(schema, cache, &ambiguity))),
            None if self.effort.is_used_up() => Err(Undecided),
            None => Ok(None),
        }
    }
}

fn report(schema: &Schema, cache: &Cache, ambiguity: &Ambiguity<'_>) -> Diagnostic {
    let [one, other] = ambiguity
        .ways
        .each_ref()
        .map(|(template, values)| said(schema, template, values).join(" and "));
    let name = &cache.name.value;
    AMBIGUOUS_KEY
        .at(
            cache.key.span,
            format!(
                "two different entries of cache `{name}` can get the same key `{}:{}`",
                schema.namespace.value, ambiguity.key
            ),
        )
        .labelled(cache.key.span, format!("where {one}, and where {other}"))
        .help("separate the holes by a `:`, which no value contains")
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

impl Search {
    /// Only where two values stand in one segment can their border be in doubt.
    fn within_segments<'t>(&mut self, templates: &'t [Template]) -> Option<Ambiguity<'t>> {
        templates.iter().find_map(|template| {
            let segments = template.segments.iter().enumerate();
            let mut crowded = segments.filter(|(_, segment)| segment.is_crowded());
            crowded.find_map(|(index, segment)| {
                let reads = self.read_in_two_ways(segment)?;
                let ways = [0, 1].map(|way| {
                    let mut values = template.empty_values_of(index);
                    note_values(template, index, &reads, way, &mut values);
                    (template, values)
                });
                let [(_, one), (_, other)] = &ways;
                // A value that stands twice may be shared out in two ways that come to the same.
                (one != other).then(|| Ambiguity {
                    key: self.key_with(template, index, &text(&reads)),
                    ways,
                })
            })
        })
    }

    fn read_in_two_ways(&mut self, segment: &Segment) -> Option<Vec<Read>> {
        if let Some(known) = self.known.get(segment) {
            return known.clone();
        }
        let found =
            readable(|strings| ambiguous_text(&segment.automaton(strings), &mut self.effort));
        self.known.insert(segment.clone(), found.clone());
        found
    }

    /// A key of a template with a given text in one segment.
    fn key_with(&mut self, template: &Template, index: usize, given: &str) -> String {
        let segments = template.segments.iter().enumerate().map(|(at, segment)| {
            if at == index {
                return given.to_owned();
            }
            let effort = &mut self.effort;
            let reads = readable(|strings| common_text(&[&segment.automaton(strings)], effort));
            text(&reads.unwrap_or_default())
        });
        segments.collect::<Vec<_>>().join(":")
    }

    fn between_layouts<'t>(&mut self, templates: &'t [Template]) -> Option<Ambiguity<'t>> {
        let owners: Vec<_> = templates.iter().zip(0..).map(|(_, owner)| owner).collect();
        let found = collisions(templates, &owners, &mut self.effort);
        let (one, other) = *found.pairs.first()?;
        let (one, other) = (templates.get(one)?, templates.get(other)?);
        let witness = witness(one, other, &mut self.effort)?;
        let [of_one, of_other] = witness.values;
        Some(Ambiguity {
            key: witness.key,
            ways: [(one, of_one), (other, of_other)],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Effort, Search, Undecided};
    use crate::{Options, Sources, compile};

    const SCHEMA: &str = "cachex: 1
namespace: a
entities: { post: { id: uuid } }
caches: { search: { key: \"{a}-{b}\", params: { a: string, b: string }, ttl: 1m, depends_on: [post] } }
";

    /// With however few steps, the mistake is found or it is said that nobody looked.
    #[test]
    fn a_search_that_ends_early_does_not_call_a_key_unambiguous() {
        let compilation = compile(&Sources::new("cachex.yaml", SCHEMA), &Options::default());
        let schema = compilation.outline.expect("a schema with a mistake");
        let mut decided = Vec::new();
        for steps in (0..40_000).step_by(701) {
            let mut search = Search {
                effort: Effort::of(steps),
                ..Search::default()
            };
            let (id, cache) = schema.cache_ids().next().expect("a cache");
            match search.report(&schema, id, cache) {
                Ok(Some(_)) => decided.push(steps),
                Ok(None) => panic!("{steps} steps: called unambiguous"),
                Err(Undecided) => {}
            }
        }
        assert!(decided.first().is_some_and(|steps| *steps > 0));
    }
}
