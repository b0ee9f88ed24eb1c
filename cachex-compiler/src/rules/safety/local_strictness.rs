//! `strict` in one process only: other nodes go on serving what they hold.

use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::LOCAL_STRICTNESS;
use crate::model::{Cache, Consistency, Tier};

pub(in crate::rules) fn check(cache: &Cache, out: &mut Diagnostics) {
    let Some(tier) = &cache.tier else {
        return;
    };
    if cache.consistency.value == Consistency::Strict && tier.value == Tier::Local {
        out.push(
            LOCAL_STRICTNESS
                .at(
                    tier.span,
                    format!(
                        "cache `{}` is `strict` and lies in one process only",
                        cache.name.value
                    ),
                )
                .labelled(tier.span, "other processes hold entries of their own")
                .labelled(cache.consistency.span, "promises that no process is stale")
                .help("use `tier: both` or `tier: shared`, or `consistency: bounded`"),
        );
    }
}
