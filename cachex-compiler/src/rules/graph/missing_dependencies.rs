//! A cache that doesn't say what makes it stale: the one thing nobody else can know.

use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::MISSING_DEPENDENCIES;
use crate::model::{Cache, Dependencies};

pub(in crate::rules) fn check(cache: &Cache, out: &mut Diagnostics) {
    let name = &cache.name.value;
    let message = match &cache.depends_on {
        Dependencies::Missing => format!("cache `{name}` doesn't say what it depends on"),
        Dependencies::Listed(list) if list.is_empty() => {
            format!("`depends_on` of cache `{name}` is empty")
        }
        Dependencies::Listed(_) | Dependencies::None { .. } => return,
    };
    out.push(MISSING_DEPENDENCIES.at(cache.name.span, message).help(
        "list under `depends_on` the changes that make it stale, or write `depends_on: none` with a `reason:` if its TTL is all it needs",
    ));
}
