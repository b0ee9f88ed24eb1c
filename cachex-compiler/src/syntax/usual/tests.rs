//! Whatever is read here, the library reads alike: files of this repository, trees in all layouts, and either with
//! something put in or cut out anywhere.

use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::read;
use crate::diagnostics::Diagnostics;
use crate::source::FileId;
use crate::syntax::parse::whole;

/// Whether it is read here; fails where the library reads it otherwise.
fn is_read(text: &str) -> bool {
    let (mut here, mut there) = (Diagnostics::default(), Diagnostics::default());
    let Some(root) = read(text, FileId::default(), &mut here) else {
        assert!(here.is_empty(), "reported, but not read: {text:?}");
        return false;
    };
    let document = whole(text, FileId::default(), &mut there);
    let library = document.root.map(|root| format!("{root:?}"));
    assert_eq!(Some(format!("{root:?}")), library, "{text:?}");
    assert_eq!(document.broken.len(), 0, "{text:?}");
    let shown = |out: Diagnostics| format!("{:?}", out.into_sorted());
    assert_eq!(shown(here), shown(there), "{text:?}");
    true
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|it| it == "yaml") {
            found.push(path);
        }
    }
}

#[test]
fn the_schemas_of_the_repository_are_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut schemas = Vec::new();
    files(&root.join("schemas"), &mut schemas);
    assert!(!schemas.is_empty());
    for path in schemas {
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(is_read(&text), "{} is left to the library", path.display());
    }
}

#[test]
fn the_cases_of_the_repository_are_read_alike() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut cases = Vec::new();
    files(&root.join("tests/ui"), &mut cases);
    let texts: Vec<String> = cases
        .iter()
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .collect();
    let read = texts.iter().filter(|text| is_read(text)).count();
    assert!(read * 2 > texts.len(), "{read} of {}", texts.len());
}

#[test]
fn all_usual_forms_are_read() {
    for text in [
        "a: b",
        "a:\n  b: c # d\n\n  e:\nf:\n- g\n- h: i\n  j: [k]\nl:\n",
        "# c\na: {b, c: d, 'e': \"f\", \"g\":, h: ,}\ni: [j,\n  k\n\n  ]\n",
        "a:\n  - - b\n    - c\n  -   d: e\n      f: g\nh: i j  k   # l\n",
        "a b: 'it \\ is' \n\"c\": '{d}'\ne: x:y#z \nf: ~\ng: {}\nh: []\n",
        "a: { when: post.update(title, slug) }\na: ä·\n",
    ] {
        assert!(is_read(text), "{text:?}");
    }
}

#[test]
fn what_the_library_must_read_is_left_to_it() {
    for text in [
        "",
        "a",
        "a: b\n c",
        "a: b\n  c: d",
        "a: |\n  b\n",
        "a: &b c",
        "a: *b",
        "a: !c d",
        "--- \na: b",
        "a: \"b\\n\"",
        "a: 'b''c'",
        "a: \"b\n  c\"",
        "\ta: b",
        "a: b: c",
        "a: {b: c",
        "a: [b: c]",
        "a: {b\n  c}",
        "a: \"b\"c",
        "a: \"b\"#c",
        "? a\n: b",
        "a: b\r\n",
        "a: {\nb: c }",
        "a: \u{feff}b",
        "a: \u{80}b",
        "a:\n  - b\n   c: d",
        "a:\n    b: c\n  d: e",
    ] {
        assert!(!is_read(text), "{text:?}");
    }
}

const WORDS: [&str; 16] = [
    "a", "post", "b c", "x:y", "12", "$id", "~", "null", "'q r'", "\"s: t\"", "''", "p.u(t", "s)",
    "<<", "ä", "(a) # c",
];

/// A block whose lines stand at least so far in.
fn block(depth: usize, indent: usize) -> BoxedStrategy<String> {
    let word = || prop::sample::select(&WORDS[..]).prop_map(str::to_owned);
    let flow = word().prop_recursive(3, 12, 4, move |inner| {
        let separator = prop::sample::select(&[", ", ",", " , ", ",\n            "][..]);
        let items = prop::collection::vec((word(), inner, 0..3), 0..4);
        (items, separator, any::<bool>()).prop_map(|(items, separator, is_mapping)| {
            let items = items.into_iter().map(|(key, value, form)| match form {
                0 if is_mapping => key,
                1 if is_mapping => format!("{key}: {value}"),
                2 if is_mapping => format!("{key}:"),
                _ => value,
            });
            let items = items.collect::<Vec<_>>().join(separator);
            if is_mapping {
                format!("{{ {items} }}")
            } else {
                format!("[{items}]")
            }
        })
    });
    let inline = prop_oneof![4 => flow, 1 => Just(String::new()), 1 => word()];
    let comment = prop::sample::select(&["", "", "", " # c", "\n\n", "\n# c", "  "][..]);
    let line = (inline, comment).prop_map(|(value, comment)| format!("{value}{comment}"));
    let value = if depth == 0 {
        line.boxed()
    } else {
        let deeper = |by: usize| block(depth - 1, indent + by);
        let nested = prop_oneof![deeper(0), deeper(1), deeper(2), deeper(4)];
        prop_oneof![line, nested.prop_map(|nested| format!("\n{nested}"))].boxed()
    };
    let entries = prop::collection::vec((word(), value), 1..4);
    (
        entries,
        prop::sample::select(&["- ", "-   ", ": ", ":"][..]),
    )
        .prop_map(move |(entries, form)| {
            let margin = " ".repeat(indent);
            let lines = entries.into_iter().map(|(key, value)| match form {
                ": " | ":" => format!("{margin}{key}{form}{value}"),
                dash => format!("{margin}{dash}{}", value.trim_start()),
            });
            lines.collect::<Vec<_>>().join("\n")
        })
        .boxed()
}

const PIECES: [&str; 24] = [
    " ", "\n", "\n  ", ":", ": ", "- ", "-", ",", "{", "}", "[", "]", "#", " #", "\"", "'", "\\",
    "\t", "&a ", "|", "a", "...", "? ", "é",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn trees_are_read_alike(text in block(3, 0)) {
        is_read(&text);
    }

    #[test]
    fn edited_trees_are_read_alike(
        text in block(2, 0),
        edits in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(&PIECES[..]), 0..3usize), 1..4),
    ) {
        let mut text = text;
        for (at, piece, cut) in edits {
            let at = text.floor_char_boundary(at.index(text.len() + 1));
            let end = text.floor_char_boundary((at + cut).min(text.len())).max(at);
            text.replace_range(at..end, piece);
        }
        is_read(&text);
    }

    #[test]
    fn pieces_are_read_alike(
        pieces in prop::collection::vec(prop_oneof![prop::sample::select(&PIECES[..]), prop::sample::select(&WORDS[..])], 0..12),
    ) {
        is_read(&pieces.concat());
    }
}
