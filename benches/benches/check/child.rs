//! What is measured runs in a process of its own: this program again, told by its first argument.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::Outcome;

/// The first argument of a child.
const SYN: &str = "--child-syn";
const CACHEX: &str = "--child-cachex";
/// syn descends by recursion.
const STACK: usize = 256 << 20;

/// What a child did.
pub(crate) struct Ran {
    pub(crate) time: Duration,
    pub(crate) printed: Vec<u8>,
    pub(crate) peak_kilobytes: u32,
}

/// Where a run keeps what it found.
#[derive(Clone, Copy)]
pub(crate) enum Cache<'a> {
    Off,
    At(&'a Path),
}

pub(crate) fn is_one() -> bool {
    let first = std::env::args().nth(1);
    matches!(first.as_deref(), Some(SYN | CACHEX))
}

/// Parses with syn.
pub(crate) fn syn(folder: &Path) -> Outcome<Ran> {
    ran(Command::new(std::env::current_exe()?).arg(SYN).arg(folder))
}

/// `cachex facts`.
pub(crate) fn cachex(folder: &Path, cache: Cache<'_>) -> Outcome<Ran> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(CACHEX).arg("facts").arg("--src").arg(folder);
    command.args(["--format", "jsonl"]).arg(folder);
    match cache {
        Cache::Off => command.arg("--no-cache"),
        Cache::At(place) => command.arg("--cache-dir").arg(place),
    };
    ran(&mut command)
}

fn ran(command: &mut Command) -> Outcome<Ran> {
    command.stdin(Stdio::null());
    let begun = Instant::now();
    let output = command.output()?;
    let time = begun.elapsed();
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("a measured run failed: {said}").into());
    }
    let peak = said.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|peak| peak.trim().strip_suffix("kB")?.trim().parse().ok());
    Ok(Ran {
        time,
        printed: output.stdout,
        peak_kilobytes: peak.unwrap_or_default(),
    })
}

/// The child's own side.
pub(crate) fn run() -> Outcome<()> {
    let mut arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let which = arguments.remove(0);
    if which == SYN {
        let folder = arguments.first().ok_or("a child is told its folder")?;
        parse_with_syn(Path::new(folder))?;
        return Ok(());
    }
    arguments.insert(0, "cachex".into());
    let status = cachex_cli::run(arguments);
    if status != std::process::ExitCode::SUCCESS {
        return Err("cachex could not run".into());
    }
    let known = fs::read_to_string("/proc/self/status").unwrap_or_default();
    for line in known.lines().filter(|line| line.starts_with("VmHWM:")) {
        eprintln!("{line}");
    }
    Ok(())
}

/// Every file is read and parsed on all cores; the trees are left for the process's end to free.
fn parse_with_syn(folder: &Path) -> Outcome<()> {
    let files: Vec<PathBuf> = crate::corpus::files_below(folder)?
        .into_iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    let pool = rayon::ThreadPoolBuilder::new().stack_size(STACK).build()?;
    let parsed: usize = pool.install(|| {
        let parse = |file: &PathBuf| -> usize {
            let Ok(text) = fs::read_to_string(file) else {
                return 0;
            };
            match syn::parse_file(&text) {
                Ok(tree) => {
                    std::mem::forget(tree);
                    1
                }
                Err(_) => 0,
            }
        };
        files.par_iter().map(parse).sum()
    });
    println!("{parsed}");
    Ok(())
}
