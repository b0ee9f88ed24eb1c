//! What a file says, and where: its tokens without their places, and their places without the tokens.
//!
//! Two texts with one shape are read alike, but for the places. Where only comments and layout changed, facts need
//! not be worked out again: their places move with the tokens they stand on ([`Moves`]).

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::lines;
use super::rust::{Glyph, glyphs};

/// A file's tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// Of the tokens, in order.
    pub digest: [u8; 32],
    /// For each token the bytes before it and its own, as variable length numbers.
    places: Vec<u8>,
}

/// The shape of a file; `None` for one that is not Rust.
pub fn shape(text: &str) -> Option<Shape> {
    let mut digest = Sha256::new();
    let mut places = Vec::with_capacity(text.len() / 2);
    let mut behind = 0;
    let mut buffer = Vec::with_capacity(text.len());
    for Glyph { start, end, exact } in glyphs(text)? {
        let gap = text.get(behind as usize..start as usize)?;
        // What stands in attributes and macros is kept as it is written. Elsewhere it only matters whether two
        // tokens touch: `> >` is not `>>`. Nothing touches the first and the end.
        if exact {
            buffer.extend_from_slice(gap.as_bytes());
        } else if !gap.is_empty() && behind > 0 && end > start {
            buffer.push(b' ');
        }
        push(&mut buffer, end - start);
        buffer.extend_from_slice(text.get(start as usize..end as usize)?.as_bytes());
        push(&mut places, start - behind);
        push(&mut places, end - start);
        behind = end;
    }
    digest.update(&buffer);
    Some(Shape {
        digest: digest.finalize().into(),
        places,
    })
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
    fn spans(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
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

/// From the places in one text to those in another of the same shape.
#[derive(Debug, Clone)]
pub struct Moves {
    /// Old start, new start; sorted.
    starts: Vec<(u32, u32)>,
    ends: Vec<(u32, u32)>,
    lines: Vec<u32>,
}

impl Moves {
    /// Between two texts; `None` where their shapes differ.
    pub fn between(old: &Shape, new: &Shape, text: &str) -> Option<Self> {
        if old.digest != new.digest {
            return None;
        }
        let (mut starts, mut ends) = (Vec::new(), Vec::new());
        let mut now = new.spans();
        for (start, end) in old.spans() {
            let (new_start, new_end) = now.next()?;
            starts.push((start, new_start));
            ends.push((end, new_end));
        }
        Some(Self {
            starts,
            ends,
            lines: lines(text),
        })
    }

    pub(super) fn start(&self, at: u32) -> Option<u32> {
        found(&self.starts, at)
    }

    pub(super) fn end(&self, at: u32) -> Option<u32> {
        found(&self.ends, at)
    }

    /// The line of a byte, from 1.
    pub(super) fn line(&self, at: u32) -> u32 {
        let line = self.lines.partition_point(|start| *start <= at).max(1);
        u32::try_from(line).unwrap_or(u32::MAX)
    }
}

fn found(pairs: &[(u32, u32)], at: u32) -> Option<u32> {
    let index = pairs.binary_search_by_key(&at, |(old, _)| *old).ok()?;
    pairs.get(index).map(|(_, new)| *new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(text: &str) -> [u8; 32] {
        shape(text).unwrap().digest
    }

    #[test]
    fn layout_and_comments_are_no_part_of_a_shape() {
        let plain = digest("fn a(x: u8) -> u8 { x + 1 }");
        let other = "// one\nfn  a ( x : u8 )  -> u8\n{ /* two */ x  +  1 }\n";
        assert_ne!(plain, digest("fn a(x: u8) -> u8 { x + 2 }"));
        assert_ne!(plain, digest(other), "tokens that touched are apart");
        let spaced = digest("fn  a(x:  u8)  ->  u8  {\n\n x // three\n + 1\n}");
        assert_eq!(plain, spaced);
        assert_ne!(digest("a > > b"), digest("a >> b"));
    }

    #[test]
    fn what_is_kept_as_written_is_part_of_it() {
        assert_ne!(
            digest("#[a(b, c)] fn f() {}"),
            digest("#[a(b,  c)] fn f() {}")
        );
        assert_ne!(digest("m!(a + b)"), digest("m!(a  + b)"));
        assert_ne!(digest("\"a b\""), digest("\"a  b\""));
    }

    #[test]
    fn places_move_with_their_tokens() {
        let (old, new) = ("fn a() { b() }", "// more\nfn a() {\n    b()\n}");
        let moves = Moves::between(&shape(old).unwrap(), &shape(new).unwrap(), new).unwrap();
        let at = u32::try_from(old.find('b').unwrap()).unwrap();
        let now = u32::try_from(new.find("b(").unwrap()).unwrap();
        assert_eq!(moves.start(at), Some(now));
        assert_eq!(moves.end(at + 1), Some(now + 1));
        assert_eq!(moves.line(now), 3);
        assert_eq!(moves.start(at + 1).map(|found| found > now), Some(true));
        assert_eq!(moves.start(1), None);
    }
}
