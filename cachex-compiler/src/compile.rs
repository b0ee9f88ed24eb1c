//! The one entry for every door: sources in, schema, plan and reports out.
//!
//! Owns the order of the stages. Reads nothing itself: it asks its caller for each file. Keeps true: a schema and a plan come
//! out only where no rule found an error, so the stages behind are total.

mod whole;

use std::collections::BTreeMap;

use crate::diagnostics::registry::{INVALID_INCLUDE, OVERSIZED_FILE, UNREADABLE_FILE};
use crate::diagnostics::{Diagnostic, Diagnostics, Severity};
use crate::model::{Name, Schema, Unread, Valid, includes, resolve};
use crate::plan::Plan;
use crate::rules;
use crate::source::{FileId, SourceMap, Span};
use crate::syntax::{self, Document};

/// Which file of a schema is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked<'a> {
    /// The root file.
    Root,
    /// One that it includes: the path as it stands there, relative to the root file's folder.
    Included(&'a str),
}

/// Brings a file of a schema.
pub type Read<'a> = dyn FnMut(Asked<'_>) -> Result<Vec<u8>, Unreadable> + 'a;

/// The files of a schema that are at hand already.
#[derive(Debug, Clone)]
pub struct Sources {
    root: String,
    bytes: Vec<u8>,
    included: BTreeMap<String, Result<Vec<u8>, Unreadable>>,
}

/// Why a file is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// There is none of that name.
    Missing,
    /// It is a folder, a device, a pipe.
    NoRegularFile,
    /// It lies outside the folder of the root file, through a link.
    Outside,
    /// It has so many bytes that it was not read.
    Oversized(u64),
    /// The system says why.
    Other(String),
}

impl From<std::io::Error> for Unreadable {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::Missing,
            _ => Self::Other(error.to_string()),
        }
    }
}

impl Sources {
    /// A root file, under the path that messages name.
    pub fn new(root: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            root: root.into(),
            bytes: bytes.into(),
            included: BTreeMap::new(),
        }
    }

    /// Adds an included file under its path as the root file has it.
    pub fn include(&mut self, path: &str, file: Result<Vec<u8>, Unreadable>) {
        self.included.insert(path.to_owned(), file);
    }
}

/// How a schema is compiled.
#[derive(Debug, Clone)]
pub struct Options {
    /// Largest file that is read, in bytes.
    pub size_limit: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            size_limit: 1 << 20,
        }
    }
}

/// How many reports a compilation gives at most.
const REPORTS: usize = 1000;

/// What compiling a schema gives.
#[derive(Debug)]
pub struct Compilation {
    /// The schema, where no error was found.
    pub schema: Option<Valid<Schema>>,
    /// What it does, where no error was found.
    pub plan: Option<Plan>,
    /// Where an error was found, what could be read all the same: for an outline that spares the application's code the
    /// blame.
    pub outline: Option<Schema>,
    /// All reports, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// The files the reports point into.
    pub sources: SourceMap,
}

impl Compilation {
    /// Whether an error was found.
    pub fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|report| report.severity == Severity::Error)
    }
}

/// Compiles a schema whose files are at hand: every mistake of every stage in one run.
pub fn compile(sources: &Sources, options: &Options) -> Compilation {
    let mut read = |asked: Asked<'_>| match asked {
        Asked::Root => Ok(sources.bytes.clone()),
        Asked::Included(path) => {
            let file = sources.included.get(path).cloned();
            file.unwrap_or(Err(Unreadable::Missing))
        }
    };
    compile_files(&sources.root, &mut read, options)
}

/// Compiles a schema and asks for its files: the root, under the path that messages name, then each that it includes.
pub fn compile_files(root: &str, read: &mut Read<'_>, options: &Options) -> Compilation {
    let mut map = SourceMap::default();
    let mut out = Diagnostics::default();
    let read = documents(root, read, options, &mut map, &mut out);
    let judged = read.map(|(schema, unread)| judge(schema, unread, &mut out));
    let (schema, plan, outline) = match judged {
        Some(Ok((schema, plan))) => (Some(schema), Some(plan), None),
        Some(Err(outline)) => (None, None, Some(*outline)),
        None => (None, None, None),
    };
    let mut diagnostics = out.into_sorted();
    cut(&mut diagnostics);
    Compilation {
        schema,
        plan,
        outline,
        diagnostics,
        sources: map,
    }
}

/// More reports than anybody reads only take time to show.
fn cut(reports: &mut Vec<Diagnostic>) {
    let beyond = reports.len().saturating_sub(REPORTS);
    if beyond > 0 {
        // An error must stay among them: it is why there is no schema.
        reports.sort_by_key(|report| report.severity != Severity::Error);
        reports.truncate(REPORTS);
        reports.sort_by_key(Diagnostic::span);
    }
    if let Some(last) = reports.last_mut().filter(|_| beyond > 0) {
        last.notes
            .push(format!("{beyond} more mistakes are not shown"));
    }
}

