//! Random schemas and changes: the compiled plan clears what the rules say, entry by entry.

use proptest::prelude::*;

use super::draw::Tape;
use crate::model::{Action, Cache, DimensionKind, Pattern, Schema, Valid};
use crate::plan::naive::{Fate, fates};
use crate::plan::{Change, Entry, Region, evaluate, plan};
use crate::source::Span;

/// Draws a case from a tape and tells where plan and rules disagree.
fn disagreement(tape: &[u16], unknown: usize) -> Option<String> {
    let mut tape = Tape(tape.iter());
    let schema = Valid::vouch(tape.schema());
    let change = tape.change(&schema, unknown);
    let caches = schema.cache_ids().map(|(id, _)| id);
    let entries: Vec<_> = caches
        .flat_map(|id| std::iter::repeat_n(id, 8))
        .map(|id| tape.entry(&schema, id))
        .collect();
    let plan = plan(&schema);
    let regions = evaluate(&schema, &plan, &change);
    let fates = fates(&schema, &plan.caches, &change, &entries);
    let everything_known =
        unknown == usize::MAX && schema.entities.iter().all(|one| one.touches.is_empty());
    entries.iter().zip(&fates).find_map(|(entry, fate)| {
        let wrong = match fate {
            Fate::Stale => !clears(&schema, &regions, entry, exactly),
            Fate::Kept => clears(&schema, &regions, entry, Region::holds),
            Fate::Open => everything_known && entry.tags.is_some(),
        };
        wrong.then(|| report(&schema, &plan, &change, &regions, entry, *fate))
    })
}

fn clears(
    schema: &Schema,
    regions: &[Region],
    entry: &Entry,
    holds: fn(&Region, &Cache, &Entry) -> bool,
) -> bool {
    let cache = schema.cache(entry.cache);
    regions
        .iter()
        .filter(|region| region.cache == entry.cache)
        .any(|region| holds(region, cache, entry))
}

/// As [`Region::holds`], but an entry without known tags must have the region's params.
fn exactly(region: &Region, cache: &Cache, entry: &Entry) -> bool {
    let mut region = region.clone();
    if entry.tags.is_none() {
        region
            .bound
            .retain(|dimension, _| cache.dimension(*dimension).kind == DimensionKind::Param);
    }
    region.holds(cache, entry)
}

fn report(
    schema: &Schema,
    plan: &crate::plan::Plan,
    change: &Change,
    regions: &[Region],
    entry: &Entry,
    fate: Fate,
) -> String {
    let steps = &plan.action(change.entity, change.action).steps;
    let caches = &schema.caches;
    let entities = &schema.entities;
    format!(
        "{fate:?} {entry:?}\nchange {change:?}\nregions {regions:?}\nsteps {steps:?}\nfacets {:?}\ncaches {caches:?}\nentities {entities:?}",
        plan.caches
    )
}

fn tape() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..600)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_change_that_is_known_clears_exactly_what_the_rules_say(tape in tape()) {
        let found = disagreement(&tape, usize::MAX);
        prop_assert!(found.is_none(), "{}", found.unwrap_or_default());
    }

    #[test]
    fn an_unknown_value_widens_to_a_facet_and_no_further(tape in tape()) {
        let found = disagreement(&tape, 4);
        prop_assert!(found.is_none(), "{}", found.unwrap_or_default());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_planned_can_be_explained_and_drawn(tape in tape()) {
        let schema = Valid::vouch(Tape(tape.iter()).schema());
        let plan = plan(&schema);
        let sources = crate::source::SourceMap::default();
        for (entity, _) in schema.entity_ids() {
            let pattern = Pattern { entity, action: None, fields: None, span: Span::default() };
            let explained = crate::explain::change(&schema, &plan, &sources, &pattern);
            let steps = Action::ALL.map(|action| plan.action(entity, action).steps.len());
            let most = steps.iter().copied().max().unwrap_or(0);
            let all: usize = steps.iter().sum();
            prop_assert!((most..=all).contains(&explained.clears.len()));
        }
        for (id, _) in schema.cache_ids() {
            crate::explain::cache(&schema, &plan, &sources, id).to_string();
        }
        let picture = crate::emit::svg::svg(&schema);
        prop_assert!(!picture.contains("NaN"));
        crate::emit::json::json(&schema, &plan, &sources);
    }
}
