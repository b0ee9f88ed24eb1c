//! Reads and parses an application's Rust sources, in parallel, unless the cache knows what they say.
//!
//! Keeps true: the result depends on the files alone, not on the number of threads nor on the order they were listed
//! in; a file that can't be read is among what was not understood, and hides no other.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use cachex_compiler::analyze::{
    self, Facts, FileFacts, Place, SourceFile, Target, Unknown, UnknownKind, Workspace,
};
use cachex_compiler::model::Check;
use cachex_compiler::source::{FileId, SourceMap, Span};
use rayon::prelude::*;

use super::source::{Source, bytes};
use crate::cache::{Cache, Key, Named, digest};
use crate::project::{Project, Shared, relative};

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

/// Finds what the project's files say, and adds them to the map. Paths are shown as seen from a folder.
pub(crate) fn rust(
    project: &Project,
    options: &analyze::Options,
    seen_from: &Path,
    cache: &Cache,
    sources: &mut SourceMap,
) -> Facts {
    // Collecting keeps the order of the list, whichever thread was first.
    let files = project.files.par_iter();
    let files = files.map(|file| Source::new(relative(seen_from, file), file));
    let files: Vec<Source> = files.collect();
    let sql = project.texts.iter();
    let sql = sql.map(|file| (relative(seen_from, file), file));
    let input = Input {
        files: &files,
        targets: targets(project, seen_from),
        sql: sql.collect(),
        named: RefCell::default(),
        options,
    };
    let first = FileId(u32::try_from(sources.count()).unwrap_or(u32::MAX));
    let facts = input.facts(cache, first);
    for file in files {
        file.hand_over(sources);
    }
    facts
}

/// All that the facts come from.
struct Input<'a> {
    files: &'a [Source],
    targets: Vec<Target>,
    /// By the path that statements name.
    sql: BTreeMap<String, &'a PathBuf>,
    /// Those that statements did name.
    named: RefCell<Named>,
    options: &'a analyze::Options,
}

impl Input<'_> {
    /// The facts, recalled or worked out. Their files have the ids from `first` on.
    fn facts(&self, cache: &Cache, first: FileId) -> Facts {
        let renamed = |id: FileId| FileId(id.0.saturating_add(first.0));
        if !cache.is_on() {
            return self.linked().renumbered(&renamed);
        }
        let paths = self.files.iter().map(|file| file.path.as_str());
        let sql = self.sql.keys().map(String::as_str);
        let key = Key::of(self.options, &self.targets, paths, sql);
        let of_sql = |path: &str| Some(digest(&bytes(self.sql.get(path)?).ok()?));
        if let Some(facts) = cache.recall(&key, self.files, of_sql, first) {
            return facts;
        }
        let mut facts = self.linked();
        cache.keep(&key, self.files, self.named.take(), &mut facts);
        facts.renumbered(&renamed)
    }

    /// Ids are indices into the list.
    fn linked(&self) -> Facts {
        let parse = |file: &Source| match file.bytes() {
            Ok(bytes) => Ok(analyze::parse_file(bytes, self.options.dialect)),
            Err(reason) => Err(reason.to_owned()),
        };
        let mut parsed: Vec<Result<FileFacts, String>> = self.files.par_iter().map(parse).collect();
        self.share_macros(&mut parsed);
        let (mut files, mut unread) = (Vec::new(), Vec::new());
        for ((file, outcome), id) in self.files.iter().zip(&parsed).zip((0..).map(FileId)) {
            match outcome {
                Ok(facts) => files.push(SourceFile {
                    id,
                    path: &file.path,
                    facts,
                }),
                Err(reason) => unread.push(unknown(id, reason.clone())),
            }
        }
        let workspace = Workspace {
            files,
            targets: self.targets.clone(),
        };
        let mut facts = analyze::link(&workspace, self.options, &|path| self.sql(path));
        facts.unknowns.extend(unread);
        // A million small pieces: nobody waits for them to be freed.
        rayon::spawn(move || drop(parsed));
        facts
    }

    /// Reads those files again that call macros, where items stand, of other files.
    fn share_macros(&self, parsed: &mut [Result<FileFacts, String>]) {
        let both = self.files.iter().zip(parsed.iter());
        let files: Vec<(&str, &str, &FileFacts)> = both
            .map(|(file, facts)| match facts {
                Ok(facts) => (file.path.as_str(), file.text().unwrap_or_default(), facts),
                Err(_) => ("", "", &*NOTHING),
            })
            .collect();
        let wanted = analyze::shared_macros(&files);
        let again: Vec<(usize, FileFacts)> = wanted
            .par_iter()
            .filter_map(|wanted| {
                let bytes = self.files.get(wanted.file)?.bytes().ok()?;
                let dialect = self.options.dialect;
                let facts = analyze::parse_file_with(bytes, &wanted.definitions, dialect);
                Some((wanted.file, facts))
            })
            .collect();
        for (index, facts) in again {
            if let Some(slot) = parsed.get_mut(index) {
                *slot = Ok(facts);
            }
        }
    }

    /// An SQL file; one that can't be read is missed where a statement names it.
    fn sql(&self, path: &str) -> Option<String> {
        let bytes = bytes(self.sql.get(path)?).ok()?;
        self.named
            .borrow_mut()
            .insert(path.to_owned(), digest(&bytes));
        String::from_utf8(bytes).ok()
    }
}

/// What stands for a file that can't be read.
static NOTHING: LazyLock<FileFacts> = LazyLock::new(FileFacts::default);

fn unknown(file: FileId, reason: String) -> Unknown {
    let span = Span::new(file, 0..0);
    Unknown {
        reason,
        function: None,
        place: Place { span, line: 1 },
        kind: UnknownKind::File,
    }
}

fn targets(project: &Project, seen_from: &Path) -> Vec<Target> {
    let shown = |path: &Path| relative(seen_from, path);
    let table = |table: &BTreeMap<String, PathBuf>| -> BTreeMap<String, String> {
        let roots = table.iter();
        roots
            .map(|(name, root)| (name.clone(), shown(root)))
            .collect()
    };
    let mut dependencies = Shared::new(table);
    let crates = project.crates.iter();
    crates
        .map(|of| Target {
            name: of.name.clone(),
            kind: of.kind,
            root: shown(&of.root),
            folder: shown(&of.folder),
            dependencies: dependencies.of(&of.dependencies),
        })
        .collect()
}
