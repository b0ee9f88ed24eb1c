//! The files that are measured: copies, which may be edited and multiplied.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::Outcome;

/// A folder of sources.
pub(crate) struct Corpus {
    folder: PathBuf,
    files: usize,
    lines: u32,
    /// The file that edits change, and its text before them.
    edited: (PathBuf, String),
}

/// How one file is changed between two runs.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Edit {
    /// Not at all.
    Nothing,
    /// A comment at its beginning: every place in it moves.
    Comment,
    /// The body of one of its functions.
    Body,
    /// One function more.
    Function,
}

impl Edit {
    pub(crate) const ALL: [Self; 4] = [Self::Nothing, Self::Comment, Self::Body, Self::Function];
}

impl fmt::Display for Edit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Nothing => "nothing",
            Self::Comment => "comment",
            Self::Body => "body",
            Self::Function => "function",
        })
    }
}

impl Corpus {
    /// A copy of the Rust and SQL files and manifests below a folder.
    pub(crate) fn copied(from: &Path, to: &Path) -> Outcome<Self> {
        Self::of_lines(from, to, 0)
    }

    /// As many copies side by side as make up so many lines, each a folder of its own; at least one.
    pub(crate) fn of_lines(from: &Path, to: &Path, wanted: u32) -> Outcome<Self> {
        let _ = fs::remove_dir_all(to);
        let sources = files_below(from)?;
        let mut corpus = Self {
            folder: to.to_owned(),
            files: 0,
            lines: 0,
            edited: (PathBuf::new(), String::new()),
        };
        for copy in 0.. {
            let before = corpus.lines;
            corpus.add(from, &sources, &to.join(format!("copy{copy}")))?;
            if corpus.lines >= wanted || corpus.lines == before {
                break;
            }
        }
        Ok(corpus)
    }

    fn add(&mut self, from: &Path, sources: &[PathBuf], to: &Path) -> Outcome<()> {
        for source in sources {
            let copy = to.join(source.strip_prefix(from)?);
            fs::create_dir_all(copy.parent().unwrap_or(to))?;
            fs::copy(source, &copy)?;
            if copy.extension().is_none_or(|extension| extension != "rs") {
                continue;
            }
            let bytes = fs::read(&copy)?;
            self.files += 1;
            let lines = String::from_utf8_lossy(&bytes).lines().count();
            self.lines += u32::try_from(lines)?;
            self.keep_for_edits(copy, bytes);
        }
        Ok(())
    }

    /// The longest file is the one that is edited: the hardest choice.
    fn keep_for_edits(&mut self, file: PathBuf, bytes: Vec<u8>) {
        let Ok(text) = String::from_utf8(bytes) else {
            return;
        };
        if text.len() > self.edited.1.len() {
            self.edited = (file, text);
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn files(&self) -> usize {
        self.files
    }

    pub(crate) fn lines(&self) -> u32 {
        self.lines
    }

    /// Changes one file, so that no two rounds leave the same text.
    pub(crate) fn edit(&self, edit: Edit, round: usize) -> Outcome<()> {
        let (file, text) = &self.edited;
        let before = fs::read_to_string(file)?;
        let changed = match edit {
            Edit::Nothing => return Ok(()),
            Edit::Comment => format!("// round {round}\n{before}"),
            Edit::Body => before.replacen("fn measured() {", &body(round), 1),
            Edit::Function => {
                format!("{text}\n\npub fn measured() {{ }}\npub fn more_{round}() {{ }}\n")
            }
        };
        fs::write(file, changed)?;
        Ok(())
    }
}

fn body(round: usize) -> String {
    format!("fn measured() {{ let _ = String::from(\"{round}\").len();")
}

/// Rust and SQL files and manifests, sorted.
pub(crate) fn files_below(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in WalkBuilder::new(folder)
        .filter_entry(|entry| entry.file_name() != "target")
        .build()
    {
        let path = entry?.into_path();
        let wanted = path
            .extension()
            .is_some_and(|extension| extension == "rs" || extension == "sql")
            || path.file_name().is_some_and(|name| name == "Cargo.toml");
        if wanted && path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
