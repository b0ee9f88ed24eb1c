//! `cachex gen rust` prints the bytes that people approved, which are those that the macro expands to.

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn the_text_is_the_approved_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let printed = Command::new(env!("CARGO_BIN_EXE_cachex"))
        .args(["gen", "rust", "--schema"])
        .arg(root.join("schemas/blog.yaml"))
        .output()
        .unwrap();
    assert!(printed.status.success());
    let approved = fs::read(root.join("tests/golden/rust/blog.rs")).unwrap();
    assert!(
        printed.stdout == approved,
        "`cachex gen rust` differs from tests/golden/rust/blog.rs"
    );
}
