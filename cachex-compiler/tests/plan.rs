//! What schemas mean, in readable text: a case is a YAML file in `tests/plan`, its plan stands beside it.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failed expectation is the report"
)]

use std::fmt::Write;
use std::path::Path;

use cachex_compiler::explain;
use cachex_compiler::model::Pattern;
use cachex_compiler::{Compilation, Options, Sources, compile};

fn explained(compilation: &Compilation) -> String {
    let (Some(schema), Some(plan)) = (&compilation.schema, &compilation.plan) else {
        panic!("{:#?}", compilation.diagnostics);
    };
    let mut text = String::new();
    for (entity, declared) in schema.entity_ids() {
        let pattern = Pattern {
            entity,
            action: None,
            fields: None,
            span: declared.name.span,
        };
        let change = explain::change(schema, plan, &compilation.sources, &pattern);
        writeln!(text, "{change}").unwrap();
    }
    for (id, _) in schema.cache_ids() {
        let cache = explain::cache(schema, plan, &compilation.sources, id);
        writeln!(text, "{cache}").unwrap();
    }
    text
}

#[test]
fn schemas_mean_what_stands_beside_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plan");
    let mut cases: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    for path in cases {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let bytes = std::fs::read(&path).unwrap();
        let compilation = compile(&Sources::new("cachex.yaml", bytes), &Options::default());
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name, explained(&compilation)));
    }
}
