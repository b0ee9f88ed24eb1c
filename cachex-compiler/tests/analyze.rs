//! Each folder of `tests/analyze/` is an application and, in `facts.snap`, what is understood of it. A new case is a
//! new folder; `INSTA_UPDATE=always` writes what it must be compared with, for a person to read.
#![cfg(feature = "analyze")]
#![expect(clippy::unwrap_used, reason = "a failed expectation is the report")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use cachex_compiler::analyze::{
    Callee, Edges, Facts, Options, SourceFile, UnknownKind, Via, Workspace, link, parse_file,
    targets_of_metadata, targets_of_paths,
};
use cachex_compiler::model::Dialect;
use cachex_compiler::source::FileId;
use proptest::prelude::*;

#[derive(Default)]
struct Folder {
    rust: Vec<(String, Vec<u8>)>,
    manifests: BTreeMap<String, String>,
    texts: BTreeMap<String, String>,
}

fn read(root: &Path, at: &Path, folder: &mut Folder) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(at)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            read(root, &path, folder);
            continue;
        }
        let name = path
            .strip_prefix(root)
            .unwrap()
            .to_str()
            .unwrap()
            .replace('\\', "/");
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("rs") => folder.rust.push((name, std::fs::read(&path).unwrap())),
            Some("toml") => drop(
                folder
                    .manifests
                    .insert(name, std::fs::read_to_string(&path).unwrap()),
            ),
            Some("sql") => drop(
                folder
                    .texts
                    .insert(name, std::fs::read_to_string(&path).unwrap()),
            ),
            _ => {}
        }
    }
}

/// Links files in the order given; ids follow the paths, as the command line's do.
fn facts_of(folder: &Folder, reversed: bool) -> Facts {
    let parsed: Vec<_> = folder
        .rust
        .iter()
        .map(|(path, bytes)| (path, parse_file(bytes, Dialect::Postgres)))
        .collect();
    let mut files: Vec<SourceFile<'_>> = parsed
        .iter()
        .enumerate()
        .map(|(index, (path, facts))| SourceFile {
            id: FileId(u32::try_from(index).unwrap()),
            path,
            facts,
        })
        .collect();
    let mut targets = targets_of_paths(
        folder.rust.iter().map(|(path, _)| path.as_str()),
        &folder.manifests,
    );
    if reversed {
        files.reverse();
        targets.reverse();
    }
    link(
        &Workspace { files, targets },
        &Options::default(),
        &|path| folder.texts.get(path).cloned(),
    )
}

fn of_text(text: &str) -> Facts {
    facts_of(
        &Folder {
            rust: vec![("src/lib.rs".to_owned(), text.as_bytes().to_vec())],
            ..Folder::default()
        },
        false,
    )
}

#[test]
fn every_case_is_understood_as_its_snapshot_says() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/analyze");
    let mut names: Vec<PathBuf> = std::fs::read_dir(cases)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    names.sort();
    assert!(names.len() >= 9, "the cases were found");
    for case in names {
        let mut folder = Folder::default();
        read(&case, &case, &mut folder);
        let lines = facts_of(&folder, false).lines(Edges::Left);
        assert_eq!(
            lines,
            facts_of(&folder, true).lines(Edges::Left),
            "{} depends on the order of files",
            case.display()
        );
        insta::with_settings!({snapshot_path => &case, prepend_module_to_snapshot => false, omit_expression => true}, {
            insta::assert_snapshot!("facts", lines);
        });
    }
}

#[test]
fn the_generated_api_and_layers_are_recognised() {
    let facts = of_text(
        r#"
        pub mod cache { cachex::schema!("cachex.yaml"); }
        use crate::cache::{self, post};
        use cachex::invalidates;

        #[invalidates(post.update(title))]
        pub async fn rename(cx: Cachex, id: i64) {
            let change = cache::post::update(id).title();
            change.author(1, 2).apply(&cx).await;
            cache::invalidate::post(&cx).await;
        }

        pub fn router() -> axum::Router {
            axum::Router::new()
                .route("/a", axum::routing::post(rename))
                .route_layer(cachex::layer::invalidates!(post.update))
        }
        "#,
    );
    let rename = facts
        .functions
        .iter()
        .find(|function| function.name == "rename")
        .unwrap();
    assert_eq!(
        rename.attributes.first().unwrap().path,
        "cachex::invalidates"
    );
    assert_eq!(
        rename.attributes.first().unwrap().tokens,
        "post.update(title)"
    );
    let calls: Vec<String> = facts
        .instances
        .iter()
        .flat_map(|instance| &instance.calls)
        .filter_map(|call| match &call.callee {
            Callee::Schema { path, chain, .. } => Some(format!("{path} {}", chain.join("."))),
            _ => None,
        })
        .collect();
    assert_eq!(
        calls,
        [
            "post::update ",
            "post::update title",
            "post::update title.author",
            "post::update title.author.apply",
            "invalidate::post "
        ]
    );
    let root = facts
        .roots
        .iter()
        .find(|root| root.route.as_deref() == Some("POST /a"))
        .unwrap();
    let layer = root.layers.first().unwrap();
    assert_eq!(
        layer.callee,
        Callee::Path("cachex::layer::invalidates!".to_owned())
    );
    assert_eq!(layer.arguments.first().unwrap().text, "post.update");
}

