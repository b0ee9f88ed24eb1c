//! The tokens of a text as nothing but ranges.

use super::lex::{Kind, Token, lex};
use super::parser::kw;

/// A token's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Glyph {
    pub start: u32,
    pub end: u32,
    /// Whether the white space before it is read too: the parser keeps attributes and macros as they are written.
    pub exact: bool,
    /// For the brace that opens a function's body, the index of the one that closes it. Functions within functions,
    /// attributes and macros are not looked for.
    pub closes_body: Option<u32>,
}

/// All tokens of a text; `None` where it can't be split into tokens.
pub(crate) fn glyphs(text: &str) -> Option<impl Iterator<Item = Glyph>> {
    let tokens = lex(text).ok()?.list;
    let mut kept_until = 0;
    let mut before = [Kind::End; 2];
    let mut index = 0u32;
    let mut heads = Heads::default();
    Some(tokens.into_iter().map(move |token: Token| {
        if let Kind::Open(_, mate) = token.kind
            && opens_kept(before)
        {
            kept_until = kept_until.max(mate);
        }
        let exact = index < kept_until + 1 && kept_until > 0;
        let closes_body = heads.step(index, token.kind, before[1], exact);
        before = [before[1], token.kind];
        index = index.saturating_add(1);
        Glyph {
            start: token.start,
            end: token.end,
            exact,
            closes_body,
        }
    }))
}

/// `#[`, `#![`, `name!(`, and `macro_rules! name {`.
fn opens_kept(before: [Kind; 2]) -> bool {
    matches!(
        before,
        [_, Kind::Punct(b'#' | b'!')] | [Kind::Punct(b'!'), Kind::Ident(_)]
    )
}

/// Follows the heads of functions to their bodies.
#[derive(Default)]
struct Heads {
    /// Between a function's name and its body.
    within: bool,
    /// Nothing is looked for before this token.
    next: u32,
}

impl Heads {
    fn step(&mut self, index: u32, kind: Kind, before: Kind, exact: bool) -> Option<u32> {
        if exact || index < self.next {
            return None;
        }
        match kind {
            Kind::Ident(_) if before == Kind::Ident(kw::FN) => self.within = true,
            Kind::Punct(b';') | Kind::Close(_) => self.within = false,
            Kind::Open(delimiter, mate) if self.within => {
                self.next = mate + 1;
                if delimiter == b'{' {
                    self.within = false;
                    return Some(mate);
                }
            }
            _ => {}
        }
        None
    }
}
