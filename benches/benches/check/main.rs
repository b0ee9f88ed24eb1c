//! How long and how large a check is: `cargo bench -p cachex-benches --bench check [-- PATH]` (the workspace itself).
//!
//! Prints `ratio NAME VALUE` lines. Time is that of whole processes, so starting, listing files, reading and printing
//! count on cachex's side: `cachex facts` of all files against syn parsing the same files on the same cores, and a run
//! after an edit of one file against one that knows nothing. Rounds are interleaved, and the median counts. Nothing
//! below PATH is touched: what is edited is a copy.

mod child;
mod corpus;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use child::{Cache, Ran};
use corpus::{Corpus, Edit};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Odd, so that there is a median.
const ROUNDS: usize = 9;
/// What the memory bar speaks of.
const LINES: u32 = 1_000_000;

fn main() -> Outcome<()> {
    if child::is_one() {
        return child::run();
    }
    let given = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with("--"));
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let path = given.map_or(workspace, PathBuf::from).canonicalize()?;
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("check");
    let corpus = Corpus::copied(&path, &scratch.join("once"))?;
    println!("files {} lines {}", corpus.files(), corpus.lines());
    times(&corpus, &scratch.join("cache"))?;
    memory(&path, &scratch.join("million"))
}

fn times(corpus: &Corpus, cache: &Path) -> Outcome<()> {
    let mut rounds: Vec<Round> = Vec::new();
    for round in 0..=ROUNDS {
        rounds.push(Round::of(corpus, cache, round)?);
    }
    // The first one warmed the file system's cache.
    rounds.remove(0);
    let median = |of: &dyn Fn(&Round) -> Duration| {
        let mut all: Vec<Duration> = rounds.iter().map(of).collect();
        all.sort();
        all.get(ROUNDS / 2).map_or(0.0, Duration::as_secs_f64)
    };
    let (syn, cold) = (median(&|it| it.syn), median(&|it| it.cold));
    println!("seconds syn {syn:.4} cold {cold:.4}");
    println!("ratio cold-to-syn {:.3}", cold / syn);
    for (index, edit) in Edit::ALL.iter().enumerate() {
        let warm = median(&|it| it.warm.get(index).copied().unwrap_or_default());
        println!("seconds warm-{edit} {warm:.4}");
        println!("ratio warm-{edit}-to-cold {:.3}", warm / cold);
    }
    let again = median(&|it| it.again);
    println!("seconds warm-again {again:.4}");
    println!("ratio warm-again-to-cold {:.3}", again / cold);
    Ok(())
}

/// One run of each contender.
struct Round {
    syn: Duration,
    cold: Duration,
    warm: Vec<Duration>,
    /// Once more after the last edit, of which nothing was kept.
    again: Duration,
}

impl Round {
    fn of(corpus: &Corpus, cache: &Path, number: usize) -> Outcome<Self> {
        let syn = child::syn(corpus.folder())?.time;
        let cold = child::cachex(corpus.folder(), Cache::Off)?;
        let mut warm = Vec::new();
        for edit in Edit::ALL {
            // Small edits change nothing of what is kept: each is to be the first one.
            if cache.exists() {
                fs::remove_dir_all(cache)?;
            }
            child::cachex(corpus.folder(), Cache::At(cache))?;
            corpus.edit(edit, number)?;
            let run = child::cachex(corpus.folder(), Cache::At(cache))?;
            same(&run, &child::cachex(corpus.folder(), Cache::Off)?, edit)?;
            warm.push(run.time);
        }
        Ok(Self {
            syn,
            cold: cold.time,
            warm,
            again: child::cachex(corpus.folder(), Cache::At(cache))?.time,
        })
    }
}

/// A fast answer counts only where it is the right one.
fn same(warm: &Ran, cold: &Ran, edit: Edit) -> Outcome<()> {
    if warm.printed == cold.printed {
        return Ok(());
    }
    Err(format!("after an edit ({edit}) the cache gave something else").into())
}

fn memory(path: &Path, folder: &Path) -> Outcome<()> {
    let corpus = Corpus::of_lines(path, folder, LINES)?;
    let ran = child::cachex(corpus.folder(), Cache::Off)?;
    let megabytes = ran.peak_kilobytes / 1024;
    let share = f64::from(LINES) / f64::from(corpus.lines());
    println!(
        "memory lines {} megabytes {megabytes} seconds {:.2}",
        corpus.lines(),
        ran.time.as_secs_f64()
    );
    let gigabytes = f64::from(ran.peak_kilobytes) / 1_048_576.0;
    println!(
        "ratio memory-of-a-million-lines-to-a-gigabyte {:.3}",
        gigabytes * share
    );
    Ok(())
}
