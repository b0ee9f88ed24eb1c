//! Reads and parses an application's Rust sources, in parallel, unless the cache knows what they say.
//!
//! Keeps true: the result depends on the files alone, not on the number of threads nor on the order they were listed
//! in; a file that can't be read is among what was not understood, and hides no other.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use cachex_compiler::analyze::{
    self, Facts, FileFacts, Place, SourceFile, Target, Unknown, UnknownKind, Workspace,
};
use cachex_compiler::model::Check;
use cachex_compiler::source::{FileId, SourceMap, Span};
use rayon::prelude::*;

use crate::cache::{Cache, Current, Digest, Key, digest};
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

/// One file, read.
struct Text {
    path: String,
    read: Result<Content, String>,
}

struct Content {
    bytes: Vec<u8>,
    digest: Option<Digest>,
}

/// Reads the project's files into the map and finds what they say. Paths are shown as seen from a folder.
pub(crate) fn rust(
    project: &Project,
    options: &analyze::Options,
    seen_from: &Path,
    cache: &Cache,
    sources: &mut SourceMap,
) -> Facts {
    let files: Vec<&PathBuf> = project.files.iter().collect();
    // Collecting keeps the order of the list, whichever thread was first.
    let read: Vec<Text> = files
        .par_iter()
        .map(|file| text(file, seen_from, cache))
        .collect();
    let targets: Vec<Target> = project
        .crates
        .iter()
        .map(|of| target(of, seen_from))
        .collect();
    let texts = project
        .texts
        .iter()
        .filter_map(|file| sql(file, seen_from))
        .collect();
    let input = Input {
        read: &read,
        targets,
        texts,
        options,
    };
    let first = FileId(u32::try_from(sources.count()).unwrap_or(u32::MAX));
    let facts = input.facts(cache, first);
    for Text { path, read } in read {
        // Of a file that is no UTF-8 the analyser says where; what messages show of it need not be exact.
        let text = read.map(|content| {
            String::from_utf8(content.bytes)
                .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
        });
        sources.add(path, text.unwrap_or_default());
    }
    facts
}

fn text(file: &Path, seen_from: &Path, cache: &Cache) -> Text {
    let read = bytes(file).map_err(|error| error.to_string());
    Text {
        path: relative(seen_from, file),
        read: read.map(|bytes| Content {
            digest: cache.is_on().then(|| digest(&bytes)),
            bytes,
        }),
    }
}

/// All that the facts come from.
struct Input<'a> {
    read: &'a [Text],
    targets: Vec<Target>,
    texts: BTreeMap<String, String>,
    options: &'a analyze::Options,
}

impl Input<'_> {
    /// The facts, recalled or worked out. Their files have the ids from `first` on.
    fn facts(&self, cache: &Cache, first: FileId) -> Facts {
        // Whether a file can be read is no matter of its content: such a run is neither kept nor recalled.
        let current: Option<Vec<Current<'_>>> = self.read.iter().map(current).collect();
        let current = current.filter(|_| cache.is_on());
        let paths = self.read.iter().map(|text| text.path.as_str());
        let key = Key::of(self.options, &self.targets, paths, self.texts.iter());
        let recalled = current
            .as_ref()
            .and_then(|current| cache.recall(&key, current, first));
        if let Some(facts) = recalled {
            return facts;
        }
        let mut facts = self.linked();
        if let Some(current) = current {
            cache.keep(&key, &current, &mut facts);
        }
        facts.renumbered(&|id| FileId(id.0.saturating_add(first.0)))
    }

    /// Ids are indices into the list.
    fn linked(&self) -> Facts {
        let parse = |text: &Text| match &text.read {
            Ok(content) => Ok(analyze::parse_file(&content.bytes, self.options.dialect)),
            Err(reason) => Err(reason.clone()),
        };
        let mut parsed: Vec<Result<FileFacts, String>> = self.read.par_iter().map(parse).collect();
        self.share_macros(&mut parsed);
        let (mut files, mut unread) = (Vec::new(), Vec::new());
        for ((text, outcome), id) in self.read.iter().zip(&parsed).zip((0..).map(FileId)) {
            match outcome {
                Ok(facts) => files.push(SourceFile {
                    id,
                    path: &text.path,
                    facts,
                }),
                Err(reason) => unread.push(unknown(id, reason.clone())),
            }
        }
        let workspace = Workspace {
            files,
            targets: self.targets.clone(),
            texts: self.texts.clone(),
        };
        let mut facts = analyze::link(&workspace, self.options);
        facts.unknowns.extend(unread);
        // A million small pieces: nobody waits for them to be freed.
        rayon::spawn(move || drop(parsed));
        facts
    }
}

impl Input<'_> {
    /// Reads those files again that call macros, where items stand, of other files.
    fn share_macros(&self, parsed: &mut [Result<FileFacts, String>]) {
        let both = self.read.iter().zip(parsed.iter());
        let files: Vec<(&str, &str, &FileFacts)> = both
            .map(|(text, facts)| match (&text.read, facts) {
                (Ok(content), Ok(facts)) => {
                    let shown = std::str::from_utf8(&content.bytes).unwrap_or_default();
                    (text.path.as_str(), shown, facts)
                }
                _ => ("", "", &*NOTHING),
            })
            .collect();
        let wanted = analyze::shared_macros(&files);
        let again: Vec<(usize, FileFacts)> = wanted
            .par_iter()
            .filter_map(|wanted| {
                let content = self.read.get(wanted.file)?.read.as_ref().ok()?;
                let dialect = self.options.dialect;
                let facts = analyze::parse_file_with(&content.bytes, &wanted.definitions, dialect);
                Some((wanted.file, facts))
            })
            .collect();
        for (index, facts) in again {
            if let Some(slot) = parsed.get_mut(index) {
                *slot = Ok(facts);
            }
        }
    }
}

/// What stands for a file that can't be read.
static NOTHING: std::sync::LazyLock<FileFacts> = std::sync::LazyLock::new(FileFacts::default);

/// A file as the cache knows it.
fn current(text: &Text) -> Option<Current<'_>> {
    let content = text.read.as_ref().ok()?;
    Some(Current {
        text: std::str::from_utf8(&content.bytes).ok(),
        content: content.digest?,
    })
}

fn bytes(file: &Path) -> std::io::Result<Vec<u8>> {
    let file = File::open(file)?;
    // Room for all of it spares reading by small pieces; the length may be wrong, or a lie.
    let length = file.metadata()?.len().min(MOST);
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
    file.take(MOST).read_to_end(&mut bytes)?;
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
fn sql(file: &Path, seen_from: &Path) -> Option<(String, String)> {
    let bytes = bytes(file).ok()?;
    Some((relative(seen_from, file), String::from_utf8(bytes).ok()?))
}
