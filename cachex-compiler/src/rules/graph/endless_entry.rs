//! An entry that nothing clears and no TTL ends: whatever it was loaded as, it stays.

use std::collections::BTreeSet;

use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::ENDLESS_ENTRY;
use crate::model::{Schema, Ttl};
use crate::plan::Plan;

pub(in crate::rules) fn check(schema: &Schema, plan: &Plan, out: &mut Diagnostics) {
    let cleared: BTreeSet<_> = super::steps(plan).map(|(_, step)| step.cache).collect();
    for (id, cache) in schema.cache_ids() {
        let listed = cache.dependencies();
        if cache.ttl.value == Ttl::None && !listed.is_empty() && !cleared.contains(&id) {
            let name = &cache.name.value;
            let mut report = ENDLESS_ENTRY.at(
                cache.name.span,
                format!("nothing invalidates cache `{name}`, and no TTL ends its entries"),
            );
            report.label(cache.ttl.span, "no TTL");
            for dependency in listed {
                report.label(dependency.span(), "no change reaches the cache by this");
            }
            out.push(report.help(
                "give it a TTL, let it depend on a change, or write `depends_on: none` with a `reason:` if it never changes",
            ));
        }
    }
}
