//! A cache built from one with a shorter TTL: it goes on showing what the other would long have loaded anew.

use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::SHORT_LIVED_PART;
use crate::model::{Cache, Dependency, Schema, Ttl};

pub(in crate::rules) fn check(schema: &Schema, cache: &Cache, out: &mut Diagnostics) {
    for dependency in cache.dependencies() {
        let Dependency::Cache(upstream) = dependency else {
            continue;
        };
        let part = schema.cache(upstream.cache.value);
        if outlives(cache.ttl.value, part.ttl.value) {
            let (whole, name) = (&cache.name.value, &part.name.value);
            out.push(
                SHORT_LIVED_PART
                    .at(upstream.cache.span, format!("cache `{name}` has a shorter TTL than `{whole}`, which is built from it"))
                    .labelled(part.ttl.span, format!("`{name}` ends here"))
                    .labelled(cache.ttl.span, format!("`{whole}` lives on"))
                    .help(format!("give `{whole}` a TTL no longer than that of `{name}`")),
            );
        }
    }
}

fn outlives(whole: Ttl, part: Ttl) -> bool {
    match (whole, part) {
        (_, Ttl::None) => false,
        (Ttl::None, Ttl::After(_)) => true,
        (Ttl::After(whole), Ttl::After(part)) => whole > part,
    }
}
