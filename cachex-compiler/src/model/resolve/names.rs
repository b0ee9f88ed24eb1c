//! Names: how they are written, and that no two of one name space become one.

use std::collections::BTreeMap;

use super::context::Context;
use crate::diagnostics::registry::{COLLIDING_NAMES, DUPLICATE_NAME, INVALID_NAME, RESERVED_NAME};
use crate::model::{Cache, DimensionKind};
use crate::source::Span;
use crate::syntax::Scalar;

/// Names that may not be used at all, with the reason.
const RESERVED: [(&str, &str); 3] = [
    ("self", "Rust cannot escape it"),
    ("super", "Rust cannot escape it"),
    ("crate", "Rust cannot escape it"),
];

/// The names of one name space.
pub(super) struct NameSpace {
    /// What it holds: `entity`, `cache`.
    what: &'static str,
    seen: BTreeMap<String, (String, Span)>,
}

impl NameSpace {
    pub(super) fn new(what: &'static str) -> Self {
        Self {
            what,
            seen: BTreeMap::new(),
        }
    }

    /// Takes a name in. False where one of that name is there already: it must not be declared again.
    pub(super) fn declare(&mut self, name: &Scalar<'_>, cx: &mut Context<'_, '_>) -> bool {
        check(name, self.what, cx);
        let converted = pascal(&name.text);
        let Some((first, place)) = self.seen.get(&converted) else {
            self.seen
                .insert(converted, (name.text.to_string(), name.span));
            return true;
        };
        let what = self.what;
        if *first == name.text {
            let report = DUPLICATE_NAME
                .at(
                    name.span,
                    format!("the {what} `{}` is declared twice", name.text),
                )
                .labelled(name.span, "here again")
                .labelled(*place, "first here");
            cx.push(report.help("rename one of them"));
            return false;
        }
        let report = COLLIDING_NAMES
            .at(
                name.span,
                format!(
                    "`{}` and `{first}` both become `{}` in Rust",
                    name.text,
                    pascal(first)
                ),
            )
            .labelled(name.span, format!("this {what}"))
            .labelled(*place, "and this one");
        cx.push(report.help(format!(
            "rename one of them, for instance to `{}`",
            free(&name.text, &self.seen)
        )));
        true
    }
}

/// A name near a taken one that is still free.
fn free(name: &str, seen: &BTreeMap<String, (String, Span)>) -> String {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
    let candidates = ["other", "alternative", "second"]
        .into_iter()
        .map(|word| format!("{stem}_{word}"));
    let mut candidates = candidates.filter(|candidate| !seen.contains_key(&pascal(candidate)));
    candidates
        .next()
        .unwrap_or_else(|| format!("{stem}_of_its_own"))
}

/// The tags of cache `posts` have a type, `PostsTags`: a cache `posts_tags` would be another of that name.
pub(super) fn beside_tags(caches: &[Cache], cx: &mut Context<'_, '_>) {
    let tagged = caches.iter().filter(|cache| {
        let mut dimensions = cache.dimensions.iter();
        dimensions.any(|dimension| dimension.kind == DimensionKind::Tag)
    });
    let types: BTreeMap<String, &Cache> = tagged
        .map(|cache| (pascal(&cache.name.value) + "Tags", cache))
        .collect();
    for cache in caches {
        let name = &cache.name;
        if let Some(tagged) = types.get(&pascal(&name.value)) {
            let report = COLLIDING_NAMES
                .at(
                    name.span,
                    format!(
                        "cache `{}` and the tags of cache `{}` both become `{}` in Rust",
                        name.value,
                        tagged.name.value,
                        pascal(&name.value)
                    ),
                )
                .labelled(name.span, "this cache")
                .labelled(tagged.name.span, "this one has tags");
            cx.push(report.help("rename one of them"));
        }
    }
}

/// `post_by_id` → `PostById`: what is compared, as types are what the generated code names most.
fn pascal(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut begins = true;
    for letter in name.chars() {
        match letter {
            '_' => begins = true,
            first if begins => {
                out.push(first.to_ascii_uppercase());
                begins = false;
            }
            other => out.push(other),
        }
    }
    out
}

/// Reports a name that is not written as names are.
pub(super) fn check(name: &Scalar<'_>, what: &str, cx: &mut Context<'_, '_>) {
    let text = &*name.text;
    if let Some(reason) = reserved(text, what) {
        let report = RESERVED_NAME.at(
            name.span,
            format!("`{text}` cannot be the name of this {what}"),
        );
        cx.push(
            report
                .labelled(name.span, reason)
                .help("choose another name"),
        );
    } else if !is_snake_case(text) {
        let report = INVALID_NAME
            .at(name.span, format!("`{text}` is no name in snake case"))
            .labelled(
                name.span,
                "names are lower-case letters, digits and `_`, a letter first",
            );
        let report = match snake_case(text) {
            Some(better) => report
                .help(format!("write `{better}`"))
                .fix(name.span, better),
            None => report,
        };
        cx.push(report);
    }
}

fn reserved(text: &str, what: &str) -> Option<&'static str> {
    if text == "_" {
        return Some("it stands for a value that is not known");
    }
    if text == "system" && what == "entity" {
        return Some("`system` stands for all that is cached");
    }
    if what == "entity" {
        match text {
            "invalidate" | "notify" => {
                return Some("the generated code has a module of that name beside the entities'");
            }
            "tests" => return Some("the generated code has a macro of that name"),
            "cachex" => return Some("beside a module of that name `cachex::schema!` is ambiguous"),
            _ => {}
        }
    }
    if text == "id" && matches!(what, "field" | "reference") {
        return Some("`id` is the identity");
    }
    let reserved = RESERVED.iter().find(|(name, _)| *name == text);
    if reserved.is_none() && what == "cache" && pascal(text) == "Self" {
        return Some("it becomes `Self`, which Rust cannot escape");
    }
    reserved.map(|(_, reason)| *reason)
}

pub(super) fn is_snake_case(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase();
    text.as_bytes().first().copied().is_some_and(letter)
        && text
            .bytes()
            .all(|byte| letter(byte) || byte.is_ascii_digit() || byte == b'_')
}

/// A name in snake case that says the same; nothing where there is none.
fn snake_case(text: &str) -> Option<String> {
    if !text.is_ascii() {
        return None;
    }
    let mut out = String::new();
    let mut last = '_';
    for c in text.chars() {
        if c.is_ascii_uppercase() && (last.is_ascii_lowercase() || last.is_ascii_digit()) {
            out.push('_');
        }
        let lower = c.to_ascii_lowercase();
        out.push(if lower.is_ascii_alphanumeric() {
            lower
        } else {
            '_'
        });
        last = c;
    }
    let out = out.trim_matches('_').to_owned();
    is_snake_case(&out).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_better_name_is_found_where_there_is_one() {
        assert_eq!(snake_case("postById").as_deref(), Some("post_by_id"));
        assert_eq!(snake_case("Post-By-ID").as_deref(), Some("post_by_id"));
        assert_eq!(snake_case("007"), None);
    }

    #[test]
    fn names_that_become_one_type_are_alike() {
        assert_eq!(pascal("post_1"), pascal("post1"));
        assert_ne!(pascal("a_bc"), pascal("ab_c"));
        assert_eq!(pascal("post_by_id"), "PostById");
    }
}
