//! What a file says, and where: its tokens without their places, and their places without the tokens.
//!
//! Two texts with one shape are read alike, but for the places. Where only comments and layout changed, facts need
//! not be worked out again: their places move with the tokens they stand on ([`Moves`]). What stands in the bodies of
//! functions is told apart from the rest, so that an edit of some bodies is known as that and no more.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::lines;
use super::rust::tree::Range;
use super::rust::{Glyph, glyphs};

/// A file's tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// Of the tokens that stand in no function's body, in order.
    outside: [u8; 32],
    /// In their order; none lies in another.
    bodies: Vec<Body>,
    /// For each token the bytes before it and its own, as variable length numbers.
    places: Vec<u8>,
}

/// The body of a function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Body {
    /// Its braces, as indices of tokens. They count as standing outside of it.
    opens: u32,
    closes: u32,
    /// Of the tokens between them.
    digest: [u8; 32],
}

/// The shape of a file; `None` for one that is not Rust.
pub fn shape(text: &str) -> Option<Shape> {
    let mut places = Vec::with_capacity(text.len() / 2);
    let mut outside = Vec::with_capacity(text.len() / 4);
    let mut inside = Vec::new();
    let mut bodies: Vec<Body> = Vec::new();
    // The brace that closes the body at hand.
    let mut closes = None;
    let (mut behind, mut written) = (0, 0);
    for (index, glyph) in (0u32..).zip(glyphs(text)?) {
        if closes == Some(index) {
            closes = None;
            if let Some(body) = bodies.last_mut() {
                body.digest = Sha256::digest(&inside).into();
            }
            inside.clear();
            // No token is written like this: whatever stands in the body, it stands here.
            outside.extend([0, 1]);
            // Whether its brace touches it doesn't matter.
            behind = glyph.start;
        }
        let out = if closes.is_some() {
            &mut inside
        } else {
            &mut outside
        };
        write(out, text, behind, glyph)?;
        push(&mut places, glyph.start - written);
        push(&mut places, glyph.end - glyph.start);
        (behind, written) = (glyph.end, glyph.end);
        if let Some(mate) = glyph.closes_body {
            closes = Some(mate);
            bodies.push(Body {
                opens: index,
                closes: mate,
                digest: [0; 32],
            });
        }
    }
    Some(Shape {
        outside: Sha256::digest(&outside).into(),
        bodies,
        places,
    })
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

/// From the places in one text to those in another that says the same outside of some functions' bodies.
#[derive(Debug, Clone)]
pub struct Moves {
    /// Old start, new start; sorted.
    starts: Vec<(u32, u32)>,
    ends: Vec<(u32, u32)>,
    lines: Vec<u32>,
    pub(super) edits: Vec<Edit>,
}

/// A body that says something else: from brace to brace, where it stood and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edit {
    pub(super) old: Range,
    pub(super) new: Range,
}

/// Where tokens begin and end.
type Spans = [(u32, u32)];

impl Moves {
    /// Between two texts; `None` where they say different things outside of functions' bodies.
    pub fn between(old: &Shape, new: &Shape, text: &str) -> Option<Self> {
        if old.outside != new.outside || old.bodies.len() != new.bodies.len() {
            return None;
        }
        let mut moves = Self {
            starts: Vec::new(),
            ends: Vec::new(),
            lines: lines(text),
            edits: Vec::new(),
        };
        let before: Vec<_> = old.spans().collect();
        let now: Vec<_> = new.spans().collect();
        // Nothing within a body that was edited is where something was. Its braces are.
        let (mut from, mut from_now) = (0, 0);
        let bodies = old.bodies.iter().zip(&new.bodies);
        for (old, new) in bodies.filter(|(old, new)| old.digest != new.digest) {
            moves.pair(
                before.get(from..=old.opens as usize)?,
                now.get(from_now..=new.opens as usize)?,
            )?;
            moves.edits.push(Edit {
                old: old.range(&before)?,
                new: new.range(&now)?,
            });
            (from, from_now) = (old.closes as usize, new.closes as usize);
        }
        moves.pair(before.get(from..)?, now.get(from_now..)?)?;
        Some(moves)
    }

