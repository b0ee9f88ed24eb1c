//! The parser's state and its smallest steps.
//!
//! It accepts more than Rust and never fails: what it can't read is skipped by whole token trees. Outside of macro
//! bodies the first such place is kept as the file's error. Keeps true: every step advances or ends, and nesting is
//! bounded by [`DEPTH`], beyond which a subtree becomes [`ExprKind::Opaque`].

use super::expand::Macros;
use super::lex::{Kind, LexError, Names, Token, Tokens, lex};
use super::tree::{Expr, ExprId, ExprKind, Item, ItemId, Name, Range, Tree};
use crate::model::Dialect;

/// How deep expressions, types, patterns and modules may nest. rustc's own limit for macros and types is 128; a level
/// costs about ten stack frames, and a test thread has 2 MiB.
const DEPTH: u32 = 128;

/// A place that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct ParseError {
    pub at: u32,
    pub reason: String,
}

macro_rules! keywords {
    ($($constant:ident $text:literal)*) => {
        /// Names every file begins with, so that keywords compare as numbers.
        pub(in crate::analyze::rust) mod kw {
            use super::Name;
            keywords!(@number 0; $($constant)*);
            pub(crate) const TEXTS: &[&str] = &[$($text),*];
        }
    };
    (@number $n:expr; $head:ident $($tail:ident)*) => {
        pub(crate) const $head: Name = Name($n);
        keywords!(@number $n + 1; $($tail)*);
    };
    (@number $n:expr;) => {
        #[expect(dead_code, reason = "ends the numbering")]
        pub(super) const COUNT: u32 = $n;
    };
}

keywords! {
    AS "as" ASYNC "async" AWAIT "await" BREAK "break" CONST "const" CONTINUE "continue" CRATE "crate" DYN "dyn" ELSE "else"
    ENUM "enum" EXTERN "extern" FN "fn" FOR "for" IF "if" IMPL "impl" IN "in" LET "let" LOOP "loop" MATCH "match" MOD "mod"
    MOVE "move" MUT "mut" PUB "pub" REF "ref" RETURN "return" SELF_VALUE "self" SELF_TYPE "Self" STATIC "static"
    STRUCT "struct" SUPER "super" TRAIT "trait" TYPE "type" UNION "union" UNSAFE "unsafe" USE "use" WHERE "where"
    WHILE "while" YIELD "yield" TRUE "true" FALSE "false" MACRO_RULES "macro_rules" DEFAULT "default" AUTO "auto"
    UNDERSCORE "_" BOX "box" RAW "raw" TRY "try" SAFE "safe" OUTPUT "Output"
    IDENT "ident" TT "tt" BLOCK "block" LIFETIME "lifetime" LITERAL "literal"
}

/// Whether a name is a keyword that can't begin or be a path.
fn reserved(name: Name) -> bool {
    !matches!(
        name,
        kw::CRATE
            | kw::SELF_VALUE
            | kw::SELF_TYPE
            | kw::SUPER
            | kw::UNION
            | kw::MACRO_RULES
            | kw::DEFAULT
            | kw::AUTO
            | kw::BOX
            | kw::RAW
            | kw::SAFE
            | kw::OUTPUT
            | kw::IDENT
            | kw::TT
            | kw::BLOCK
            | kw::LIFETIME
            | kw::LITERAL
    ) && (name.0 as usize) < kw::TEXTS.len()
}

pub(super) struct Parser<'a> {
    pub text: &'a str,
    pub tokens: Vec<Token>,
    pub at: usize,
    pub names: Names<'a>,
    pub tree: Tree,
    pub error: Option<ParseError>,
    /// In a macro's body: what can't be read is no error.
    pub lenient: u32,
    /// In a log message or an assertion: literals hold no statements.
    pub mute: u32,
    /// Where a `{` does not begin a struct's fields.
    pub no_struct: bool,
    /// Items of the bodies around this place, innermost last.
    pub inner: Vec<Vec<ItemId>>,
    pub dialect: Dialect,
    pub macros: Macros,
    /// How many bytes of the text are the file's own; behind them stand definitions of other files.
    pub own: u32,
    depth: u32,
}

