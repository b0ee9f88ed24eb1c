//! The YAML that schemas are usually written in, read without the library.
//!
//! The library's scanner is general, and proc macros are built unoptimised: it took 0.43 of the 1.2 seconds that a
//! schema of 3 000 caches expanded in. Knows blocks of `key: value` and `- item`, `{ … }`, `[ … ]` and texts of one line,
//! quoted or not. Keeps true: what is read here is read by the library alike. Whatever else a file holds, mistakes among
//! it, is for the library to read from the start; nothing of that is reported here.

use granit_parser::StructureStyle::{Block, Flow};

use super::Node;
use super::build::Builder;
use crate::diagnostics::Diagnostics;
use crate::source::{FileId, Span};

/// Reads a file; nothing where it is not to be read here.
pub(super) fn read<'s>(text: &'s str, file: FileId, out: &mut Diagnostics) -> Option<Node<'s>> {
    let mut found = Diagnostics::default();
    let mut reader = Reader {
        text,
        file,
        at: 0,
        depth: 0,
        tree: Builder::new(text, file, 0, &mut found),
    };
    let Some(0) = reader.line()? else { return None };
    let None = reader.block(0)? else { return None };
    let (root, _) = reader.tree.finish();
    out.extend(found);
    root
}

/// The library says what nests too deep.
const DEPTH: usize = 32;

/// The library says which keys are too long.
const KEY: usize = 256;

struct Reader<'s, 'o> {
    text: &'s str,
    file: FileId,
    at: usize,
    /// Of lists and mappings that are open.
    depth: usize,
    tree: Builder<'s, 'o>,
}

/// Where the next line with something in it begins; none at the end of the file.
type Column = Option<usize>;

/// A text of one line.
struct Word<'s> {
    text: &'s str,
    plain: bool,
    span: Span,
}