    /// Whether some body says something else.
    pub fn edits(&self) -> bool {
        !self.edits.is_empty()
    }

    fn pair(&mut self, old: &Spans, new: &Spans) -> Option<()> {
        for ((start, end), (new_start, new_end)) in old.iter().zip(new) {
            self.starts.push((*start, *new_start));
            self.ends.push((*end, *new_end));
        }
        (old.len() == new.len()).then_some(())
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

impl Body {
    fn range(&self, spans: &Spans) -> Option<Range> {
        Some(Range {
            start: spans.get(self.opens as usize)?.0,
            end: spans.get(self.closes as usize)?.1,
        })
    }
}

fn found(pairs: &[(u32, u32)], at: u32) -> Option<u32> {
    let index = pairs.binary_search_by_key(&at, |(old, _)| *old).ok()?;
    pairs.get(index).map(|(_, new)| *new)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether two texts say the same, but for layout and comments.
    fn same(one: &str, other: &str) -> bool {
        let moves = Moves::between(&shape(one).unwrap(), &shape(other).unwrap(), other);
        moves.is_some_and(|moves| !moves.edits())
    }

    #[test]
    fn layout_and_comments_are_no_part_of_a_shape() {
        let plain = "fn a(x: u8) -> u8 { x + 1 }";
        let other = "// one\nfn  a ( x : u8 )  -> u8\n{ /* two */ x  +  1 }\n";
        assert!(!same(plain, "fn a(x: u8) -> u8 { x + 2 }"));
        assert!(!same(plain, other), "tokens that touched are apart");
        assert!(same(
            plain,
            "fn  a(x:  u8)  ->  u8  {\n\n x // three\n + 1\n}"
        ));
        assert!(!same("a > > b", "a >> b"));
    }

    #[test]
    fn what_is_kept_as_written_is_part_of_it() {
        assert!(!same("#[a(b, c)] fn f() {}", "#[a(b,  c)] fn f() {}"));
        assert!(!same("m!(a + b)", "m!(a  + b)"));
        assert!(!same("\"a b\"", "\"a  b\""));
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

    fn moves(old: &str, new: &str) -> Option<Moves> {
        Moves::between(&shape(old)?, &shape(new)?, new)
    }

    #[test]
    fn an_edit_of_a_body_is_told_from_the_rest() {
        let old = "fn a(x: [u8; { 3 }]) where A: B { one(1) }\nimpl C { fn d() { fn e() {} } }";
        let new = "fn a(x: [u8; { 3 }]) where A: B { two(2, 2); }\nimpl C { fn d() { fn e() {} } }";
        let found = moves(old, new).unwrap();
        let texts = |edit: &Edit| {
            let of = |text: &str, range: Range| {
                text[range.start as usize..range.end as usize].to_owned()
            };
            [of(old, edit.old), of(new, edit.new)]
        };
        let found: Vec<_> = found.edits.iter().map(texts).collect();
        assert_eq!(found, [["{ one(1) }", "{ two(2, 2); }"]]);
        let inner = moves(old, &old.replace("e() {}", "e() { f() }")).unwrap();
        assert_eq!(inner.edits.len(), 1);
        for outside in [
            ("{ 3 }", "{ 4 }"),
            ("fn d", "fn f"),
            ("one(1) }", "one(1) } fn g() {}"),
        ] {
            assert!(moves(old, &old.replace(outside.0, outside.1)).is_none());
        }
        let taken = ["fn a() { b } fn c() {}", "fn a() {} fn c() { b }"];
        assert_eq!(moves(taken[0], taken[1]).unwrap().edits.len(), 2);
        let exact = ["m! { fn a() { b } }", "m! { fn a() { c } }"];
        assert!(moves(exact[0], exact[1]).is_none());
    }
}