/// Asks the rules, and plans what none of them refuses; gives back what one does.
fn judge(
    schema: Schema,
    unread: Unread,
    out: &mut Diagnostics,
) -> Result<(Valid<Schema>, Plan), Box<Schema>> {
    let mut found = Diagnostics::default();
    // Of a schema that was not read to its end, what a rule misses may well be there.
    let plan = if unread.any() {
        None
    } else {
        rules::validate_all(&schema, &mut found)
    };
    if out.has_errors() {
        whole::keep(&schema, out, &mut found);
    }
    out.extend(found);
    out.set_severities(&schema.check.severity);
    match plan {
        Some(plan) if !out.has_errors() => Ok((Valid::vouch(schema), plan)),
        Some(_) | None => Err(Box::new(schema)),
    }
}

/// Text → Schema, over all files.
fn documents(
    path: &str,
    read: &mut Read<'_>,
    options: &Options,
    map: &mut SourceMap,
    out: &mut Diagnostics,
) -> Option<(Schema, Unread)> {
    let root = root(path, read(Asked::Root), options, map, out)?;
    let root_text = map.shared(root);
    let root_document = syntax::parse(&root_text, root, out);
    let mut unread = Unread::of(&root_document);
    let mut texts = Vec::new();
    for name in includes(&root_document, out) {
        match include(path, &name, read, options, map) {
            Ok(file) => texts.push((file, map.shared(file))),
            Err(report) => {
                out.push(*report);
                unread = Unread::ALL;
            }
        }
    }
    let mut documents: Vec<(FileId, Document<'_>)> = vec![(root, root_document)];
    for (file, text) in &texts {
        let document = syntax::parse(text, *file, out);
        unread = unread.and(Unread::of(&document));
        no_further_include(&document, out);
        documents.push((*file, document));
    }
    Some((resolve(&documents, unread, out), unread))
}

fn root(
    path: &str,
    read: Result<Vec<u8>, Unreadable>,
    options: &Options,
    map: &mut SourceMap,
    out: &mut Diagnostics,
) -> Option<FileId> {
    let file = match read {
        Ok(bytes) => syntax::decode(path, &bytes, options.size_limit, map),
        Err(why) => {
            let file = map.add(path, "");
            let at = Span::new(file, 0..0);
            Err(Box::new(refusal(path, &why, at, options)))
        }
    };
    file.map_err(|report| out.push(*report)).ok()
}

/// Takes an included file in; what is wrong with it is reported where it is named, unless it can be shown.
fn include(
    root: &str,
    path: &Name,
    read: &mut Read<'_>,
    options: &Options,
    map: &mut SourceMap,
) -> Result<FileId, Box<Diagnostic>> {
    let full = beside(root, &path.value);
    if full == root {
        let report = INVALID_INCLUDE.at(path.span, "the file includes itself");
        return Err(Box::new(report.help("take it out")));
    }
    match read(Asked::Included(&path.value)) {
        Ok(bytes) => syntax::decode(&full, &bytes, options.size_limit, map),
        Err(why) => Err(Box::new(refusal(&full, &why, path.span, options))),
    }
}

fn refusal(path: &str, why: &Unreadable, span: Span, options: &Options) -> Diagnostic {
    match why {
        Unreadable::Missing => UNREADABLE_FILE
            .at(span, format!("there is no file `{path}`"))
            .help("create it, or correct the path"),
        Unreadable::NoRegularFile => INVALID_INCLUDE
            .at(span, format!("`{path}` is no regular file"))
            .help("name a file"),
        Unreadable::Outside => INVALID_INCLUDE
            .at(
                span,
                format!("`{path}` leads out of the folder of the schema"),
            )
            .help("put the file itself there instead of a link"),
        Unreadable::Oversized(size) => OVERSIZED_FILE
            .at(span, syntax::oversized(*size, options.size_limit))
            .help("split it with `include:`, or raise the limit"),
        Unreadable::Other(why) => UNREADABLE_FILE
            .at(span, format!("`{path}` cannot be read: {why}"))
            .help("make it readable, or correct the path"),
    }
}

/// Includes go one level deep.
fn no_further_include(document: &Document<'_>, out: &mut Diagnostics) {
    if let Some(key) = document.key("include") {
        let report = INVALID_INCLUDE.at(key, "an included file includes others");
        out.push(report.help("name them in the root file: includes go one level deep"));
    }
}

/// A path beside another, as messages name it.
fn beside(root: &str, path: &str) -> String {
    match root.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{path}"),
        None => path.to_owned(),
    }
}
