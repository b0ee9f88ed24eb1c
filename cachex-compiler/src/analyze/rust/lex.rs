//! Rust text → tokens, delimiters matched. Comments and white space are dropped; nothing is copied out of the text but
//! names, once each.
//!
//! An own lexer, since the analyser must outrun a full parser, reads macro bodies that are no Rust, and may not
//! recurse: a token is 16 bytes, and a hundred thousand open brackets are a number, not a stack.

use std::collections::HashMap;

use super::fold::Fold;
use super::parser::kw::TEXTS as KEYWORDS;
use super::tree::Name;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An identifier or keyword.
    Ident(Name),
    /// `'a`.
    Lifetime,
    /// A number.
    Number,
    /// `"…"`, `r"…"`: content between the two offsets from the token's start and end.
    Str { raw: bool, open: u8, close: u8 },
    /// `'c'`, `b"…"`, `c"…"`: literals whose text is of no interest.
    Other,
    /// One character of punctuation.
    Punct(u8),
    /// `(`, `[`, `{` with the index of the token that closes it.
    Open(u8, u32),
    /// `)`, `]`, `}`.
    Close(u8),
    /// Behind the last token.
    End,
}

/// A token and its byte range.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub kind: Kind,
    pub start: u32,
    pub end: u32,
}

/// The tokens of a file.
pub(super) struct Tokens<'a> {
    pub list: Vec<Token>,
    pub names: Names<'a>,
}

/// Why a text could not be split into tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LexError {
    pub at: u32,
    pub reason: &'static str,
}

/// Every name of a file, once.
#[derive(Default)]
pub(super) struct Names<'a> {
    index: HashMap<&'a str, Name, Fold>,
    pub list: Vec<&'a str>,
}

impl<'a> Names<'a> {
    /// The number of a name that the file says.
    pub(super) fn known(&self, text: &str) -> Option<Name> {
        self.index.get(text).copied()
    }

    /// The name's number.
    pub(super) fn intern(&mut self, text: &'a str) -> Name {
        if let Some(name) = self.index.get(text) {
            return *name;
        }
        let name = Name(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.index.insert(text, name);
        self.list.push(text);
        name
    }
}

/// Splits a text. Its length must fit 32 bits.
pub(super) fn lex(text: &str) -> Result<Tokens<'_>, LexError> {
    let mut names = Names::default();
    for keyword in KEYWORDS {
        names.intern(keyword);
    }
    let mut lexer = Lexer {
        text,
        bytes: text.as_bytes(),
        at: 0,
        tokens: Vec::with_capacity(text.len() / 5),
        names,
        open: Vec::new(),
    };
    lexer.skip_shebang();
    while lexer.at < lexer.bytes.len() {
        lexer.step()?;
    }
    if let Some((opened, _)) = lexer.open.last() {
        let at = lexer.tokens.get(*opened).map_or(0, |token| token.start);
        return Err(LexError {
            at,
            reason: "a delimiter is never closed",
        });
    }
    lexer.push(Kind::End, lexer.at);
    Ok(Tokens {
        list: lexer.tokens,
        names: lexer.names,
    })
}

struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    tokens: Vec<Token>,
    names: Names<'a>,
    /// Open delimiters: index of the token, and its character.
    open: Vec<(usize, u8)>,
}

