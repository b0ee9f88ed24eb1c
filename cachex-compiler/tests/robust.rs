//! No input makes the compiler panic, hang or run out of stack.

use std::fmt::Write as _;

use cachex_compiler::diagnostics::{compile_error, json};
use cachex_compiler::{Asked, Compilation, Options, compile_files};
use proptest::prelude::*;

const EXAMPLE: &str = include_str!("language/example.yaml");

/// Compiles and renders: a place outside the text would show itself here.
fn read(bytes: impl Into<Vec<u8>>) -> Compilation {
    read_up_to(bytes, Options::default().size_limit)
}

fn read_up_to(bytes: impl Into<Vec<u8>>, size_limit: u64) -> Compilation {
    let bytes = bytes.into();
    let mut files = |asked: Asked<'_>| match asked {
        Asked::Root => Ok(bytes.clone()),
        Asked::Included(_) => Ok(b"caches: { a: b }".to_vec()),
    };
    let compilation = compile_files("cachex.yaml", &mut files, &Options { size_limit });
    let reports = &compilation.diagnostics;
    let shown = reports.get(..50).unwrap_or(reports);
    json(shown, &compilation.sources);
    #[cfg(feature = "human")]
    cachex_compiler::diagnostics::human(
        shown,
        &compilation.sources,
        cachex_compiler::diagnostics::Look::Coloured,
    );
    for report in shown {
        assert!(compile_error(report, &compilation.sources).contains(report.rule.code));
    }
    assert_eq!(compilation.schema.is_some(), !compilation.has_errors());
    compilation
}

fn codes(compilation: &Compilation) -> Vec<&'static str> {
    let mut codes: Vec<_> = compilation
        .diagnostics
        .iter()
        .map(|report| report.rule.code)
        .collect();
    codes.dedup();
    codes
}

/// What makes a difference to a reader of YAML or of patterns.
const PIECES: [&str; 40] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    ": ",
    "- ",
    "\"",
    "'",
    "&a ",
    "*a",
    "!t ",
    "<<: ",
    "|\n",
    ">\n",
    "#",
    " #",
    "\t",
    "\n",
    "\n  ",
    "\r\n",
    "? ",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "$",
    "(",
    ")",
    ".",
    "?",
    " as ",
    " | ",
    "\u{feff}",
    "ä",
    "\0",
    "\u{2028}",
    "\u{202e}",
    "9999999999999999999999",
    "null",
];

/// One change of a text: what is taken out at a place, and what is put in.
#[derive(Debug, Clone)]
struct Edit {
    at: prop::sample::Index,
    cut: usize,
    piece: &'static str,
    repeat: usize,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let piece = prop::sample::select(&PIECES[..]);
    let edit = (any::<prop::sample::Index>(), 0_usize..12, piece, 0_usize..3);
    prop::collection::vec(edit, 1..6).prop_map(|edits| {
        let edits = edits.into_iter();
        edits
            .map(|(at, cut, piece, repeat)| Edit {
                at,
                cut,
                piece,
                repeat,
            })
            .collect()
    })
}

fn edited(text: &str, edits: &[Edit]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for edit in edits {
        let start = edit.at.index(bytes.len() + 1);
        let end = (start + edit.cut).min(bytes.len());
        bytes.splice(start..end, edit.piece.repeat(edit.repeat).into_bytes());
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read(bytes);
    }

    #[test]
    fn any_pieces_are_read(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..80)) {
        read(format!("cachex: 1\nnamespace: a\ncaches:\n  a:\n    {}", pieces.concat()));
    }

    #[test]
    fn a_damaged_schema_is_read(edits in edits()) {
        read(edited(EXAMPLE, &edits));
    }

    #[test]
    fn a_value_of_another_shape_is_read(
        line in any::<prop::sample::Index>(),
        shape in prop::sample::select(&["", "~", "x", "[]", "[x, y]", "[[x]]", "{}", "{ a: b }", "{ a: [b] }", "\"\"", "*x"][..]),
    ) {
        let mut lines: Vec<String> = EXAMPLE.lines().map(str::to_owned).collect();
        let at = line.index(lines.len());
        let key = lines[at].split_once(':').map(|(key, _)| format!("{key}: {shape}"));
        lines[at] = key.unwrap_or_default();
        read(lines.join("\n"));
    }
}

#[test]
fn what_is_nested_deeply_is_refused() {
    let deep = 100_000;
    for text in [
        "[".repeat(deep),
        "{a: ".repeat(deep),
        format!("a: {}{}", "[".repeat(deep), "]".repeat(deep)),
        "- ".repeat(deep),
        "? ".repeat(deep),
        (0..1_000).map(|level| " ".repeat(level) + "a:\n").collect(),
        format!("caches:\n  a: {}", "{\"a\":".repeat(deep)),
    ] {
        let start: String = text.chars().take(40).collect();
        assert!(codes(&read(text)).contains(&"CX0009"), "{start}");
    }
}

