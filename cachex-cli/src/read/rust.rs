//! Reads and parses an application's Rust sources, in parallel.
//!
//! Keeps true: the result depends on the files alone, not on the number of threads nor on the order they were listed in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cachex_compiler::analyze::{self, Facts, FileFacts, SourceFile, Target, Unknown, UnknownKind, Workspace};
use cachex_compiler::source::{FileId, SourceMap, Span};
use rayon::prelude::*;

use crate::project::{Crate, Project, relative};

/// Files beyond this size are no code that a person wrote.
const SIZE_LIMIT: u64 = 16 << 20;

/// What the sources of an application say.
pub(crate) struct Rust {
    /// What was understood, and what was not.
    pub(crate) facts: Facts,
}

/// One file.
struct Parsed {
    path: String,
    outcome: Result<(String, FileFacts), String>,
}

/// Reads the project's files into the map and links what they say. Paths are shown as seen from a folder.
pub(crate) fn rust(project: &Project, options: &analyze::Options, seen_from: &Path, sources: &mut SourceMap) -> Rust {
    let files: Vec<&PathBuf> = project.files.iter().collect();
    // Collecting keeps the order of the list, whichever thread was first.
    let parsed: Vec<Parsed> = files
        .par_iter()
        .map(|file| Parsed { path: relative(seen_from, file), outcome: parse(file, options) })
        .collect();
    let mut unknowns = Vec::new();
    let mut read: Vec<(FileId, String, FileFacts)> = Vec::new();
    for file in parsed {
        match file.outcome {
            Ok((text, facts)) => read.push((sources.add(file.path.clone(), text), file.path, facts)),
            Err(reason) => {
                let id = sources.add(file.path.clone(), String::new());
                unknowns.push(unknown(id, reason));
            }
        }
    }
    let workspace = Workspace {
        files: read.iter().map(|(id, path, facts)| SourceFile { id: *id, path, facts }).collect(),
        targets: project.crates.iter().map(|of| target(of, seen_from)).collect(),
        texts: texts(project, seen_from),
    };
    let mut facts = analyze::link(&workspace, options);
    facts.unknowns.extend(unknowns);
    Rust { facts }
}

fn unknown(file: FileId, reason: String) -> Unknown {
    let span = Span::new(file, 0..0);
    Unknown { reason, function: None, place: analyze::Place { span, line: 1 }, kind: UnknownKind::File }
}

fn parse(file: &Path, options: &analyze::Options) -> Result<(String, FileFacts), String> {
    let size = std::fs::metadata(file).map_err(|error| error.to_string())?.len();
    if size > SIZE_LIMIT {
        return Err(format!("it has {size} bytes, and {SIZE_LIMIT} are read at most"));
    }
    let bytes = std::fs::read(file).map_err(|error| error.to_string())?;
    let text = String::from_utf8(bytes).map_err(|error| {
        format!("byte {} is not UTF-8", error.utf8_error().valid_up_to())
    })?;
    let facts = analyze::parse_file(&text, options.dialect);
    Ok((text, facts))
}

fn target(of: &Crate, seen_from: &Path) -> Target {
    let shown = |path: &PathBuf| relative(seen_from, path);
    Target {
        name: of.name.clone(),
        kind: of.kind,
        root: shown(&of.root),
        folder: shown(&of.folder),
        dependencies: of.dependencies.iter().map(|(name, root)| (name.clone(), shown(root))).collect(),
    }
}

/// The SQL files beside the sources, for `query_file!` and `include_str!`.
fn texts(project: &Project, seen_from: &Path) -> BTreeMap<String, String> {
    let texts = project.texts.iter().filter_map(|file| Some((relative(seen_from, file), std::fs::read_to_string(file).ok()?)));
    texts.collect()
}
