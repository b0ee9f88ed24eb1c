//! `cachex check` as a user sees it: each application in `tests/check/` against the `report.txt` in it.
//!
//! A new case is a new folder and no Rust: a `cachex.yaml`, sources in `src/`, and perhaps further `arguments`. A
//! folder named after a code must be reported under that code, one whose name has no code must end with status 0.
//! `UPDATE=1 cargo test -p cachex-cli --test cases` writes what is reported now: read it before it is committed.
#![expect(clippy::unwrap_used, reason = "a failed expectation is the report")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/check");
    let mut cases: Vec<PathBuf> = fs::read_dir(&root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    let trials = cases.into_iter().map(|case| {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        Trial::test(name.clone(), move || check(&name, &case))
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

fn check(name: &str, case: &Path) -> Result<(), Failed> {
    let given = fs::read_to_string(case.join("arguments")).unwrap_or_default();
    let ran = Command::new(env!("CARGO_BIN_EXE_cachex"))
        .args(["check", ".", "--color", "never"])
        .args(given.split_whitespace())
        .current_dir(case)
        .output()
        .unwrap();
    let said = String::from_utf8(ran.stdout).unwrap() + &String::from_utf8(ran.stderr).unwrap();
    let report = format!("{said}exit status {}\n", ran.status.code().unwrap());
    let code = name.split('-').next().filter(|code| code.starts_with("CX"));
    match code {
        Some(code) if !report.contains(&format!("[{code}]")) && !report.contains(code) => {
            return Err(format!("`{code}` is not reported, but\n{report}").into());
        }
        None if ran.status.code() != Some(0) && !name.starts_with("treacherous") => {
            return Err(format!("this should be silent:\n{report}").into());
        }
        _ => {}
    }
    let expected = case.join("report.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&expected, &report).unwrap();
    }
    let wanted = fs::read_to_string(&expected).unwrap_or_default();
    if wanted == report {
        return Ok(());
    }
    Err(format!("expected\n{wanted}\nfound\n{report}\n`UPDATE=1` writes what was found").into())
}
