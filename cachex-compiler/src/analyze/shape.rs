//! What a file says, and where: its tokens without their places, and their places without the tokens.
//!
//! Two texts with one shape are read alike, but for the places. Where only comments and layout changed, facts need
//! not be worked out again: their places move with the tokens they stand on ([`moves`](super::moves)). What stands in
//! the bodies of functions is told apart from the rest, and the rest is divided where items end, so that an edit of some
//! functions is known as that and no more.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::rust::{Glyph, glyphs};

/// A file's tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// In their order; all tokens are in one of them.
    pub(super) runs: Vec<Run>,
    /// For each token the bytes before it and its own, as variable length numbers.
    places: Vec<u8>,
}

/// Tokens that follow each other: what stands in a function's body between its braces, or else what goes to the next
/// brace or semicolon. An item begins where a run does, and ends where one does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Run {
    pub(super) is_body: bool,
    pub(super) tokens: u32,
    /// The first half of it.
    digest: [u8; 16],
}

/// The shape of a file; `None` for one that is not Rust.
pub fn shape(text: &str) -> Option<Shape> {
    let mut places = Vec::with_capacity(text.len() / 2);
    let mut runs = Runs::default();
    // The brace that closes the body at hand.
    let mut closes = None;
    let (mut behind, mut written) = (0, 0);
    for (index, glyph) in (0u32..).zip(glyphs(text)?) {
        if closes == Some(index) {
            closes = None;
            runs.end(true);
        }
        runs.write(text, behind, glyph)?;
        push(&mut places, glyph.start - written);
        push(&mut places, glyph.end - glyph.start);
        (behind, written) = (glyph.end, glyph.end);
        let said = text.get(glyph.start as usize..glyph.end as usize)?;
        let is_last = !glyph.exact && matches!(said, "{" | "}" | ";");
        if closes.is_none() && is_last {
            runs.end(false);
        }
        closes = closes.or(glyph.closes_body);
    }
    runs.end(false);
    Some(Shape {
        runs: runs.ended,
        places,
    })
}

/// Runs, and the one at hand.
#[derive(Default)]
struct Runs {
    ended: Vec<Run>,
    tokens: u32,
    said: Vec<u8>,
}

impl Runs {
    /// Whether the first of a run touches what is before it doesn't matter: that is a brace or a semicolon.
    fn write(&mut self, text: &str, behind: u32, glyph: Glyph) -> Option<()> {
        let behind = if self.tokens == 0 {
            glyph.start
        } else {
            behind
        };
        self.tokens += 1;
        write(&mut self.said, text, behind, glyph)
    }

    fn end(&mut self, is_body: bool) {
        let digest = Sha256::digest(&self.said);
        self.ended.push(Run {
            is_body,
            tokens: self.tokens,
            digest: std::array::from_fn(|index| digest.get(index).copied().unwrap_or_default()),
        });
        self.tokens = 0;
        self.said.clear();
    }
}

/// A token as far as it is read. What stands in attributes and macros is kept as it is written. Elsewhere it only
/// matters whether two tokens touch: `> >` is not `>>`. Nothing touches the first and the end.
fn write(out: &mut Vec<u8>, text: &str, behind: u32, glyph: Glyph) -> Option<()> {
    let Glyph { start, end, .. } = glyph;
    let gap = text.get(behind as usize..start as usize)?;
    if glyph.exact {
        out.extend_from_slice(gap.as_bytes());
    } else if !gap.is_empty() && behind > 0 && end > start {
        out.push(b' ');
    }
    push(out, end - start);
    out.extend_from_slice(text.get(start as usize..end as usize)?.as_bytes());
    Some(())
}

/// Seven bits a byte, the lowest first; the highest bit says that more follow.
fn push(out: &mut Vec<u8>, mut number: u32) {
    loop {
        let [low, ..] = (number & 0x7f).to_le_bytes();
        number >>= 7;
        if number == 0 {
            return out.push(low);
        }
        out.push(0x80 | low);
    }
}

impl Shape {
    /// Where each token begins and ends.
    pub(super) fn spans(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        let mut bytes = self.places.iter();
        let mut number = move || -> Option<u32> {
            let (mut value, mut shift) = (0u32, 0);
            loop {
                let byte = *bytes.next()?;
                value |= u32::from(byte & 0x7f).checked_shl(shift)?;
                if byte < 0x80 {
                    return Some(value);
                }
                shift += 7;
            }
        };
        let mut behind = 0u32;
        std::iter::from_fn(move || {
            let start = behind.saturating_add(number()?);
            behind = start.saturating_add(number()?);
            Some((start, behind))
        })
    }
}