#[test]
fn what_nests_through_aliases_is_refused() {
    let mut text = "check:\n  views:\n    a0: &a0 [x]\n".to_owned();
    for level in 1..5_000 {
        writeln!(text, "    a{level}: &a{level} [*a{}]", level - 1).unwrap();
    }
    assert!(codes(&read(text)).contains(&"CX0009"));
}

#[test]
fn aliases_are_bounded() {
    let mut text = "check:\n  views:\n    a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..50 {
        let items = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(text, "    a{level}: &a{level} [{items}]").unwrap();
    }
    assert!(codes(&read(text)).contains(&"CX0008"));
    let nested: Vec<String> = (0..60).map(|level| format!("&b{level} [")).collect();
    let nested = nested.concat();
    read(format!("check: {nested}"));
}

#[test]
fn a_large_file_is_refused_unread() {
    let fifty = 50 << 20;
    assert_eq!(codes(&read(vec![b'a'; fifty])), ["CX0003"]);
    let raised = read_up_to("[".repeat(fifty), u64::MAX);
    assert!(codes(&raised).contains(&"CX0009"));
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    for bytes in [
        &b"cachex: \xff\n"[..],
        b"\xff\xfec\0a\0",
        b"a: \xc3",
        b"\xed\xa0\x80",
    ] {
        assert_eq!(codes(&read(bytes)), ["CX0002"]);
    }
}

/// A megabyte of one mistake: the time grows with the file, not with its square.
#[test]
fn a_file_full_of_mistakes_is_read() {
    let head = "cachex: 1\nnamespace: a\nentities:\n  post: { id: uuid, fields: { a: string } }\n";
    let cache = "caches:\n  c:\n    key: \"{id}\"\n    params: { id: post.id }\n    depends_on:\n";
    let size = 256 << 10;
    let lines = |line: &dyn Fn(usize) -> String| -> String {
        let mut text = String::new();
        for number in 0.. {
            if text.len() > size {
                break;
            }
            text += &line(number);
        }
        text
    };
    for text in [
        lines(&|number| format!("k{number}: 1\n")),
        lines(&|_| "same: 1\n".to_owned()),
        lines(&|_| "caches: [\n".to_owned()),
        lines(&|_| "caches: \"\n".to_owned()),
        lines(&|_| "entities: }\n".to_owned()),
        format!(
            "{head}{cache}{}",
            lines(&|number| format!("      - pots{number}\n"))
        ),
        format!(
            "{head}{cache}{}",
            lines(&|number| format!("      - post.update(f{number})\n"))
        ),
        format!(
            "{head}{cache}{}",
            lines(&|_| "      - { when: post, where: { id: $idd } }\n".to_owned())
        ),
        format!(
            "{head}{cache}{}",
            lines(&|_| "      - { when: post.update(a, b), where: { id: $id } }\n".to_owned())
        ),
        format!(
            "{head}caches:\n{}",
            lines(&|number| format!(
                "  c{number}: {{ key: k, depends_on: [{{ cache: d{number} }}] }}\n"
            ))
        ),
        format!(
            "{head}caches:\n{}",
            lines(&|number| format!(
                "  c{number}: {{ key: k, depends_on: [{{ cache: c{} }}] }}\n",
                number + 1
            ))
        ),
        format!(
            "cachex: 1\nnamespace: a\nentities:\n{}",
            lines(&|number| format!(
                "  e{number}: {{ id: {{ r }}, refs: {{ r: e{} }} }}\n",
                number + 1
            ))
        ),
        format!(
            "cachex: 1\nnamespace: a\nentities:\n{}",
            lines(&|number| format!("  e_{number}: {{ id: x }}\n  e{number}: {{ id: x }}\n"))
        ),
        format!(
            "cachex: 1\nnamespace: a\nentities:\n  post: {{ id: uuid, fields: [{}] }}\n",
            lines(&|number| format!("f{number},"))
        ),
        format!(
            "cachex: 1\nnamespace: a\nentities:\n  post: {{ id: {{ {} }} }}\n",
            lines(&|number| format!("f{number}: u32,"))
        ),
        format!(
            "{head}caches:\n  c:\n    key: \"{}\"\n    depends_on: [post]\n",
            lines(&|number| format!("{{h{number}}}"))
        ),
        format!(
            "{head}caches:\n  c:\n    key: k\n    params: {{ {} }}\n    depends_on: [post]\n",
            lines(&|number| format!("p{number}: u32,"))
        ),
        format!(
            "include: [{}]\n",
            lines(&|number| format!("f{number}.yaml,"))
        ),
    ] {
        assert!(read(text).has_errors());
    }
}
