//! What the macros say to a mistake, as rustc shows it: `cases/*.rs`, with the `.stderr` beside it.
//!
//! A new case is a new file and no Rust here. `TRYBUILD=overwrite cargo test -p cachex-messages` writes what is shown
//! now: read it as somebody who made that mistake would, before it is committed.
#![expect(clippy::unwrap_used, reason = "a failed expectation is the report")]

use std::fs;
use std::path::Path;

#[test]
fn mistakes_are_told_where_they_are() {
    lay_out_schemas();
    trybuild::TestCases::new().compile_fail("cases/*.rs");
}

/// The cases name their schemas as an application does, beside its manifest: that of trybuild's own package.
fn lay_out_schemas() {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let package = target.join("tests/trybuild").join(env!("CARGO_PKG_NAME"));
    fs::create_dir_all(&package).unwrap();
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    for file in fs::read_dir(cases).unwrap() {
        let path = file.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            fs::copy(&path, package.join(path.file_name().unwrap())).unwrap();
        }
    }
}