impl Lexer<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    pub(super) fn push(&mut self, kind: Kind, start: usize) {
        // The caller bounds the text to 32 bits.
        let range = (
            u32::try_from(start).unwrap_or(u32::MAX),
            u32::try_from(self.at).unwrap_or(u32::MAX),
        );
        self.tokens.push(Token {
            kind,
            start: range.0,
            end: range.1,
        });
    }

    fn error(at: usize, reason: &'static str) -> LexError {
        LexError {
            at: u32::try_from(at).unwrap_or(u32::MAX),
            reason,
        }
    }

    fn skip_shebang(&mut self) {
        if self.text.starts_with('\u{feff}') {
            self.at = 3;
        }
        let rest = self.text.get(self.at..).unwrap_or_default();
        if rest.starts_with("#!") && !rest[2..].trim_start().starts_with('[') {
            self.at += rest.find('\n').unwrap_or(rest.len());
        }
    }

    fn step(&mut self) -> Result<(), LexError> {
        let start = self.at;
        let byte = self.peek(0);
        match byte {
            b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
            b'/' if self.peek(1) == b'/' => self.line_comment(),
            b'/' if self.peek(1) == b'*' => self.block_comment()?,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => self.word(start)?,
            b'0'..=b'9' => self.number(start),
            b'"' => self.string(start, 1, true)?,
            b'\'' => self.quote(start)?,
            b'(' | b'[' | b'{' => {
                self.open.push((self.tokens.len(), byte));
                self.at += 1;
                self.push(Kind::Open(byte, 0), start);
            }
            b')' | b']' | b'}' => self.close(start, byte)?,
            _ => {
                self.at += 1;
                self.push(Kind::Punct(byte), start);
            }
        }
        Ok(())
    }

    fn close(&mut self, start: usize, byte: u8) -> Result<(), LexError> {
        let Some((opened, open)) = self.open.pop() else {
            return Err(Self::error(
                start,
                "a delimiter is closed that was never opened",
            ));
        };
        if !matches!((open, byte), (b'(', b')') | (b'[', b']') | (b'{', b'}')) {
            return Err(Self::error(start, "delimiters do not match"));
        }
        let mate = u32::try_from(self.tokens.len()).unwrap_or(u32::MAX);
        if let Some(token) = self.tokens.get_mut(opened) {
            token.kind = Kind::Open(open, mate);
        }
        self.at += 1;
        self.push(Kind::Close(byte), start);
        Ok(())
    }

    fn line_comment(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at += rest
            .iter()
            .position(|byte| *byte == b'\n')
            .unwrap_or(rest.len());
    }

    fn block_comment(&mut self) -> Result<(), LexError> {
        let start = self.at;
        let mut depth = 0usize;
        while self.at < self.bytes.len() {
            match (self.peek(0), self.peek(1)) {
                (b'/', b'*') => {
                    depth += 1;
                    self.at += 2;
                }
                (b'*', b'/') => {
                    depth -= 1;
                    self.at += 2;
                    if depth == 0 {
                        return Ok(());
                    }
                }
                _ => self.at += 1,
            }
        }
        Err(Self::error(start, "a comment is never closed"))
    }

    /// An identifier, or the prefix of a literal.
    fn word(&mut self, start: usize) -> Result<(), LexError> {
        self.skip_word();
        let word = self.text.get(start..self.at).unwrap_or_default();
        match (word, self.peek(0)) {
            ("r", b'"' | b'#') if self.raw_opens() => return self.raw_string(start, true),
            ("br" | "cr", b'"' | b'#') if self.raw_opens() => return self.raw_string(start, false),
            ("b" | "c", b'"') => return self.string(start, 1, false),
            ("b", b'\'') => return self.quote(start),
            ("r", b'#') => {
                // Kept with its prefix, so that it is never taken for the keyword; linking drops the prefix.
                self.at += 1;
                self.skip_word();
                let text = self.text.get(start..self.at).unwrap_or_default();
                let name = self.names.intern(text);
                self.push(Kind::Ident(name), start);
                return Ok(());
            }
            _ => {}
        }
        let name = self.names.intern(word);
        self.push(Kind::Ident(name), start);
        Ok(())
    }

    fn skip_word(&mut self) {
        while matches!(self.peek(0), b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | 0x80..)
            && self.at < self.bytes.len()
        {
            self.at += 1;
        }
    }

    fn raw_opens(&self) -> bool {
        let mut ahead = 0;
        while self.peek(ahead) == b'#' {
            ahead += 1;
        }
        self.peek(ahead) == b'"'
    }

    fn raw_string(&mut self, start: usize, is_text: bool) -> Result<(), LexError> {
        let mut hashes = 0;
        while self.peek(0) == b'#' {
            hashes += 1;
            self.at += 1;
        }
        self.at += 1;
        let open = self.at - start;
        while self.at < self.bytes.len() {
            if self.peek(0) == b'"' && (1..=hashes).all(|ahead| self.peek(ahead) == b'#') {
                self.at += 1 + hashes;
                let kind = match (u8::try_from(open), u8::try_from(hashes + 1)) {
                    (Ok(open), Ok(close)) if is_text => Kind::Str {
                        raw: true,
                        open,
                        close,
                    },
                    _ => Kind::Other,
                };
                self.push(kind, start);
                return Ok(());
            }
            self.at += 1;
        }
        Err(Self::error(start, "a string is never closed"))
    }

    fn string(&mut self, start: usize, open: u8, is_text: bool) -> Result<(), LexError> {
        self.at += 1;
        while self.at < self.bytes.len() {
            match self.peek(0) {
                b'\\' => self.at += 2,
                b'"' => {
                    self.at += 1;
                    self.push(
                        if is_text {
                            Kind::Str {
                                raw: false,
                                open,
                                close: 1,
                            }
                        } else {
                            Kind::Other
                        },
                        start,
                    );
                    return Ok(());
                }
                _ => self.at += 1,
            }
        }
        Err(Self::error(start, "a string is never closed"))
    }

    /// A character or a lifetime: `'a'`, `'\n'`, `'a`.
    fn quote(&mut self, start: usize) -> Result<(), LexError> {
        self.at += 1;
        if self.peek(0) == b'\\' {
            self.at += 2;
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let Some(close) = rest.iter().take(12).position(|byte| *byte == b'\'') else {
                return Err(Self::error(start, "a character is never closed"));
            };
            self.at += close + 1;
            self.push(Kind::Other, start);
            return Ok(());
        }
        let width = self
            .text
            .get(self.at..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
        if self.peek(width) == b'\'' && width > 0 {
            self.at += width + 1;
            self.push(Kind::Other, start);
            return Ok(());
        }
        self.skip_word();
        self.push(Kind::Lifetime, start);
        Ok(())
    }

    fn number(&mut self, start: usize) {
        self.skip_word();
        // `1.5`, but neither `1..2` nor `1.max(2)` nor `tuple.0.1`.
        let field = self
            .tokens
            .last()
            .is_some_and(|token| token.kind == Kind::Punct(b'.') && token.end as usize == start);
        if self.peek(0) == b'.' && !field {
            match self.peek(1) {
                b'0'..=b'9' => {
                    self.at += 1;
                    self.skip_word();
                }
                b'.' | b'_' | b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => {}
                _ => self.at += 1,
            }
        }
        let ends_in_exponent = matches!(self.bytes.get(self.at - 1), Some(b'e' | b'E'));
        let hexadecimal = self
            .text
            .get(start..self.at)
            .is_some_and(|text| text.starts_with("0x"));
        if ends_in_exponent && !hexadecimal && matches!(self.peek(0), b'+' | b'-') {
            self.at += 1;
            self.skip_word();
        }
        self.push(Kind::Number, start);
    }
}