#[test]
fn a_path_tells_each_call_from_the_route_to_the_statement() {
    let facts = of_text(
        r#"
        fn router() -> axum::Router { axum::Router::new().route("/a", axum::routing::post(one)) }
        async fn one() { two().await }
        async fn two() { three().await }
        async fn three() { execute("DELETE FROM posts") }
        "#,
    );
    let root = facts.roots.first().unwrap();
    let reach = facts.reach(root.instance, |_, call| call.via == Via::Call);
    let (_, holder) = reach.sites(&facts).into_iter().next().unwrap();
    let lines: Vec<u32> = reach
        .path(holder)
        .iter()
        .map(|hop| hop.place.line)
        .collect();
    assert_eq!(lines, [3, 4]);
}

#[test]
fn cargo_metadata_gives_names_and_dependencies() {
    let json = r#"{"packages":[
        {"name":"blog-store","manifest_path":"/w/store/Cargo.toml","targets":[{"name":"blog_store","kind":["lib"],"src_path":"/w/store/src/lib.rs"}],"dependencies":[]},
        {"name":"app","manifest_path":"/w/Cargo.toml","targets":[{"name":"app","kind":["bin"],"src_path":"/w/src/main.rs"}],"dependencies":[{"name":"blog-store","rename":"store"}]}
    ]}"#;
    let targets = targets_of_metadata(json, "/w").unwrap();
    let app = targets.iter().find(|target| target.name == "app").unwrap();
    assert_eq!(app.root, "src/main.rs");
    assert_eq!(
        app.dependencies.get("store").map(String::as_str),
        Some("store/src/lib.rs")
    );
}

#[test]
fn no_depth_overflows_and_each_is_a_finding() {
    for (open, close) in [
        ("(", ")"),
        ("{", "}"),
        ("[", "]"),
        ("&(", ")"),
        ("|x| (", ")"),
        ("m!(", ")"),
        ("-(", ")"),
        ("if a {", "}"),
        ("a(", ")"),
    ] {
        let text = format!(
            "fn f() {{ {}{} }}",
            open.repeat(100_000),
            close.repeat(100_000)
        );
        let facts = of_text(&text);
        assert!(
            facts
                .unknowns
                .iter()
                .any(|unknown| unknown.kind == UnknownKind::File),
            "{open}"
        );
    }
    for text in [
        format!(
            "type T = {}u8{};",
            "Vec<".repeat(100_000),
            ">".repeat(100_000)
        ),
        format!("fn f({}) {{}}", "&".repeat(100_000)),
        format!("use {}a{};", "a::{".repeat(100_000), "}".repeat(100_000)),
        format!("fn f() {{ {} }}", "return ".repeat(100_000)),
        format!(
            "fn f() {{ match x {{ {}a{} => 1 }} }}",
            "Some(".repeat(100_000),
            ")".repeat(100_000)
        ),
        "mod a {".repeat(100_000) + &"}".repeat(100_000),
        "{".repeat(100_000),
    ] {
        of_text(&text);
    }
}

#[test]
fn no_length_overflows() {
    for text in [
        format!("fn f() {{ a{} }}", ".b()".repeat(50_000)),
        format!("fn f() {{ a{} }}", " + b".repeat(50_000)),
        format!("fn f() {{ {} {{}} }}", "if a {} else ".repeat(20_000)),
        format!(
            "fn f() {{ q(\"SELECT {} FROM t\") }}",
            "1 + ".repeat(50_000) + "1"
        ),
        format!(
            "fn f() {{ q(\"{}\") }}",
            "SELECT a FROM t UNION ".repeat(20_000) + "SELECT a FROM t"
        ),
        format!("fn f() {{ {} }}", "let x = x;".repeat(20_000)),
    ] {
        of_text(&text);
    }
    // Calls as long as a program: paths are found without recursion.
    let mut chain = String::new();
    for index in 0..5_000 {
        writeln!(chain, "fn f{index}() {{ f{}() }}", index + 1).unwrap();
    }
    let facts = of_text(&format!(
        "fn main() {{ f0() }}\n{chain}fn f5000() {{ execute(\"DELETE FROM posts\") }}"
    ));
    assert_eq!(facts.sites.len(), 1);
}

