//! What CX1001 and CX1002 advise works when followed: the annotations are taken from the reports of `tests/check` and
//! of the example with mistakes, read by the macros' grammar, written into a copy, and checked again.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failed expectation is the report"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

#[path = "../../cachex-macros/src/annotation.rs"]
#[expect(dead_code, reason = "only the grammar's judgement counts here")]
mod annotation;
#[path = "../../cachex-macros/src/pattern.rs"]
mod pattern;

#[test]
fn advice_that_is_followed_closes_the_gap() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let cases = fs::read_dir(root.join("tests/check")).unwrap();
    let mut cases: Vec<PathBuf> = cases.map(|case| case.unwrap().path()).collect();
    cases.retain(|case| {
        let name = case.file_name().unwrap().to_string_lossy();
        name.starts_with("CX1001") || name.starts_with("CX1002")
    });
    cases.sort();
    cases.push(root.join("examples/blog-forgotten"));
    let mut followed = 0;
    for case in cases {
        followed += follow(&case);
    }
    assert!(followed >= 12, "only {followed} suggestions were found");
}

/// Follows every suggestion of a case; returns how many there were.
fn follow(case: &Path) -> usize {
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("suggestions")
        .join(case.file_name().unwrap());
    let _ = fs::remove_dir_all(&copy);
    copy_sources(case, &copy);
    let before = gaps(&copy);
    let mut followed = Vec::new();
    for finding in &before {
        let help = finding["help"].as_str().unwrap_or_default();
        if help.contains("#[invalidates(") && !help.starts_with("make the closure") {
            apply(&copy, finding["file"].as_str().unwrap(), help);
            followed.push(finding["message"].as_str().unwrap().to_owned());
        }
    }
    let after = gaps(&copy);
    for finding in &after {
        let message = finding["message"].as_str().unwrap();
        let still = followed.iter().any(|before| before == message);
        assert!(!still, "{}: still `{message}`", case.display());
    }
    let open = before.len() - followed.len();
    assert_eq!(after.len(), open, "{}: {after:#?}", case.display());
    followed.len()
}

/// The sources and the rules, where `check` finds them without cargo.
fn copy_sources(case: &Path, copy: &Path) {
    fs::create_dir_all(copy.join("src")).unwrap();
    let own = case.join("cachex.yaml");
    let name = "blog.yaml";
    let rules = if own.exists() {
        own
    } else {
        case.join("../../schemas").join(name)
    };
    fs::copy(rules, copy.join("cachex.yaml")).unwrap();
    for file in fs::read_dir(case.join("src")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), copy.join("src").join(file.file_name())).unwrap();
    }
}

fn gaps(folder: &Path) -> Vec<Value> {
    let ran = Command::new(env!("CARGO_BIN_EXE_cachex"))
        .args(["check", ".", "--src", "src", "--format", "json"])
        .current_dir(folder)
        .output()
        .unwrap();
    let said: Value = serde_json::from_slice(&ran.stdout)
        .unwrap_or_else(|_| panic!("{}: {ran:?}", folder.display()));
    let found = said["findings"].as_array().unwrap().clone();
    let gap = |finding: &Value| finding["code"] == "CX1001" || finding["code"] == "CX1002";
    found.into_iter().filter(gap).collect()
}

/// `` add `A` and `B` to `f`, and write `N` for `O` on `f` ``
fn apply(folder: &Path, file: &str, help: &str) {
    let mut waiting: Vec<&str> = Vec::new();
    let parts: Vec<&str> = help.split('`').collect();
    for pair in parts.chunks(2) {
        let [said, code] = pair else { continue };
        match said.trim() {
            "to" => {
                for annotation in waiting.drain(..) {
                    put_before(folder, file, code, annotation);
                }
            }
            "on" => {
                let [new, old] = waiting.as_slice() else {
                    panic!("{help}")
                };
                replace(folder, old, new);
                waiting.clear();
            }
            _ => {
                let tokens = code
                    .strip_prefix("#[invalidates(")
                    .and_then(|rest| rest.strip_suffix(")]"))
                    .unwrap_or_else(|| panic!("{help}"));
                if let Err(error) = syn::parse_str::<annotation::Annotation>(tokens) {
                    panic!("`{code}` is none of the macro's: {error}");
                }
                waiting.push(code);
            }
        }
    }
    assert!(waiting.is_empty(), "{help}");
}

/// Above a function, in the file of the finding or another one.
fn put_before(folder: &Path, file: &str, function: &str, annotation: &str) {
    // Where there are several of one name, what tells them apart stands before it.
    let name = function.rsplit("::").next().unwrap();
    let head = format!("fn {name}(");
    let attribute = annotation.replace("#[invalidates", "#[cachex::invalidates");
    edit(folder, Some(file), |text| {
        let at = text.find(&head)?;
        let line = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
        let (before, after) = text.split_at(line);
        Some(format!("{before}{attribute}\n{after}"))
    });
}

/// One annotation for another.
fn replace(folder: &Path, old: &str, new: &str) {
    let tokens = |annotation: &str| annotation.trim_start_matches("#[").to_owned();
    let (old, new) = (tokens(old), tokens(new));
    edit(folder, None, |text| {
        text.contains(&old).then(|| text.replacen(&old, &new, 1))
    });
}

fn edit(folder: &Path, first: Option<&str>, change: impl Fn(&str) -> Option<String>) {
    let mut files: Vec<PathBuf> = first.map(|file| folder.join(file)).into_iter().collect();
    let rest = fs::read_dir(folder.join("src")).unwrap();
    files.extend(rest.map(|file| file.unwrap().path()));
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        if let Some(changed) = change(&text) {
            fs::write(&file, changed).unwrap();
            return;
        }
    }
    panic!("nothing to change in {}", folder.display());
}
