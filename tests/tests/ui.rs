//! Reports as a user sees them: each schema in `ui/<CODE>-<rule>/` against the `.stderr` beside it.
//!
//! A new case is a new file and no Rust. A case is a file `name.yaml` (or `name.json`), or a folder `name/` with a
//! `cachex.yaml` in it. A first line `# size limit: 64 bytes` sets the limit. What stands in `ui/valid/` must be
//! silent. `UPDATE=1 cargo test -p cachex-tests --test ui` writes what is reported now: read it before it is
//! committed.
#![expect(clippy::unwrap_used, reason = "a failed expectation is the report")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cachex_compiler::diagnostics::{Look, human, registry};
use cachex_compiler::{Asked, Compilation, Options, Unreadable, compile_files};
use libtest_mimic::{Arguments, Failed, Trial};

/// Where schemas lie that nothing is wrong with.
const VALID: &str = "valid";

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui");
    let mut trials = Vec::new();
    for folder in children(&root) {
        for case in children(&folder).into_iter().filter(|path| is_case(path)) {
            let name = case.strip_prefix(&root).unwrap().display().to_string();
            trials.push(Trial::test(name, move || check(&case)));
        }
    }
    trials.push(Trial::test("every rule has a case", move || {
        every_rule_has_a_case(&root)
    }));
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn children(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
}

fn is_case(path: &Path) -> bool {
    path.is_dir()
        || path
            .extension()
            .is_some_and(|extension| extension == "yaml" || extension == "json")
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// Compiles a case and compares what it reports with what it reported when somebody last read it.
fn check(case: &Path) -> Result<(), Failed> {
    let compilation = compiled(case);
    let report = human(&compilation.diagnostics, &compilation.sources, Look::Plain);
    let folder = name(case.parent().unwrap());
    let expected = case.with_extension("stderr");
    if folder == VALID {
        return same("", &report);
    }
    if !compilation
        .diagnostics
        .iter()
        .any(|found| folder == folder_of(found.rule))
    {
        return Err(format!("`{folder}` is not reported, but\n{report}").into());
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&expected, &report).unwrap();
    }
    same(&fs::read_to_string(&expected).unwrap_or_default(), &report)
}

fn same(expected: &str, found: &str) -> Result<(), Failed> {
    if expected == found {
        return Ok(());
    }
    Err(format!("expected\n{expected}\nfound\n{found}\n`UPDATE=1` writes what was found").into())
}

/// A case's files, named as they stand in its folder.
fn compiled(case: &Path) -> Compilation {
    let root = if case.is_dir() {
        case.join("cachex.yaml")
    } else {
        case.to_owned()
    };
    let bytes = fs::read(&root).unwrap();
    let mut read = |asked: Asked<'_>| match asked {
        Asked::Root => Ok(bytes.clone()),
        Asked::Included(path) => {
            fs::read(root.with_file_name(path)).map_err(|_| Unreadable::Missing)
        }
    };
    compile_files(&name(&root), &mut read, &options(&bytes))
}

fn options(bytes: &[u8]) -> Options {
    let text = String::from_utf8_lossy(bytes);
    let limit = text
        .strip_prefix("# size limit: ")
        .and_then(|rest| rest.split(' ').next()?.parse().ok());
    limit.map_or_else(Options::default, |size_limit| Options { size_limit })
}

/// `CX0301-dependency-cycle`.
fn folder_of(rule: &registry::Rule) -> String {
    format!("{}-{}", rule.code, rule.name.replace('_', "-"))
}

fn every_rule_has_a_case(root: &Path) -> Result<(), Failed> {
    let folders: Vec<String> = children(root).iter().map(|path| name(path)).collect();
    let of_language = registry::RULES.iter().filter(|rule| rule.code < "CX10");
    let missing: Vec<String> = of_language
        .map(|rule| folder_of(rule))
        .filter(|name| !folders.contains(name))
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(format!("no case for {}", missing.join(", ")).into())
    }
}
