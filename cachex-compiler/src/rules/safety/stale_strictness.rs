//! Stale serving where `strict` forbids it.

use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::STALE_STRICTNESS;
use crate::model::{Cache, Consistency};

pub(in crate::rules) fn check(cache: &Cache, out: &mut Diagnostics) {
    if cache.consistency.value != Consistency::Strict {
        return;
    }
    let options = [
        ("stale_while_revalidate", &cache.stale_while_revalidate),
        ("stale_if_error", &cache.stale_if_error),
    ];
    for (option, declared) in options {
        if let Some(duration) = declared
            .as_ref()
            .filter(|duration| !duration.value.is_zero())
        {
            out.push(
                STALE_STRICTNESS
                    .at(
                        duration.span,
                        format!(
                            "cache `{}` is `strict` and has `{option}`",
                            cache.name.value
                        ),
                    )
                    .labelled(duration.span, "serves an entry after its TTL")
                    .labelled(cache.consistency.span, "forbids stale serving")
                    .help(format!("remove `{option}`, or use `consistency: bounded`")),
            );
        }
    }
}
