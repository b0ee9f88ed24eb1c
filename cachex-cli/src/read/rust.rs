//! Reads and parses an application's Rust sources, in parallel.
//!
//! Keeps true: the result depends on the files alone, not on the number of threads nor on the order they were listed
//! in; a file that can't be read is among what was not understood, and hides no other.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use cachex_compiler::analyze::{
    self, Facts, FileFacts, Place, SourceFile, Target, Unknown, UnknownKind, Workspace,
};
use cachex_compiler::model::Check;
use cachex_compiler::source::{FileId, SourceMap, Span};
use rayon::prelude::*;

use crate::project::{Crate, Project, relative};

/// No more of a file is read: the analyser refuses what is larger, and must see that it is.
const MOST: u64 = (64 << 20) + 1;

/// How the sources are analysed where the rules say nothing about it.
pub(crate) fn options(check: Option<&Check>, tests: analyze::Tests) -> analyze::Options {
    let default = analyze::Options::default();
    let Some(check) = check else {
        return analyze::Options { tests, ..default };
    };
    let names = |names: &[cachex_compiler::model::Name]| {
        names.iter().map(|name| name.value.clone()).collect()
    };
    analyze::Options {
        dialect: check
            .dialect
            .as_ref()
            .map_or(default.dialect, |dialect| dialect.value),
        attributes: names(&check.handler_attributes),
        routers: names(&check.handler_routers),
        jobs: names(&check.handler_jobs),
        tests,
    }
}

/// One file, read and parsed.
struct Parsed {
    path: String,
    read: Result<(String, FileFacts), String>,
}

/// Reads the project's files into the map and links what they say. Paths are shown as seen from a folder.
pub(crate) fn rust(
    project: &Project,
    options: &analyze::Options,
    seen_from: &Path,
    sources: &mut SourceMap,
) -> Facts {
    let files: Vec<&PathBuf> = project.files.iter().collect();
    // Collecting keeps the order of the list, whichever thread was first.
    let parsed: Vec<Parsed> = files
        .par_iter()
        .map(|file| parse(file, options, seen_from))
        .collect();
    let (mut read, mut unread): (Vec<(FileId, String, FileFacts)>, Vec<Unknown>) =
        (Vec::new(), Vec::new());
    for Parsed {
        path,
        read: outcome,
    } in parsed
    {
        match outcome {
            Ok((text, facts)) => read.push((sources.add(path.clone(), text), path, facts)),
            Err(reason) => unread.push(unknown(sources.add(path, String::new()), reason)),
        }
    }
    let workspace = Workspace {
        files: read
            .iter()
            .map(|(id, path, facts)| SourceFile {
                id: *id,
                path,
                facts,
            })
            .collect(),
        targets: project
            .crates
            .iter()
            .map(|of| target(of, seen_from))
            .collect(),
        texts: project
            .texts
            .iter()
            .filter_map(|file| text(file, seen_from))
            .collect(),
    };
    let mut facts = analyze::link(&workspace, options);
    facts.unknowns.extend(unread);
    facts
}

fn parse(file: &Path, options: &analyze::Options, seen_from: &Path) -> Parsed {
    let read = bytes(file).map_err(|error| error.to_string()).map(|bytes| {
        let facts = analyze::parse_file(&bytes, options.dialect);
        // Of a file that is no UTF-8 the analyser says where; what messages show of it need not be exact.
        let text = String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        (text, facts)
    });
    Parsed {
        path: relative(seen_from, file),
        read,
    }
}

fn bytes(file: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(file)?.take(MOST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unknown(file: FileId, reason: String) -> Unknown {
    let span = Span::new(file, 0..0);
    Unknown {
        reason,
        function: None,
        place: Place { span, line: 1 },
        kind: UnknownKind::File,
    }
}

fn target(of: &Crate, seen_from: &Path) -> Target {
    let shown = |path: &Path| relative(seen_from, path);
    Target {
        name: of.name.clone(),
        kind: of.kind,
        root: shown(&of.root),
        folder: shown(&of.folder),
        dependencies: of
            .dependencies
            .iter()
            .map(|(name, root)| (name.clone(), shown(root)))
            .collect(),
    }
}

/// An SQL file; one that can't be read is missed where a statement names it.
fn text(file: &Path, seen_from: &Path) -> Option<(String, String)> {
    let bytes = bytes(file).ok()?;
    Some((relative(seen_from, file), String::from_utf8(bytes).ok()?))
}