#[test]
fn circles_end() {
    for text in [
        "use crate::a::*; pub mod a { pub use crate::b::*; } pub mod b { pub use crate::a::*; } fn f() { x::y() }",
        "use b as a; use a as b; fn f() { a::c() }",
        "type A = B; type B = A; fn f(a: A) { a.c() }",
        "trait A: B {} trait B: A {} fn f(a: &dyn A) { a.c() }",
        "struct S; impl Deref for S { type Target = S; } fn f(s: S) { s.c() }",
        "struct S<T>(T); fn f<T>(t: T) { f(S(t)) } fn g() { f(1) }",
        "const A: &str = B; const B: &str = A; fn f() { q(A) }",
        "macro_rules! m { () => { m!() } } fn f() { m!() }",
        "macro_rules! m { ($($t:tt)*) => { m!($($t)* $($t)*) } } fn f() { m!(a a) }",
        "macro_rules! m { () => { m!(); m!(); } } m!(); fn f() { m!() }",
        "macro_rules! m { ($($a:ident)*) => { m!($($a)* x); m!($($a)* y); } } m!(); fn f() { m!(a b) }",
        "macro_rules! m { ($($t:tt)*) => { fn a() { m!($($t)* $($t)*) } m! { $($t)* b $($t)* } } } m! { a }",
        "fn r() -> Router { r().merge(r()) }",
        "#[path = \"lib.rs\"] mod a;",
        "impl Trait for X { type A = Self::B; type B = Self::A; } fn f(x: X) { let y: <X as Trait>::A = x; y.c() }",
    ] {
        of_text(text);
    }
}

#[test]
fn modules_that_all_re_export_each_other_end() {
    let mut text = String::from("fn f() { m0::remove(); m0::missing() }\n");
    for module in 0..40 {
        let _ = write!(text, "pub mod m{module} {{");
        for other in (0..40).filter(|other| *other != module) {
            let _ = write!(text, " pub use crate::m{other}::*;");
        }
        text.push_str(" }\n");
    }
    text = text.replace(
        "pub mod m39 {",
        "pub mod m39 { pub fn remove() { execute(\"DELETE FROM posts\") }",
    );
    let facts = of_text(&text);
    let calls = facts.instances.iter().flat_map(|instance| &instance.calls);
    let found = calls.filter(|call| matches!(call.callee, Callee::Instance(_)));
    assert_eq!(
        found.count(),
        1,
        "the call of what one of them defines is resolved"
    );
}

#[test]
fn what_is_no_text_is_a_finding_and_hides_nothing() {
    let rust = vec![
        ("src/bad.rs".to_owned(), vec![0x66, 0xff, 0xfe]),
        (
            "src/lib.rs".to_owned(),
            b"mod bad; fn f() { execute(\"DELETE FROM posts\") }".to_vec(),
        ),
    ];
    let facts = facts_of(
        &Folder {
            rust,
            ..Folder::default()
        },
        false,
    );
    assert_eq!(facts.sites.len(), 1);
    assert_eq!(facts.unknowns.len(), 1);
    assert_eq!(
        facts.unknowns.first().unwrap().reason,
        "the file is not UTF-8"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Whatever the text: no panic, and facts kept through `serde` are the facts.
    #[test]
    fn any_tokens_are_read(words in prop::collection::vec(prop::sample::select(vec![
        "fn", "f", "(", ")", "{", "}", "[", "]", "<", ">", "::", "impl", "struct", "let", "=", "=>", "match", "if", "else", "for", "in",
        "|", "||", "&", "*", "!", "?", ".", "..", ",", ";", ":", "#", "$", "macro_rules", "'a", "'x'", "\"UPDATE a SET b = 1\"", "r#\"{}\"#",
        "1", "2.5", "async", "move", "await", "where", "dyn", "use", "as", "self", "Self", "crate", "mod", "->", "return", "trait", "type",
        "const", "enum", "unsafe", "extern", "pub", "@", "_", "table", "format", "Router", "new", "route", "// x\n", "/* y */",
    ]), 0..120)) {
        let text = words.join(" ");
        let parsed = parse_file(text.as_bytes(), Dialect::Sqlite);
        let kept: cachex_compiler::analyze::FileFacts = serde_json::from_str(&serde_json::to_string(&parsed).unwrap()).unwrap();
        prop_assert_eq!(&parsed, &kept);
        of_text(&text);
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        of_text(&String::from_utf8_lossy(&bytes));
        parse_file(&bytes, Dialect::Generic);
    }
}
