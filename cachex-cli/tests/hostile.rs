//! Sources that are meant to break a reader: each is a finding with its code and place, none hides another.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failed expectation is the report"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const DEEP: usize = 100_000;

/// An application in which one handler forgot its invalidation, and a folder for what is hostile beside it.
fn application(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("hostile")
        .join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("src")).unwrap();
    let case = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/check/CX1001-forgotten-in-the-handler");
    fs::copy(case.join("cachex.yaml"), folder.join("cachex.yaml")).unwrap();
    for file in fs::read_dir(case.join("src")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), folder.join("src").join(file.file_name())).unwrap();
    }
    folder
}

fn add(folder: &Path, name: &str, text: impl AsRef<[u8]>) {
    let file = folder.join("src").join(name);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// Exit status and JSON of a check.
fn check(folder: &Path) -> (i32, serde_json::Value) {
    let ran = Command::new(env!("CARGO_BIN_EXE_cachex"))
        .args(["check", ".", "--format", "json"])
        .current_dir(folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    let found = serde_json::from_slice(&ran.stdout);
    let status = ran.status.code();
    assert!(status.is_some() && found.is_ok(), "{status:?} {said}");
    (status.unwrap(), found.unwrap())
}

/// Where a code is reported, as `file:line`.
fn places(found: &serde_json::Value, code: &str) -> Vec<String> {
    let findings = found["findings"].as_array().unwrap();
    let of_code = findings.iter().filter(|finding| finding["code"] == code);
    of_code
        .map(|finding| {
            let place = &finding["labels"][0];
            format!("{}:{}", place["file"].as_str().unwrap(), place["line"])
        })
        .collect()
}

/// The forgotten invalidation is still an error, and the files are CX1104 at these places.
fn refused(folder: &Path, expected: &[&str]) {
    let (status, found) = check(folder);
    assert_eq!(status, 1, "{found}");
    assert_eq!(places(&found, "CX1001").len(), 1, "{found}");
    assert_eq!(places(&found, "CX1104"), expected);
}

#[test]
fn no_file_hides_another() {
    let folder = application("no_file_hides_another");
    add(&folder, "a_broken.rs", "pub fn unfinished( {\n");
    add(&folder, "b_latin.rs", b"// one\npub fn caf\xe9() {}\n");
    add(&folder, "c_zeros.rs", vec![0; 5_000]);
    add(
        &folder,
        "d_string.rs",
        "\n\npub const A: &str = \"never closed",
    );
    refused(
        &folder,
        &[
            "src/a_broken.rs:1",
            "src/b_latin.rs:2",
            "src/c_zeros.rs:1",
            "src/d_string.rs:3",
        ],
    );
}

#[test]
fn a_hundred_megabytes_are_refused() {
    let folder = application("a_hundred_megabytes_are_refused");
    add(&folder, "large.rs", "");
    let file = fs::File::options()
        .write(true)
        .open(folder.join("src/large.rs"))
        .unwrap();
    file.set_len(100 << 20).unwrap();
    refused(&folder, &["src/large.rs:1"]);
}

/// Wherever brackets may stand in one another.
#[test]
fn no_nesting_overflows() {
    for (index, (before, open, close, behind)) in [
        ("fn f() { ", "(", ")", " }"),
        ("fn f() { ", "{", "}", " }"),
        ("fn f() { ", "[", "]", " }"),
        ("fn f() { ", "m!(", ")", " }"),
        ("fn f() { ", "if a { ", "}", " }"),
        ("fn f() { ", "|| (", ")", " }"),
        ("fn f() { ", "async { ", "}", " }"),
        ("fn f() { match a { b => ", "match a { b => ", "}", " } }"),
        ("type T = ", "Vec<", ">", ";"),
        ("type T = ", "(u8, ", ")", ";"),
        ("type T = ", "[", "; 1]", ";"),
        ("use a::", "{a::", "}", ";"),
        ("", "mod a { ", "}", ""),
        ("", "m! { ", "}", ""),
        ("", "impl A { fn f() { ", "} }", ""),
        ("fn f() { let ", "Some(", ")", " = a; }"),
        ("#[", "cfg_attr(a, ", ")", "] fn f() {}"),
    ]
    .iter()
    .enumerate()
    {
        let folder = application(&format!("nesting_{index}"));
        let (open, close) = (open.repeat(DEEP), close.repeat(DEEP));
        add(
            &folder,
            "deep.rs",
            format!("\n{before}{open}{close}{behind}\n"),
        );
        let (status, found) = check(&folder);
        assert_eq!(status, 1, "{before}{found}");
        assert_eq!(places(&found, "CX1001").len(), 1, "{before}");
        // The file, and where it is in a body the function too.
        let mut at = places(&found, "CX1104");
        at.dedup();
        assert_eq!(at, ["src/deep.rs:2"], "{before}");
    }
}

/// What rustc reads without a bracket in a bracket; not all of it is beyond us.
#[test]
fn no_length_hangs() {
    for (index, text) in [
        format!("fn f() {{ a{} }}", ".b()".repeat(DEEP)),
        format!("fn f() {{ a{} }}", " + b".repeat(DEEP)),
        format!("fn f() {{ {}a }}", "&".repeat(DEEP)),
        format!("fn f() {{ {}a }}", "!".repeat(DEEP)),
        format!("fn f() {{ {} {{}} }}", "if a {} else ".repeat(DEEP)),
        format!("fn f() {{ {} a }}", "return ".repeat(DEEP)),
        format!("type T = {}u8;", "&".repeat(DEEP)),
        format!("type T = a{};", "::a".repeat(DEEP)),
        format!("use a{};", "::a".repeat(DEEP)),
        format!("fn f() {{ q(\"SELECT {}1 FROM t\") }}", "(".repeat(DEEP)),
        format!(
            "fn f() {{ q(\"DELETE FROM t WHERE {}\") }}",
            "NOT ".repeat(DEEP)
        ),
        format!("fn f() {{ q(\"{}\") }}", "SELECT * FROM (".repeat(DEEP)),
        format!("fn f() {{ format!(\"DELETE FROM {}\") }}", "{".repeat(DEEP)),
    ]
    .iter()
    .enumerate()
    {
        let folder = application(&format!("length_{index}"));
        add(&folder, "long.rs", text);
        let (status, found) = check(&folder);
        assert_eq!(status, 1, "{found}");
        let begin: String = text.chars().take(40).collect();
        assert_eq!(places(&found, "CX1001").len(), 1, "{begin}");
    }
}

#[test]
fn circles_end() {
    let folder = application("circles_end");
    add(
        &folder,
        "one.rs",
        "#[path = \"one.rs\"] mod again;\ninclude!(\"two.rs\");\n",
    );
    add(
        &folder,
        "two.rs",
        "include!(\"one.rs\");\n#[path = \"three.rs\"] mod three;\n",
    );
    add(&folder, "three.rs", "#[path = \"two.rs\"] mod two;\n");
    add(
        &folder,
        "four.rs",
        "macro_rules! m { ($($t:tt)*) => { m!($($t)* $($t)*); } }\nm!(a);\n",
    );
    add(
        &folder,
        "five.rs",
        "type A = B; type B = A;\ntrait C: D {} trait D: C {}\nfn f(a: A, c: &dyn C) { a.x(); c.y() }\n",
    );
    let (status, found) = check(&folder);
    assert_eq!(status, 1, "{found}");
    assert_eq!(places(&found, "CX1001").len(), 1, "{found}");
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_and_nowhere_are_findings() {
    use std::os::unix::fs::symlink;
    let folder = application("links");
    let src = folder.join("src");
    symlink("loop.rs", src.join("loop.rs")).unwrap();
    symlink("nowhere", src.join("gone.rs")).unwrap();
    symlink("..", src.join("up")).unwrap();
    add(&folder, "../elsewhere/real.rs", "pub fn broken( {\n");
    symlink("../elsewhere/real.rs", src.join("linked.rs")).unwrap();
    refused(
        &folder,
        &[
            "elsewhere/real.rs:1",
            "src/gone.rs:1",
            "src/linked.rs:1",
            "src/loop.rs:1",
        ],
    );
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_a_finding() {
    use std::os::unix::fs::PermissionsExt;
    let folder = application("what_may_not_be_read");
    add(&folder, "closed.rs", "fn f() {}\n");
    add(&folder, "shut/inside.rs", "fn f() {}\n");
    let close = |name: &str, mode: u32| {
        let path = folder.join("src").join(name);
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    close("closed.rs", 0);
    close("shut", 0);
    // Who may read everything is refused nothing.
    let almighty = fs::read(folder.join("src/closed.rs")).is_ok();
    if almighty {
        refused(&folder, &[]);
    } else {
        refused(&folder, &["src/closed.rs:1", "src/shut:1"]);
    }
    close("shut", 0o755);
}
