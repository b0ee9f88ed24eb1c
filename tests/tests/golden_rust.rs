//! The Rust that schemas become: compared with what people read and approved, and compiled.
//!
//! `CACHEX_BLESS=1 cargo test -p cachex-tests --test golden_rust` writes what is emitted now; read the difference.

use std::fs;
use std::path::{Path, PathBuf};

use cachex_compiler::emit::rust;
use cachex_compiler::{Options, Sources, compile};

/// The module of a schema file.
fn emitted(path: &Path) -> String {
    let compilation = compile(
        &Sources::new("cachex.yaml", fs::read(path).unwrap()),
        &Options::default(),
    );
    let (Some(schema), Some(plan)) = (&compilation.schema, &compilation.plan) else {
        let messages: Vec<_> = compilation
            .diagnostics
            .iter()
            .map(|it| &it.message)
            .collect();
        panic!("{}: {messages:#?}", path.display());
    };
    rust::emit(schema, plan)
}

/// The schemas with a golden text, and their goldens.
fn goldens() -> Vec<(PathBuf, PathBuf)> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all: Vec<PathBuf> = fs::read_dir(tests.join("golden/rust"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    all.push(tests.join("../schemas/blog.yaml"));
    all.sort();
    all.into_iter()
        .map(|schema| {
            let name = schema.with_extension("rs");
            let golden = tests.join("golden/rust").join(name.file_name().unwrap());
            (schema, golden)
        })
        .collect()
}

#[test]
fn the_emitted_text_is_the_approved_one() {
    let bless = std::env::var_os("CACHEX_BLESS").is_some();
    let mut differing = Vec::new();
    for (schema, golden) in goldens() {
        let text = emitted(&schema);
        if bless {
            fs::write(&golden, &text).unwrap();
        } else if fs::read_to_string(&golden).unwrap_or_default() != text {
            differing.push(golden);
        }
    }
    assert!(
        differing.is_empty(),
        "these differ from what is emitted: {differing:#?}"
    );
}

#[test]
fn the_same_schema_gives_the_same_bytes() {
    for (schema, _) in goldens() {
        assert_eq!(emitted(&schema), emitted(&schema));
    }
}
