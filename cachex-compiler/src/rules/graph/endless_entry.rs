//! An entry that nothing clears and no TTL ends: whatever it was loaded as, it stays.

use std::collections::BTreeMap;

use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::ENDLESS_ENTRY;
use crate::model::{Cache, CacheId, Schema, Ttl};
use crate::plan::Plan;

pub(in crate::rules) fn check(schema: &Schema, plan: &Plan, out: &mut Diagnostics) {
    let endless = schema
        .cache_ids()
        .filter(|(_, cache)| cache.ttl.value == Ttl::None && !cache.dependencies().is_empty());
    let mut endless: BTreeMap<CacheId, &Cache> = endless.collect();
    if endless.is_empty() {
        return;
    }
    for (_, step) in super::steps(plan) {
        endless.remove(&step.cache);
    }
    for cache in endless.into_values() {
        report(cache, out);
    }
}

fn report(cache: &Cache, out: &mut Diagnostics) {
    let name = &cache.name.value;
    let message = format!("nothing invalidates cache `{name}`, and no TTL ends its entries");
    let mut report = ENDLESS_ENTRY.at(cache.name.span, message);
    report.label(cache.ttl.span, "no TTL");
    for dependency in cache.dependencies() {
        report.label(dependency.span(), "no change reaches the cache by this");
    }
    out.push(report.help(
        "give it a TTL, let it depend on a change, or write `depends_on: none` with a `reason:` if it never changes",
    ));
}
