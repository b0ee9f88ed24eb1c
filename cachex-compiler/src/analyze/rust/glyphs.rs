//! The tokens of a text as nothing but ranges.

use super::lex::{Kind, Token, lex};

/// A token's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Glyph {
    pub start: u32,
    pub end: u32,
    /// Whether the white space before it is read too: the parser keeps attributes and macros as they are written.
    pub exact: bool,
}

/// All tokens of a text; `None` where it can't be split into tokens.
pub(crate) fn glyphs(text: &str) -> Option<impl Iterator<Item = Glyph>> {
    let tokens = lex(text).ok()?.list;
    let mut kept_until = 0;
    let mut before = [Kind::End; 2];
    let mut index = 0u32;
    Some(tokens.into_iter().map(move |token: Token| {
        if let Kind::Open(_, mate) = token.kind
            && opens_kept(before)
        {
            kept_until = kept_until.max(mate);
        }
        let exact = index < kept_until + 1 && kept_until > 0;
        before = [before[1], token.kind];
        index = index.saturating_add(1);
        Glyph {
            start: token.start,
            end: token.end,
            exact,
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