/// Each function begins where the last one ended. `None`: this is not for us to read.
impl<'s> Reader<'s, '_> {
    /// A list or mapping whose first line begins in a column.
    fn block(&mut self, column: usize) -> Option<Column> {
        if self.is_dash() {
            return self.sequence(column, false);
        }
        let first = self.word(false)?;
        self.mapping(column, first)
    }

    fn mapping(&mut self, column: usize, first: Word<'s>) -> Option<Column> {
        self.deeper()?;
        self.tree.begin_mapping(first.span.begin(), Block);
        let mut key = first;
        let next = loop {
            self.key(&key)?;
            let next = self.value(column)?;
            if next != Some(column) {
                break next;
            }
            key = self.word(false)?;
        };
        self.ended(column, next)
    }

    fn sequence(&mut self, column: usize, is_below_key: bool) -> Option<Column> {
        self.deeper()?;
        let dash = self.at;
        let mut inner = self.dash(column);
        // The library has a list begin at its first dash, but behind it where the dash stands right below the key.
        let start = if is_below_key { self.at } else { dash };
        self.tree
            .begin_sequence(Span::new(self.file, start..start), Block);
        let next = loop {
            let next = self.item(column, inner)?;
            if next != Some(column) || !self.is_dash() {
                break next;
            }
            inner = self.dash(column);
        };
        self.ended(column, next)
    }

    /// The column behind a dash.
    fn dash(&mut self, column: usize) -> usize {
        self.at += 1;
        column + 1 + self.blanks()
    }

    /// Closes a list or mapping at a line that does not belong to it.
    fn ended(&mut self, column: usize, next: Column) -> Option<Column> {
        self.depth -= 1;
        self.tree.end(self.span(self.at));
        // Further in than its entries stands nothing of the usual.
        let is_outside = next.is_none_or(|next| next <= column);
        is_outside.then_some(next)
    }

    fn item(&mut self, column: usize, inner: usize) -> Option<Column> {
        if self.is_dash() {
            return self.sequence(inner, false);
        }
        if matches!(self.byte(), b'{' | b'[') {
            self.flow(column)?;
            return self.end_of_line();
        }
        let word = self.word(false)?;
        if self.byte() == b':' {
            return self.mapping(inner, word);
        }
        self.place(&word);
        self.end_of_line()
    }

    /// A key and its colon.
    fn key(&mut self, key: &Word<'s>) -> Option<()> {
        let is_key = self.byte() == b':' && matches!(self.peek(1), b' ' | b'\n');
        if !is_key || key.text.len() > KEY {
            return None;
        }
        self.place(key);
        self.at += 1;
        Some(())
    }

    /// What stands behind the colon of a key in a column, or in the lines below.
    fn value(&mut self, column: usize) -> Option<Column> {
        let begun = self.at;
        self.blanks();
        match self.byte() {
            b'\n' | b'#' => {
                self.at = begun;
                let absent = Span::new(self.file, begun - 1..begun - 1);
                match self.end_of_line()? {
                    Some(next) if next > column => self.block(next),
                    Some(next) if next == column && self.is_dash() => self.sequence(next, true),
                    next => {
                        self.tree.text("", true, absent);
                        Some(next)
                    }
                }
            }
            b'{' | b'[' => {
                self.flow(column)?;
                self.end_of_line()
            }
            _ => {
                let word = self.word(false)?;
                self.place(&word);
                self.end_of_line()
            }
        }
    }

    /// `{ … }` or `[ … ]`; its lines stand further in than a column.
    fn flow(&mut self, column: usize) -> Option<()> {
        self.deeper()?;
        let is_mapping = self.byte() == b'{';
        let open = self.span_of_byte();
        let close = if is_mapping {
            self.tree.begin_mapping(open, Flow);
            b'}'
        } else {
            self.tree.begin_sequence(open, Flow);
            b']'
        };
        self.at += 1;
        self.flow_blanks(column)?;
        while self.byte() != close {
            if is_mapping {
                self.flow_entry(column)?;
            } else {
                self.flow_value(column)?;
            }
            self.flow_blanks(column)?;
            if self.byte() == b',' {
                self.at += 1;
                self.flow_blanks(column)?;
            } else if self.byte() != close {
                return None;
            }
        }
        self.depth -= 1;
        self.tree.end(self.span_of_byte());
        self.at += 1;
        Some(())
    }

    /// `key: value`, or a key alone. The library has an absent value at the colon, or else at the next comma or bracket.
    fn flow_entry(&mut self, column: usize) -> Option<()> {
        let key = self.word(true)?;
        if key.text.len() > KEY {
            return None;
        }
        let colon = self.span(self.at);
        let absent = if self.byte() == b':' {
            self.place(&key);
            self.at += 1;
            self.flow_blanks(column)?;
            if !matches!(self.byte(), b',' | b'}') {
                return self.flow_value(column);
            }
            colon
        } else {
            self.place(&key);
            self.flow_blanks(column)?;
            self.span(self.at)
        };
        self.tree.text("", true, absent);
        Some(())
    }

    fn flow_value(&mut self, column: usize) -> Option<()> {
        if matches!(self.byte(), b'{' | b'[') {
            return self.flow(column);
        }
        let word = self.word(true)?;
        self.place(&word);
        Some(())
    }

    /// A text of one line, quoted or not, without escapes.
    fn word(&mut self, in_flow: bool) -> Option<Word<'s>> {
        let start = self.at;
        let (text, plain) = match self.byte() {
            quote @ (b'"' | b'\'') => (self.quoted(quote)?, false),
            b'a'..=b'z'
            | b'A'..=b'Z'
            | b'0'..=b'9'
            | b'_'
            | b'$'
            | b'/'
            | b'('
            | b'<'
            | b'~'
            | 0x80.. => (self.plain(in_flow)?, true),
            _ => return None,
        };
        let span = self.span(start);
        Some(Word { text, plain, span })
    }

    fn quoted(&mut self, quote: u8) -> Option<&'s str> {
        self.at += 1;
        let start = self.at;
        loop {
            let byte = self.byte();
            if byte == quote {
                break;
            }
            if byte == b'\\' && quote == b'"' || !self.is_usual(byte) {
                return None;
            }
            self.at += 1;
        }
        let text = self.text.get(start..self.at);
        self.at += 1;
        // A quote that is doubled stands for itself.
        text.filter(|_| self.byte() != quote)
    }

    fn plain(&mut self, in_flow: bool) -> Option<&'s str> {
        let start = self.at;
        let mut end = start;
        loop {
            match self.byte() {
                b'\n' => break,
                b' ' => {
                    self.at += 1;
                    continue;
                }
                b'#' if end < self.at => break,
                b':' if matches!(self.peek(1), b' ' | b'\n') => break,
                b':' if in_flow && is_flow(self.peek(1)) => return None,
                byte if in_flow && is_flow(byte) => break,
                byte if !self.is_usual(byte) => return None,
                _ => {}
            }
            self.at += 1;
            end = self.at;
        }
        self.at = end;
        self.text.get(start..end)
    }

    /// Printable. Of what is not ASCII only the characters whose first byte says so: control characters and a byte order
    /// mark have others.
    fn is_usual(&self, byte: u8) -> bool {
        match byte {
            b' '..=b'~' => true,
            0xc2 => self.peek(1) >= 0xa0,
            0xef => false,
            byte => byte >= 0x80,
        }
    }

    /// From the end of a value to the next line with something in it.
    fn end_of_line(&mut self) -> Option<Column> {
        if self.blanks() > 0 && self.byte() == b'#' {
            self.comment()?;
        }
        if self.byte() != b'\n' {
            return None;
        }
        if self.at < self.text.len() {
            self.at += 1;
        }
        self.line()
    }

    /// From the start of a line to the next one with something in it.
    fn line(&mut self) -> Option<Column> {
        loop {
            let column = self.blanks();
            if self.byte() == b'#' {
                self.comment()?;
            }
            if self.byte() != b'\n' {
                return Some(Some(column));
            }
            if self.at >= self.text.len() {
                return Some(None);
            }
            self.at += 1;
        }
    }

    fn comment(&mut self) -> Option<()> {
        while self.byte() != b'\n' {
            if !self.is_usual(self.byte()) {
                return None;
            }
            self.at += 1;
        }
        Some(())
    }

    /// Blanks and line breaks within brackets.
    fn flow_blanks(&mut self, column: usize) -> Option<()> {
        self.blanks();
        while self.byte() == b'\n' {
            if self.at >= self.text.len() {
                return None;
            }
            self.at += 1;
            let is_further_in = self.blanks() > column;
            if !is_further_in && self.byte() != b'\n' {
                return None;
            }
        }
        Some(())
    }

    fn blanks(&mut self) -> usize {
        let start = self.at;
        while self.byte() == b' ' {
            self.at += 1;
        }
        self.at - start
    }

    fn is_dash(&self) -> bool {
        self.byte() == b'-' && self.peek(1) == b' '
    }

    fn byte(&self) -> u8 {
        self.peek(0)
    }

    /// A byte further on; a line break at the end.
    fn peek(&self, further: usize) -> u8 {
        match self.text.as_bytes().get(self.at + further) {
            Some(byte) => *byte,
            None => b'\n',
        }
    }

    fn place(&mut self, word: &Word<'s>) {
        self.tree.text(word.text, word.plain, word.span);
    }

    fn span(&self, start: usize) -> Span {
        Span::new(self.file, start..self.at)
    }

    fn span_of_byte(&self) -> Span {
        Span::new(self.file, self.at..self.at + 1)
    }

    fn deeper(&mut self) -> Option<()> {
        self.depth += 1;
        (self.depth <= DEPTH).then_some(())
    }
}

#[cfg(test)]
mod tests;

fn is_flow(byte: u8) -> bool {
    matches!(byte, b',' | b'[' | b']' | b'{' | b'}')
}
