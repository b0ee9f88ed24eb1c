//! Files and places in them.
//!
//! Owns the text of every file a diagnostic can point into. Knows nothing of what the text means. Keeps true: a
//! span is a byte range, and every question about it has an answer, even where it lies outside the text or inside
//! a character (it is cut to what is there).

use std::ops::Range;
use std::sync::{Arc, LazyLock, OnceLock};

use serde::{Deserialize, Serialize};

/// Index of a file in the source map.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct FileId(pub u32);

/// A byte range of a file.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Span {
    /// Which file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// Behind the last byte.
    pub end: u32,
}

impl Span {
    /// A range of a file. Offsets beyond 4 GiB are cut: no file that large is ever read.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        Self {
            file,
            start: offset(range.start),
            end: offset(range.end),
        }
    }

    /// From the start of this to the end of another of the same file.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            end: other.end.max(self.start),
            ..self
        }
    }

    /// A part of this span, by byte offsets relative to its start.
    #[must_use]
    pub fn part(self, range: Range<usize>) -> Self {
        Self {
            file: self.file,
            start: self.start.saturating_add(offset(range.start)),
            end: self.start.saturating_add(offset(range.end)),
        }
    }

    /// Whether another span of the same file lies within this one.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }

    /// The empty span at its start.
    #[must_use]
    pub fn begin(self) -> Self {
        Self {
            end: self.start,
            ..self
        }
    }

    /// As indices into the file's text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Saturates: see [`Span::new`].
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// A line and a column, both counted from 1. The column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

/// The files of one run.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<File>,
}

#[derive(Debug)]
struct File {
    path: String,
    content: LazyLock<Content, Box<dyn FnOnce() -> Content + Send>>,
    /// Offsets of the first byte of each line, worked out when the first line is asked for.
    lines: OnceLock<Vec<usize>>,
}

#[derive(Debug)]
struct Content {
    text: Arc<str>,
    is_ascii: bool,
}

impl SourceMap {
    /// Takes a file in, under the path that messages name.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        let text = text.into();
        self.add_later(path, move || text)
    }

    /// Takes a file in whose text is asked for when something of it is shown.
    pub fn add_later(
        &mut self,
        path: impl Into<String>,
        text: impl FnOnce() -> Arc<str> + Send + 'static,
    ) -> FileId {
        let id = FileId(offset(self.files.len()));
        let content = move || {
            let text = text();
            let is_ascii = text.is_ascii();
            Content { text, is_ascii }
        };
        self.files.push(File {
            path: path.into(),
            content: LazyLock::new(Box::new(content)),
            lines: OnceLock::new(),
        });
        id
    }

    /// How many files it holds; their ids are `0..count`.
    pub fn count(&self) -> usize {
        self.files.len()
    }

    /// The path of a file, as messages name it.
    pub fn path(&self, file: FileId) -> &str {
        self.file(file).map_or("", |file| &file.path)
    }

    /// The text of a file.
    pub fn text(&self, file: FileId) -> &str {
        self.file(file).map_or("", File::text)
    }

    /// The text of a file, to keep while the map grows.
    pub fn shared(&self, file: FileId) -> Arc<str> {
        self.file(file)
            .map_or_else(|| Arc::from(""), |file| Arc::clone(&file.content.text))
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        let text = self.text(span.file);
        let range = clamp(text, span.range());
        text.get(range).unwrap_or_default()
    }

    /// Where a span starts.
    pub fn start(&self, span: Span) -> Position {
        self.position(span.file, span.range().start)
    }

    /// Where a span ends: the position behind its last character.
    pub fn end(&self, span: Span) -> Position {
        self.position(span.file, span.range().end)
    }

    /// The line and column of a byte of a file.
    pub fn position(&self, file: FileId, byte: usize) -> Position {
        let Some(file) = self.file(file) else {
            return Position { line: 1, column: 1 };
        };
        let byte = floor(file.text(), byte);
        let line = file.line_of(byte);
        let start = file.line_start(line);
        let before = file.text().get(start..byte).unwrap_or_default();
        // Of ASCII text every byte is a character: a line may be as long as a file, with a report at every word.
        let column = if file.content.is_ascii {
            before.len()
        } else {
            before.chars().count()
        };
        Position {
            line: line + 1,
            column: column + 1,
        }
    }

    /// The byte range of the lines a span touches, without the last line break, and the number of the first line.
    pub fn lines_around(&self, span: Span) -> (usize, Range<usize>) {
        let Some(file) = self.file(span.file) else {
            return (1, 0..0);
        };
        let range = clamp(file.text(), span.range());
        let first = file.line_of(range.start);
        let last = file.line_of(range.end);
        let end = file
            .lines()
            .get(last + 1)
            .map_or(file.text().len(), |next| next - 1);
        (first + 1, file.line_start(first)..end)
    }

    fn file(&self, id: FileId) -> Option<&File> {
        self.files.get(id.0 as usize)
    }
}

impl File {
    fn text(&self) -> &str {
        &self.content.text
    }

    fn lines(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            let breaks = self
                .text()
                .bytes()
                .enumerate()
                .filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0)
                .chain(breaks.map(|(at, _)| at + 1))
                .collect()
        })
    }

    /// Counted from 0.
    fn line_of(&self, byte: usize) -> usize {
        self.lines()
            .partition_point(|start| *start <= byte)
            .saturating_sub(1)
    }

    fn line_start(&self, line: usize) -> usize {
        self.lines().get(line).copied().unwrap_or_default()
    }
}

/// The nearest character boundary at or before a byte.
fn floor(text: &str, byte: usize) -> usize {
    text.floor_char_boundary(byte.min(text.len()))
}

fn clamp(text: &str, range: Range<usize>) -> Range<usize> {
    let start = floor(text, range.start);
    start..floor(text, range.end).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position(text: &str, byte: usize) -> (usize, usize) {
        let mut sources = SourceMap::default();
        let file = sources.add("a", text);
        let at = sources.position(file, byte);
        (at.line, at.column)
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(position("äöü: x", "äöü".len()), (1, 4));
        assert_eq!(position("a\näb", 4), (2, 2));
    }

    #[test]
    fn places_outside_or_inside_a_character_are_cut() {
        assert_eq!(position("ä", 1), (1, 1));
        assert_eq!(position("a\n", 99), (2, 1));
        assert_eq!(position("", 0), (1, 1));
    }

    #[test]
    fn a_line_ends_before_its_break() {
        let mut sources = SourceMap::default();
        let file = sources.add("a", "one\ntwo\nthree");
        let (line, range) = sources.lines_around(Span::new(file, 5..6));
        assert_eq!((line, &sources.text(file)[range]), (2, "two"));
    }

    #[test]
    fn a_slice_never_splits_a_character() {
        let mut sources = SourceMap::default();
        let file = sources.add("a", "äb");
        assert_eq!(sources.slice(Span::new(file, 1..2)), "ä");
        assert_eq!(sources.slice(Span::new(FileId(9), 1..2)), "");
    }
}