/// Reads a file whose first `own` bytes are its own, and the others definitions of macros.
pub(crate) fn parse(text: &str, own: usize, dialect: Dialect) -> (Tree, Option<ParseError>) {
    let Tokens {
        list: tokens,
        names,
    } = match lex(text) {
        Ok(tokens) => tokens,
        Err(LexError { at, reason }) => {
            return (
                Tree::default(),
                Some(ParseError {
                    at,
                    reason: reason.to_owned(),
                }),
            );
        }
    };
    let mut parser = Parser {
        text,
        tokens,
        at: 0,
        names,
        tree: Tree::default(),
        error: None,
        lenient: 0,
        mute: 0,
        no_struct: false,
        inner: Vec::new(),
        dialect,
        macros: Macros::default(),
        own: u32::try_from(own).unwrap_or(u32::MAX),
        depth: 0,
    };
    parser.take_foreign();
    parser.tree.attributes = parser.inner_attributes();
    parser.tree.top = parser.items();
    let Parser {
        mut tree,
        error,
        names,
        ..
    } = parser;
    tree.names = names.list.iter().copied().collect();
    (tree, error)
}

impl<'a> Parser<'a> {
    pub(super) fn token(&self, ahead: usize) -> Token {
        let last = Token {
            kind: Kind::End,
            start: 0,
            end: 0,
        };
        self.tokens
            .get(self.at + ahead)
            .or(self.tokens.last())
            .copied()
            .unwrap_or(last)
    }

    pub(super) fn kind(&self, ahead: usize) -> Kind {
        self.token(ahead).kind
    }

    /// The byte the next token begins at.
    pub(super) fn here(&self) -> u32 {
        self.token(0).start
    }

    /// The byte behind the last token taken.
    pub(super) fn behind(&self) -> u32 {
        self.at
            .checked_sub(1)
            .and_then(|index| self.tokens.get(index))
            .map_or(0, |token| token.end)
    }

    pub(super) fn range_from(&self, start: u32) -> Range {
        Range {
            start,
            end: self.behind().max(start),
        }
    }

    /// At the end of the file or of the delimiters around.
    pub(super) fn ended(&self) -> bool {
        matches!(self.kind(0), Kind::Close(_) | Kind::End)
    }

    /// Takes a token, or a whole tree where it opens one.
    pub(super) fn skip(&mut self) {
        self.at = match self.kind(0) {
            Kind::Open(_, mate) => mate as usize + 1,
            Kind::End => self.at,
            _ => self.at + 1,
        };
    }

    pub(super) fn is(&self, byte: u8) -> bool {
        self.kind(0) == Kind::Punct(byte)
    }

