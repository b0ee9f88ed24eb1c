//! Keys of which it was not found out whether they are shared.

use super::template::OPTIONAL_COMPOSITES;
use crate::diagnostics::registry::UNDECIDED_KEYS;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::model::Cache;

/// Caches of which it is open whether two of their own entries share a key.
pub(super) fn within(caches: &[&Cache], out: &mut Diagnostics) {
    if let [first, others @ ..] = caches {
        out.push(unknown(
            first,
            others,
            "two entries of cache",
            "can get the same key",
        ));
    }
}

/// Caches whose keys have too many forms to compare them with those of others.
pub(super) fn beside_others(caches: &[&Cache], out: &mut Diagnostics) {
    if let [first, others @ ..] = caches {
        out.push(unknown(
            first,
            others,
            "cache",
            "can yield a key of another cache",
        ));
    }
}

fn unknown(first: &Cache, others: &[&Cache], what: &str, does: &str) -> Diagnostic {
    let name = &first.name.value;
    let others = match others {
        [] => String::new(),
        [other] => format!(", nor of `{}`", other.name.value),
        others => format!(", nor of {} other caches", others.len()),
    };
    UNDECIDED_KEYS
        .at(
            first.key.span,
            format!("whether {what} `{name}` {does} is not known{others}"),
        )
        .labelled(first.key.span, "this key has too many forms to try them all")
        .help(format!(
            "put a `:` between any two holes, and of composite values that may be absent at most {OPTIONAL_COMPOSITES}, or make them one `hash` param"
        ))
}

/// Two caches of which it is open, and perhaps further ones, the later first.
pub(super) fn between([later, earlier]: [&Cache; 2], out: &mut Diagnostics) {
    let message = format!(
        "whether caches `{}` and `{}` can yield one key is not known, nor of others that the search did not reach",
        earlier.name.value, later.name.value
    );
    let report = UNDECIDED_KEYS
        .at(later.key.span, message)
        .labelled(later.key.span, "the search for a common key ended here")
        .labelled(earlier.key.span, "it begins like this one, or may")
        .help("begin each key with a word of its own: then it need not be searched");
    out.push(report);
}
