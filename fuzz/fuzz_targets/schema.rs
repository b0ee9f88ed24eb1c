//! Any bytes as `cachex.yaml`: compiled, reported in each form, and emitted where nothing is wrong.
#![no_main]

use cachex_compiler::diagnostics::{Look, compile_error, human, json};
use cachex_compiler::emit::rust;
use cachex_compiler::{Options, Sources, compile};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let compilation = compile(&Sources::new("cachex.yaml", bytes), &Options::default());
    let (reports, files) = (&compilation.diagnostics, &compilation.sources);
    json(reports, files);
    human(reports, files, Look::Coloured);
    for report in reports {
        compile_error(report, files);
    }
    assert_eq!(compilation.schema.is_some(), !compilation.has_errors());
    match (&compilation.schema, &compilation.plan, &compilation.outline) {
        (Some(schema), Some(plan), _) => drop(rust::emit(schema, plan)),
        (_, _, Some(outline)) => drop(rust::outline(outline)),
        _ => {}
    }
});
