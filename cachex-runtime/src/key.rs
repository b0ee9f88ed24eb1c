//! The text of a key: `namespace:[scope:][v‹format›:]template`.
//!
//! Owns the order of its parts. The values in it are canonical already, which is what keeps two keys apart.

use std::fmt::Write as _;

use crate::codegen::{CacheDef, Value};

/// The text of the entry with these params.
pub(crate) fn text(
    namespace: &str,
    cache: &CacheDef,
    scope: Option<&Value>,
    params: &[Value],
) -> String {
    let mut text = format!("{namespace}:");
    if let Some(scope) = scope {
        text.push_str(&scope.0);
        text.push(':');
    }
    if cache.format != 1 {
        // Writing to a String can't fail.
        let _ = write!(text, "v{}:", cache.format);
    }
    let (parts, end) = cache.key;
    for (before, dimension) in parts {
        text.push_str(before);
        if let Some(value) = params.get(usize::from(*dimension)) {
            text.push_str(&value.0);
        }
    }
    text.push_str(end);
    text
}
