//! From the places in one text to those in another, where little else changed.

use super::lines;
use super::rust::tree::Range;
use super::shape::{Run, Shape};

/// From the places in one text to those in another that says the same outside of some functions' bodies, but for one
/// place where items may have come or gone.
#[derive(Debug, Clone)]
pub struct Moves {
    /// Old start, new start; sorted.
    starts: Vec<(u32, u32)>,
    ends: Vec<(u32, u32)>,
    lines: Vec<u32>,
    pub(super) edits: Vec<Edit>,
    pub(super) replaced: Replaced,
}

/// A body that says something else: from brace to brace, where it stood and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edit {
    pub(super) old: Range,
    pub(super) new: Range,
}

/// Tokens that stood where others stand now.
#[derive(Debug, Clone, Default)]
pub(super) struct Replaced {
    pub(super) old: Vec<(u32, u32)>,
    pub(super) new: Vec<(u32, u32)>,
}

/// Where tokens begin and end.
type Spans = [(u32, u32)];

impl Moves {
    /// Between two texts; `None` where too much was edited.
    pub fn between(old: &Shape, new: &Shape, text: &str) -> Option<Self> {
        let [mut old, mut new] = [Side::of(old), Side::of(new)];
        let alike = |old: &Run, new: &Run| old.is_body && new.is_body || old == new;
        let both = old.runs.iter().zip(new.runs);
        let ahead = both.take_while(|(old, new)| alike(old, new)).count();
        let rest = [old.runs.get(ahead..)?, new.runs.get(ahead..)?];
        let both = rest[0].iter().rev().zip(rest[1].iter().rev());
        let behind = both.take_while(|(old, new)| alike(old, new)).count();
        // Of a function with another name all is another's, whatever bodies are alike.
        let of_heads = rest.iter().all(|rest| (rest.len() - behind) % 3 == 1);
        let behind = if of_heads {
            behind.checked_sub(2)?
        } else {
            behind
        };
        let [gone, come] = rest.map(|rest| rest.split_at(rest.len() - behind).0);
        if !are_functions(gone) || !are_functions(come) {
            return None;
        }
        let mut moves = Self {
            starts: Vec::new(),
            ends: Vec::new(),
            lines: lines(text),
            edits: Vec::new(),
            replaced: Replaced::default(),
        };
        moves.pair(&mut old, &mut new, ahead)?;
        moves.replaced = Replaced {
            old: old.pass(gone.len())?,
            new: new.pass(come.len())?,
        };
        moves.pair(&mut old, &mut new, behind)?;
        Some(moves)
    }

    /// Runs that say the same, but for bodies. Nothing within a body that was edited is where something was. Its braces
    /// are.
    fn pair(&mut self, old: &mut Side<'_>, new: &mut Side<'_>, runs: usize) -> Option<()> {
        for _ in 0..runs {
            let [was, is] = [old.next()?, new.next()?];
            if was == is {
                for (old, new) in old.tokens(was)?.iter().zip(new.tokens(is)?) {
                    self.starts.push((old.0, new.0));
                    // The end of the text may be that of its last token, which need not be the last one now.
                    if old.0 < old.1 {
                        self.ends.push((old.1, new.1));
                    }
                }
            } else {
                self.edits.push(Edit {
                    old: old.around(was)?,
                    new: new.around(is)?,
                });
            }
        }
        Some(())
    }

    /// Whether something else is said anywhere.
    pub fn edits(&self) -> bool {
        let Replaced { old, new } = &self.replaced;
        !(self.edits.is_empty() && old.is_empty() && new.is_empty())
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

/// Whether these may be functions, one after the other: of each its head, its body and the brace behind.
fn are_functions(runs: &[Run]) -> bool {
    let parts = [false, true, false].into_iter().cycle();
    runs.len().is_multiple_of(3)
        && runs
            .iter()
            .zip(parts)
            .all(|(run, is_body)| run.is_body == is_body)
}

/// Goes through a shape's runs.
struct Side<'s> {
    runs: &'s [Run],
    spans: Vec<(u32, u32)>,
    /// How many were passed of either.
    at: usize,
    tokens: usize,
}

impl<'s> Side<'s> {
    fn of(shape: &'s Shape) -> Self {
        Self {
            runs: &shape.runs,
            spans: shape.spans().collect(),
            at: 0,
            tokens: 0,
        }
    }

    /// The next run.
    fn next(&mut self) -> Option<&'s Run> {
        let run = self.runs.get(self.at)?;
        self.at += 1;
        self.tokens += run.tokens as usize;
        Some(run)
    }

    /// The tokens of a run that was just passed.
    fn tokens(&self, run: &Run) -> Option<&Spans> {
        self.spans
            .get(self.tokens.checked_sub(run.tokens as usize)?..self.tokens)
    }

    /// From brace to brace.
    fn around(&self, body: &Run) -> Option<Range> {
        let opens = self.tokens.checked_sub(body.tokens as usize + 1)?;
        Some(Range {
            start: self.spans.get(opens)?.0,
            end: self.spans.get(self.tokens)?.1,
        })
    }

    /// The tokens of the next runs.
    fn pass(&mut self, runs: usize) -> Option<Vec<(u32, u32)>> {
        let from = self.tokens;
        for _ in 0..runs {
            self.next()?;
        }
        Some(self.spans.get(from..self.tokens)?.to_vec())
    }
}

fn found(pairs: &[(u32, u32)], at: u32) -> Option<u32> {
    let index = pairs.binary_search_by_key(&at, |(old, _)| *old).ok()?;
    pairs.get(index).map(|(_, new)| *new)
}

#[cfg(test)]
mod tests {
    use super::super::shape::shape;
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
        let more = format!("{old} // more");
        let moves = Moves::between(&shape(old).unwrap(), &shape(&more).unwrap(), &more).unwrap();
        let end = u32::try_from(old.len()).unwrap();
        assert_eq!(moves.end(end), Some(end), "what is last stays where it is");
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
        for outside in [("{ 3 }", "{ 4 }"), ("impl C", "impl E")] {
            assert!(moves(old, &old.replace(outside.0, outside.1)).is_none());
        }
        let taken = ["fn a() { b } fn c() {}", "fn a() {} fn c() { b }"];
        assert_eq!(moves(taken[0], taken[1]).unwrap().edits.len(), 2);
        let exact = ["m! { fn a() { b } }", "m! { fn a() { c } }"];
        assert!(moves(exact[0], exact[1]).is_none());
    }

    #[test]
    fn functions_that_come_or_go_are_told_from_the_rest() {
        let text = "use a;\nfn one() { b }\nimpl C { fn two() { c } }\n";
        let come = |at: &str, more: &str| {
            let now = text.replace(at, &format!("{more} {at}"));
            let tokens = moves(text, &now)?.replaced;
            assert!(tokens.old.is_empty());
            assert_eq!(moves(&now, text)?.replaced.old, tokens.new);
            let (first, last) = (tokens.new.first()?, tokens.new.last()?);
            Some(now[first.0 as usize..last.1 as usize].to_owned())
        };
        for at in ["use", "fn one", "impl", "fn two", "}\n"] {
            let more = "pub fn more(x: u8) { d }";
            assert_eq!(come(at, more).as_deref(), Some(more), "before {at}");
        }
        for more in ["struct D;", "impl D {}", "fn e(x: [u8; 1]) {}"] {
            assert_eq!(come("impl", more), None);
        }
        let both = moves(
            text,
            &text.replace("fn one", "fn other").replace("{ c }", "{ d }"),
        );
        let both = both.unwrap();
        assert_eq!((both.replaced.old.len(), both.edits.len()), (7, 1));
    }
}
