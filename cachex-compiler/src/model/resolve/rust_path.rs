//! Paths of Rust types: `crate::posts::PostView`, `Vec<crate::posts::Post>`.

use super::context::Context;
use crate::diagnostics::registry::UNEXPECTED_VALUE;
use crate::source::Span;

/// Reports a text that cannot be the path of a type. The generated code holds it as it stands, so nothing that
/// ends an item or opens another may pass.
pub(super) fn check(path: &str, span: Span, cx: &mut Context<'_, '_>) -> bool {
    let fine = is_type(path);
    if !fine {
        let report = UNEXPECTED_VALUE.at(span, format!("`{path}` is no path of a Rust type"));
        cx.push(report.help("write it as in Rust, for instance `crate::posts::PostView`"));
    }
    fine
}

/// Names joined by `::`, with generics, tuples, arrays of types; brackets closed in their order.
fn is_type(path: &str) -> bool {
    let mut open = Vec::new();
    let mut rest = path.trim();
    // Whether a type has just ended: then only `::`, `<`, `,` or a closing bracket may follow.
    let mut ended = false;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            ' ' => 1,
            c if is_ident_start(c) && !ended => {
                ended = true;
                rest.find(|c: char| !is_ident(c)).unwrap_or(rest.len())
            }
            ':' if rest
                .strip_prefix("::")
                .is_some_and(|rest| rest.starts_with(is_ident_start)) =>
            {
                ended = false;
                2
            }
            '<' if ended => {
                ended = false;
                open.push('>');
                1
            }
            '(' | '[' if !ended => {
                open.push(if first == '(' { ')' } else { ']' });
                1
            }
            ',' if ended && !open.is_empty() => {
                ended = false;
                1
            }
            '>' | ')' | ']' if open.pop() == Some(first) && (ended || first == ')') => {
                ended = true;
                1
            }
            _ => return false,
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    ended && open.is_empty()
}

fn is_ident_start(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}

fn is_ident(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::is_type;

    #[test]
    fn types_are_told_from_other_text() {
        for path in [
            "PostView",
            "crate::posts::PostView",
            "::time::Date",
            "Vec<Option<crate::A>>",
            "(A, b::C)",
            "()",
            "HashMap<K, V>",
        ] {
            assert!(is_type(path), "{path}");
        }
        for path in [
            "",
            "crate::",
            "a b",
            "Vec<A",
            "A>",
            "A; fn x() {}",
            "A, B",
            "1A",
            "a:b",
            "<A>",
            "Vec<>",
            "{A}",
        ] {
            assert!(!is_type(path), "{path}");
        }
    }
}
