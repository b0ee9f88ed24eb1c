//! A cache outside the scope that is built from what lies inside: one tenant would read what another's rows made.

use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::UNSCOPED_CACHE;
use crate::model::{Cache, Dependency, Schema};
use crate::source::Span;

pub(in crate::rules) fn check(schema: &Schema, cache: &Cache, out: &mut Diagnostics) {
    let Some((scope, _)) = &schema.scope else {
        return;
    };
    if cache.scoped {
        return;
    }
    let name = &cache.name.value;
    for (what, span, declared) in scoped_sources(schema, cache) {
        out.push(
            UNSCOPED_CACHE
                .at(span, format!("cache `{name}` is outside the scope `{}` and depends on {what}, which is inside", scope.value))
                .labelled(span, "its changes belong to one scope")
                .labelled(declared, "inside the scope")
                .labelled(cache.name.span, "outside, by its `scope: none`")
                .help(format!("remove `scope: none` from `{name}`, or declare it on {what} too")),
        );
    }
}

fn scoped_sources(schema: &Schema, cache: &Cache) -> Vec<(String, Span, Span)> {
    let mut found = Vec::new();
    for dependency in cache.dependencies() {
        match dependency {
            Dependency::When(when) => {
                for pattern in &when.patterns {
                    let entity = schema.entity(pattern.entity);
                    if entity.scoped {
                        let what = format!("the entity `{}`", entity.name.value);
                        found.push((what, pattern.span, entity.name.span));
                    }
                }
            }
            Dependency::Cache(upstream) => {
                let other = schema.cache(upstream.cache.value);
                if other.scoped {
                    let what = format!("the cache `{}`", other.name.value);
                    found.push((what, upstream.cache.span, other.name.span));
                }
            }
        }
    }
    found
}
