//! The way of a schema into an application without a proc macro: the compiler as a library.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a build script that fails says why so"
)]

use std::path::Path;
use std::{env, fs};

use cachex_compiler::diagnostics::{Look, human};
use cachex_compiler::emit::rust;
use cachex_compiler::{Options, Sources, compile};

const SCHEMA: &str = "../../schemas/blog.yaml";

fn main() {
    println!("cargo::rerun-if-changed={SCHEMA}");
    let sources = Sources::new(SCHEMA, fs::read(SCHEMA).unwrap());
    let compilation = compile(&sources, &Options::default());
    let (Some(schema), Some(plan)) = (&compilation.schema, &compilation.plan) else {
        panic!(
            "{}",
            human(&compilation.diagnostics, &compilation.sources, Look::Plain)
        );
    };
    let module = Path::new(&env::var_os("OUT_DIR").unwrap()).join("cache.rs");
    fs::write(module, rust::emit(schema, plan)).unwrap();
}
