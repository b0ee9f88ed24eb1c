//! Attributes: path and tokens as written, those of `cfg_attr` taken out of it.

use super::lex::Kind;
use super::parser::Parser;
use super::tree::{Attr, Range};
use super::ty::PathIn;

impl Parser<'_> {
    /// `#[…]` here.
    pub(super) fn attributes(&mut self) -> Vec<Attr> {
        let mut found = Vec::new();
        while self.is(b'#') && matches!(self.kind(1), Kind::Open(b'[', _)) {
            self.attribute(&mut found);
        }
        found
    }

    /// Of the attributes here those that say which column a field is.
    pub(super) fn attributes_of_orms(&mut self) -> Vec<Attr> {
        let mut found = Vec::new();
        while self.is(b'#') && matches!(self.kind(1), Kind::Open(b'[', _)) {
            let of_orm = match self.kind(2) {
                Kind::Ident(name) => matches!(
                    self.name_text(name),
                    "sea_orm" | "diesel" | "column_name" | "cfg_attr"
                ),
                _ => false,
            };
            if of_orm {
                self.attribute(&mut found);
            } else {
                self.at += 1;
                self.skip();
            }
        }
        found
    }

    /// `#![…]` here.
    pub(super) fn inner_attributes(&mut self) -> Vec<Attr> {
        let mut found = Vec::new();
        while self.begins_inner_attribute() {
            self.at += 1;
            self.attribute(&mut found);
        }
        found
    }

    fn begins_inner_attribute(&self) -> bool {
        self.is(b'#')
            && self.kind(1) == Kind::Punct(b'!')
            && matches!(self.kind(2), Kind::Open(b'[', _))
    }

    pub(super) fn skip_inner_attributes(&mut self) {
        while self.begins_inner_attribute() {
            self.at += 2;
            self.skip();
        }
    }

    pub(super) fn skip_attributes(&mut self) {
        while self.is(b'#') && matches!(self.kind(1), Kind::Open(b'[', _)) {
            self.at += 1;
            self.skip();
        }
    }

    fn attribute(&mut self, found: &mut Vec<Attr>) {
        let start = self.here();
        self.at += 1;
        let Kind::Open(_, mate) = self.kind(0) else {
            return;
        };
        let range = Range {
            start,
            end: self
                .tokens
                .get(mate as usize)
                .map_or(start, |token| token.end),
        };
        self.inside(|parser| parser.meta(range, found));
    }

    /// `path`, `path(tokens)` or `path = tokens`, up to a comma or the end.
    fn meta(&mut self, range: Range, found: &mut Vec<Attr>) {
        let from = self.at;
        self.path(PathIn::Expr);
        let path = self.squeezed(from, self.at);
        if path == "cfg_attr" && matches!(self.kind(0), Kind::Open(..)) {
            self.deeper(|parser| parser.inside(|parser| parser.conditional(range, found)));
            return;
        }
        let (open, close) = match self.kind(0) {
            Kind::Open(_, mate) => {
                let open = self.token(0).end;
                self.skip();
                (
                    open,
                    self.tokens
                        .get(mate as usize)
                        .map_or(open, |token| token.start),
                )
            }
            Kind::Punct(b'=') => {
                let open = self.token(0).end;
                while !self.ended() && !self.is(b',') {
                    self.skip();
                }
                (open, self.behind())
            }
            _ => (self.behind(), self.behind()),
        };
        let tokens = self
            .slice(Range {
                start: open,
                end: close,
            })
            .to_owned();
        if path != "doc" && !path.is_empty() {
            found.push(Attr {
                path,
                tokens,
                tokens_start: open,
                range,
            });
        }
        // What is left is no attribute that rustc would take.
        while !self.ended() && !self.is(b',') {
            self.skip();
        }
    }

    /// `cfg_attr(condition, attribute, …)`: each counts, whatever the condition, unless that is `test`.
    fn conditional(&mut self, range: Range, found: &mut Vec<Attr>) {
        let from = self.at;
        while !self.ended() && !self.is(b',') {
            self.skip();
        }
        let for_tests = requires_test(&self.squeezed(from, self.at));
        while self.eat(b',') && !self.ended() {
            let before = found.len();
            self.meta(range, found);
            if for_tests {
                found.truncate(before);
            }
        }
    }
}

/// Whether attributes leave an item to tests.
pub(super) fn is_test(attributes: &[Attr]) -> bool {
    attributes.iter().any(|attribute| {
        let last = attribute.path.rsplit("::").next().unwrap_or_default();
        match last {
            "test" | "rstest" | "test_case" | "bench" | "proptest" => true,
            "cfg" => requires_test(&attribute.tokens),
            _ => false,
        }
    })
}

/// Whether a `cfg` predicate holds under test only: `test`, `all(test, …)`, but neither `not(test)` nor `any(test, …)`.
fn requires_test(predicate: &str) -> bool {
    let predicate = predicate.trim();
    if let Some(inner) = predicate
        .strip_prefix("all")
        .map(str::trim)
        .and_then(|rest| rest.strip_prefix('('))
    {
        let inner = inner.strip_suffix(')').unwrap_or(inner);
        return split_commas(inner).any(|part| part.trim() == "test");
    }
    predicate == "test"
}

fn split_commas(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0i32;
    text.split(move |next| {
        depth += match next {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        next == ',' && depth == 0
    })
}
