//! Diagnostics for people: code and fact, every place underlined with what it contributes, notes, help.

use std::ops::Range;

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet, renderer::DecorStyle,
};

use super::text::escape;
use super::{Diagnostic, Label, Severity};
use crate::source::{FileId, SourceMap};

/// How a terminal shows a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Text alone.
    Plain,
    /// With ANSI colours.
    Coloured,
}

/// All reports in the order given, an empty line behind each.
pub fn human(reports: &[Diagnostic], sources: &SourceMap, look: Look) -> String {
    human_within(reports, sources, look, WIDTH)
}

/// [`human`] for a terminal of so many columns: source lines that are longer are cut around what is underlined.
pub fn human_within(
    reports: &[Diagnostic],
    sources: &SourceMap,
    look: Look,
    columns: usize,
) -> String {
    let renderer = match look {
        Look::Plain => Renderer::plain(),
        Look::Coloured => Renderer::styled(),
    }
    .decor_style(DecorStyle::Unicode)
    .term_width(columns.clamp(NARROWEST, WIDTH));
    let mut text = String::new();
    for report in reports {
        text.push_str(&renderer.render(&[group(report, sources)]));
        text.push_str("\n\n");
    }
    text
}

/// What goes to no terminal is the same everywhere; nothing is read in longer lines.
const WIDTH: usize = 140;

/// Below this there is more ellipsis than source.
const NARROWEST: usize = 60;

/// Places with more lines are pointed at by their first.
const MOST_LINES: usize = 5;

fn group<'a>(report: &'a Diagnostic, sources: &'a SourceMap) -> Group<'a> {
    let title = level(report.severity).primary_title(escape(&report.message));
    let mut group = Group::with_title(title.id(report.rule.code));
    for file in files(report) {
        group = match snippet(report, file, sources) {
            Some(snippet) => group.element(snippet),
            None => group.element(Origin::path(escape(sources.path(file)))),
        };
    }
    for note in &report.notes {
        group = group.element(Level::NOTE.message(escape(note)));
    }
    match &report.help {
        Some(help) => group.element(Level::HELP.message(escape(help))),
        None => group,
    }
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

/// The files of a report, that of its own place first.
fn files(report: &Diagnostic) -> Vec<FileId> {
    let mut files: Vec<FileId> = Vec::new();
    for label in &report.labels {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    files
}

/// What a report says about one file; nothing where the file has no text to show.
fn snippet<'a>(
    report: &'a Diagnostic,
    file: FileId,
    sources: &'a SourceMap,
) -> Option<Snippet<'a, Annotation<'a>>> {
    let labels = || {
        report
            .labels
            .iter()
            .enumerate()
            .filter(|(_, label)| label.span.file == file)
    };
    // Only the lines from the first to the last place are handed over: a report costs what it shows, not its file.
    let first = labels()
        .map(|(_, label)| label.span)
        .min_by_key(|span| span.start)?;
    let last = labels()
        .map(|(_, label)| label.span)
        .max_by_key(|span| span.end)?;
    let (line, window) = sources.lines_around(first.to(last));
    let text = sources.text(file).get(window.clone())?;
    if text.is_empty() {
        return None;
    }
    let annotations = labels().map(|(index, label)| annotation(index, label, text, &window));
    Some(
        Snippet::source(text)
            .line_start(line)
            .path(escape(sources.path(file)))
            .annotations(annotations),
    )
}

/// A place of many lines is pointed at by its first: the report is read for what stands there, not for its body.
fn shortened(text: &str, range: Range<usize>) -> Range<usize> {
    let place = text.get(range.clone()).unwrap_or_default();
    match place.find('\n') {
        Some(first) if place.lines().count() > MOST_LINES => range.start..range.start + first,
        _ => range,
    }
}

fn annotation<'a>(
    index: usize,
    label: &'a Label,
    text: &str,
    window: &Range<usize>,
) -> Annotation<'a> {
    let kind = if index == 0 {
        AnnotationKind::Primary
    } else {
        AnnotationKind::Context
    };
    let within = |at: usize| text.floor_char_boundary(at.saturating_sub(window.start));
    let range = within(label.span.range().start)..within(label.span.range().end);
    let range = shortened(text, range);
    let annotation = kind.span(range);
    if label.text.is_empty() {
        annotation
    } else {
        annotation.label(escape(&label.text))
    }
}
