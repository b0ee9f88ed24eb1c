//! Reads and parses an application's Rust sources, in parallel, unless the cache knows what they say.
//!
//! Keeps true: the result depends on the files alone, not on the number of threads nor on the order they were listed
//! in; a file that can't be read is among what was not understood, and hides no other.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use cachex_compiler::analyze::{
    self, Definitions, Edits, Facts, FileFacts, KeptFile, Later, Place, SourceFile, Target,
    Unknown, UnknownKind, Workspace,
};
use cachex_compiler::model::{Check, Dialect};
use cachex_compiler::source::{FileId, SourceMap, Span};
use rayon::prelude::*;

use super::source::{Source, bytes};
use crate::cache::{Cache, Edited, Kept, Key, Named, Recalled, Said, digest};
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
            let parsed = self.parsed();
            let facts = self.linked(&parsed, None::<fn(&Definitions<'_>)>);
            free(parsed);
            return facts.renumbered(&renamed);
        }
        let paths = self.files.iter().map(|file| file.path.as_str());
        let sql = self.sql.keys().map(String::as_str);
        let key = Key::of(self.options, &self.targets, paths, sql);
        let of_sql = |path: &str| Some(digest(&bytes(self.sql.get(path)?).ok()?));
        match cache.recall(&key, self.files, of_sql, &renamed) {
            Some(Recalled::Same(facts)) => return facts,
            Some(Recalled::Edited(edited)) => {
                if let Some(facts) = self.amended(*edited) {
                    return facts.renumbered(&renamed);
                }
            }
            None => {}
        }
        let parsed = self.parsed();
        // Whether a file can be read is no matter of its content: then nothing is kept.
        let read: Option<Vec<&FileFacts>> = parsed.iter().map(|file| file.as_ref().ok()).collect();
        let files = self.files;
        let mut definitions = Ok(Vec::new());
        let keep = |found: &Definitions<'_>| definitions = postcard::to_stdvec(found);
        let (mut facts, said) = std::thread::scope(|scope| {
            // Linking leaves the other cores to it.
            let said = read.map(|read| scope.spawn(move || Said::by(files, &read)));
            let facts = self.linked(&parsed, Some(keep));
            (facts, said.and_then(|said| said.join().ok()))
        });
        if let Some(said) = said {
            let said = said.and_then(|said| Ok(said.with(definitions?)));
            cache.keep(&key, files, said, self.named.take(), &mut facts);
        }
        free(parsed);
        facts.renumbered(&renamed)
    }

    fn parsed(&self) -> Vec<Result<FileFacts, String>> {
        let dialect = self.options.dialect;
        let parsed = self.files.par_iter().map(|file| parsed(file, dialect));
        let mut parsed: Vec<_> = parsed.collect();
        self.share_macros(&mut parsed);
        parsed
    }

    /// Ids are indices into the list.
    fn linked(
        &self,
        parsed: &[Result<FileFacts, String>],
        keep: Option<impl FnOnce(&Definitions<'_>)>,
    ) -> Facts {
        let ids = || (0..).map(FileId);
        let read = parsed.iter().map(|outcome| outcome.as_ref().ok());
        let workspace = self.workspace(read);
        let sql = |path: &str| self.sql(path);
        let mut facts = match keep {
            Some(keep) => analyze::link_keeping(&workspace, self.options, &sql, keep),
            None => analyze::link(&workspace, self.options, &sql),
        };
        let unread = parsed.iter().zip(ids());
        let unread = unread.filter_map(|(outcome, id)| Some(unknown(id, outcome.as_ref().err()?)));
        facts.unknowns.extend(unread);
        facts
    }

    /// The facts of before, brought up to what bodies say now.
    fn amended(&self, edited: Edited) -> Option<Facts> {
        let Edited { kept, facts, moves } = edited;
        let ids: Vec<FileId> = moves.keys().copied().collect();
        let look = |id: &FileId| {
            let file = self.files.get(id.0 as usize)?;
            Some((*id, parsed(file, self.options.dialect).ok()?))
        };
        let now = || ids.par_iter().map(look).collect::<Option<Vec<_>>>();
        let was = |id: &FileId| Some((*id, kept.file(id.0 as usize)?));
        let before = || ids.iter().map(was).collect::<Option<BTreeMap<_, _>>>();
        let bytes = kept.definitions()?;
        let known = || (postcard::from_bytes(&bytes).ok(), before());
        let (now, (definitions, before)) = rayon::join(now, known);
        let mut files = self.kept(&kept);
        for (id, now) in now? {
            files.get_mut(id.0 as usize)?.facts.replace(now);
        }
        let edits = Edits {
            moves: &moves,
            before: &before?,
        };
        let sql = |path: &str| self.sql(path);
        analyze::amended(definitions?, facts, edits, &files, self.options, &sql)
    }

    /// The files as they were.
    fn kept<'f>(&'f self, kept: &'f Kept) -> Vec<KeptFile<'f>> {
        let files = self.files.iter().enumerate().zip((0..).map(FileId));
        let files = files.map(|((index, file), id)| KeptFile {
            id,
            path: &file.path,
            facts: Later::new(move || kept.file(index)),
        });
        files.collect()
    }

    /// What was read of the files, in the order of the list.
    fn workspace<'f>(&'f self, read: impl Iterator<Item = Option<&'f FileFacts>>) -> Workspace<'f> {
        let both = self.files.iter().zip(read).zip((0..).map(FileId));
        let files = both.filter_map(|((file, facts), id)| {
            Some(SourceFile {
                id,
                path: &file.path,
                facts: facts?,
            })
        });
        Workspace {
            files: files.collect(),
            targets: self.targets.clone(),
        }
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

fn parsed(file: &Source, dialect: Dialect) -> Result<FileFacts, String> {
    let bytes = file.bytes().map_err(str::to_owned)?;
    Ok(analyze::parse_file(bytes, dialect))
}

/// A million small pieces: nobody waits for them to be freed.
fn free<T: Send + 'static>(pieces: T) {
    rayon::spawn(move || drop(pieces));
}

/// What stands for a file that can't be read.
static NOTHING: LazyLock<FileFacts> = LazyLock::new(FileFacts::default);

fn unknown(file: FileId, reason: &str) -> Unknown {
    let span = Span::new(file, 0..0);
    Unknown {
        reason: reason.to_owned(),
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
