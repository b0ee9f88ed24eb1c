//! Every name of the generated code, made in one place.
//!
//! Keeps true: names of different things differ. Names of `cachex.yaml` begin with a letter, so whatever begins with
//! an underscore here (`_codegen`) meets none of them.

/// Rust's keywords, of all editions. `self`, `super`, `crate` and `_` cannot be escaped and are refused by a rule.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Modules of the generated code that hold functions for all entities; an entity cannot be named like them.
pub const MODULES: [&str; 3] = ["invalidate", "notify", "system"];

/// Methods that every change has; a field of such a name has an underscore behind its own.
const METHODS: &[&str] = &[
    "apply",
    "clone",
    "data",
    "record",
    "regions",
    "same_event",
    "scope",
    "scope_all",
];

/// A name as an identifier: `type` gives `r#type`.
pub fn identifier(name: &str) -> String {
    if KEYWORDS.binary_search(&name).is_ok() {
        format!("r#{name}")
    } else {
        name.to_owned()
    }
}

/// The key type of a cache: `post_by_id` gives `PostById`.
pub fn key(cache: &str) -> String {
    camel(cache)
}

/// The type of a cache's tags: `PostByIdTags`.
pub fn tags(cache: &str) -> String {
    format!("{}Tags", camel(cache))
}

/// The setter of an attribute: its name, but for those that every change has (`data` gives `data_`).
pub fn setter(attribute: &str) -> String {
    if METHODS.contains(&attribute) {
        format!("{attribute}_")
    } else {
        identifier(attribute)
    }
}

/// The setter of an attribute that was not changed: `author_kept`.
pub fn kept(attribute: &str) -> String {
    format!("{attribute}_kept")
}

/// The trait that a change has once it knows an attribute: `NeedsCategory`.
pub(super) fn need(attribute: &str) -> String {
    format!("Needs{}", distinct_camel(attribute))
}

/// The name of a parameter as a number, the way attributes write it.
pub(super) fn number(parameter: &str) -> String {
    format!("{{ _codegen::name({parameter:?}) }}")
}

/// A tuple of types or values.
pub(super) fn tuple(items: &[String]) -> String {
    match items {
        [only] => format!("({only},)"),
        items => format!("({})", items.join(", ")),
    }
}

fn camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut begins = true;
    for character in name.chars() {
        match character {
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

/// Upper camel case that keeps the underscores before digits and other underscores: two attributes never meet.
fn distinct_camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut parts = name.split('_');
    out.push_str(&capitalised(parts.next().unwrap_or_default()));
    for part in parts {
        if !part.starts_with(|first: char| first.is_ascii_lowercase()) {
            out.push('_');
        }
        out.push_str(&capitalised(part));
    }
    out
}

fn capitalised(part: &str) -> String {
    let mut characters = part.chars();
    characters.next().map_or_else(String::new, |first| {
        let mut out = String::with_capacity(part.len());
        out.push(first.to_ascii_uppercase());
        out.push_str(characters.as_str());
        out
    })
}

#[cfg(test)]
mod tests {
    use super::{KEYWORDS, distinct_camel, identifier, key, setter};

    #[test]
    fn keywords_are_escaped_and_sorted() {
        assert!(KEYWORDS.is_sorted());
        assert_eq!(identifier("type"), "r#type");
        assert_eq!(identifier("types"), "types");
        assert_eq!(key("type"), "Type");
    }

    #[test]
    fn a_field_named_like_a_method_of_every_change_steps_aside() {
        assert_eq!(setter("data"), "data_");
        assert_eq!(setter("move"), "r#move");
        assert_eq!(setter("title"), "title");
    }

    #[test]
    fn attributes_never_meet_as_types() {
        let names = ["a1", "a_1", "a__1", "a_b", "ab", "a__b", "a_b_", "a_b__"];
        for (index, one) in names.iter().enumerate() {
            for other in names.iter().skip(index + 1) {
                assert_ne!(distinct_camel(one), distinct_camel(other), "{one} {other}");
            }
        }
    }
}
