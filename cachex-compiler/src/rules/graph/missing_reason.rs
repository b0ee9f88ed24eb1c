//! `depends_on: none` takes a cache out of all rules; whoever reads it must be told why that is right.

use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::MISSING_REASON;
use crate::model::{Cache, Dependencies};

pub(in crate::rules) fn check(cache: &Cache, out: &mut Diagnostics) {
    if let Dependencies::None { reason: None, span } = &cache.depends_on {
        out.push(
            MISSING_REASON
                .at(*span, format!("cache `{}` depends on nothing and doesn't say why", cache.name.value))
                .help("add `reason:` with what makes that right: it never changes, its TTL is accepted, or what clears it instead"),
        );
    }
}