    pub(super) fn is_open(&self, byte: u8) -> bool {
        matches!(self.kind(0), Kind::Open(open, _) if open == byte)
    }

    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let is = self.is(byte);
        self.at += usize::from(is);
        is
    }

    /// Two characters of punctuation without a space between, `::`, `->`, `&&`, some tokens ahead.
    pub(super) fn is_pair(&self, ahead: usize, pair: [u8; 2]) -> bool {
        let (first, second) = (self.token(ahead), self.token(ahead + 1));
        first.kind == Kind::Punct(pair[0])
            && second.kind == Kind::Punct(pair[1])
            && first.end == second.start
    }

    pub(super) fn eat_pair(&mut self, pair: [u8; 2]) -> bool {
        let is = self.is_pair(0, pair);
        self.at += if is { 2 } else { 0 };
        is
    }

    pub(super) fn is_kw(&self, keyword: Name) -> bool {
        self.kind(0) == Kind::Ident(keyword)
    }

    pub(super) fn eat_kw(&mut self, keyword: Name) -> bool {
        let is = self.is_kw(keyword);
        self.at += usize::from(is);
        is
    }

    /// A name that is no keyword, some tokens ahead.
    pub(super) fn ident_at(&self, ahead: usize) -> Option<Name> {
        match self.kind(ahead) {
            Kind::Ident(name) if !reserved(name) => Some(name),
            _ => None,
        }
    }

    pub(super) fn ident(&mut self) -> Option<Name> {
        // `$name` of a macro's body stands for itself.
        if self.lenient > 0 && self.is(b'$') && self.ident_at(1).is_some() {
            self.at += 1;
        }
        let name = self.ident_at(0)?;
        self.at += 1;
        Some(name)
    }

    pub(super) fn name_text(&self, name: Name) -> &'a str {
        self.names
            .list
            .get(name.0 as usize)
            .copied()
            .unwrap_or_default()
    }

    /// The text of a byte range.
    pub(super) fn slice(&self, range: Range) -> &'a str {
        self.text
            .get(range.start as usize..range.end as usize)
            .unwrap_or_default()
    }

    /// Keeps the first place that could not be read.
    pub(super) fn fail(&mut self, reason: &str) {
        if self.lenient == 0 && self.error.is_none() {
            self.error = Some(ParseError {
                at: self.here(),
                reason: reason.to_owned(),
            });
        }
    }

    /// Runs a step one level deeper; `None` beyond the limit, the next tree skipped.
    pub(super) fn deeper<T>(&mut self, step: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth >= DEPTH {
            if self.error.is_none() {
                self.error = Some(ParseError {
                    at: self.here(),
                    reason: format!("code is nested more than {DEPTH} levels deep"),
                });
            }
            self.skip();
            return None;
        }
        self.depth += 1;
        let result = step(self);
        self.depth -= 1;
        Some(result)
    }

    /// Runs a step on what stands between the delimiters here, and goes behind them wherever it stopped.
    pub(super) fn inside<T>(&mut self, step: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let Kind::Open(_, mate) = self.kind(0) else {
            return None;
        };
        self.at += 1;
        let no_struct = std::mem::replace(&mut self.no_struct, false);
        let result = step(self);
        if self.at < mate as usize {
            self.fail("not understood here");
        }
        self.no_struct = no_struct;
        self.at = mate as usize + 1;
        Some(result)
    }

    /// `step` again and again, with the separator between, up to the end of the delimiters around.
    pub(super) fn separated<T>(
        &mut self,
        separator: u8,
        mut step: impl FnMut(&mut Self) -> Option<T>,
    ) -> Vec<T> {
        let mut found = Vec::new();
        while !self.ended() {
            let before = self.at;
            found.extend(step(self));
            if !self.eat(separator) && !self.ended() {
                self.fail("not understood here");
                self.skip();
            }
            debug_assert!(self.at > before || self.ended(), "every step advances");
        }
        found
    }

    pub(super) fn expr_of(&mut self, kind: ExprKind, start: u32) -> ExprId {
        let range = self.range_from(start);
        let id = ExprId(u32::try_from(self.tree.exprs.len()).unwrap_or(u32::MAX));
        self.tree.exprs.push(Expr { kind, range });
        id
    }

    pub(super) fn item_of(&mut self, item: Item) -> ItemId {
        let id = ItemId(u32::try_from(self.tree.items.len()).unwrap_or(u32::MAX));
        self.tree.items.push(item);
        id
    }

    /// Text of a range without its spaces; a space stays between two words.
    pub(super) fn squeezed(&self, from: usize, to: usize) -> String {
        let mut out = String::new();
        for token in self.tokens.get(from..to).unwrap_or_default() {
            let piece = self.slice(Range {
                start: token.start,
                end: token.end,
            });
            let word = |byte: Option<u8>| {
                byte.is_some_and(|byte| byte == b'_' || byte.is_ascii_alphanumeric())
            };
            if word(out.bytes().last()) && word(piece.bytes().next()) {
                out.push(' ');
            }
            out.push_str(piece);
        }
        out
    }
}
