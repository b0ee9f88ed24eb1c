//! Patterns.

use super::lex::Kind;
use super::parser::{Parser, kw};
use super::tree::{Name, Pat};
use super::ty::PathIn;

impl Parser<'_> {
    /// A pattern with its alternatives.
    pub(super) fn pat(&mut self) -> Pat {
        self.eat(b'|');
        let first = self.pat_one();
        if !self.is(b'|') || self.is_pair(0, *b"||") {
            return first;
        }
        let mut all = vec![first];
        while self.is(b'|') && !self.is_pair(0, *b"||") {
            self.at += 1;
            all.push(self.pat_one());
        }
        Pat::Or(all)
    }

    /// A pattern without alternatives: a closure's parameter ends at `|`.
    pub(super) fn pat_one(&mut self) -> Pat {
        let pat = self.deeper(Self::pat_here).unwrap_or(Pat::Wild);
        self.range_tail();
        pat
    }

    fn range_tail(&mut self) {
        if !self.is_pair(0, *b"..") {
            return;
        }
        self.at += 2;
        // `3.. => …`: that `=` ends the pattern.
        if !self.is_pair(0, *b"=>") {
            self.eat(b'=');
        }
        self.eat(b'-');
        match self.kind(0) {
            Kind::Number | Kind::Other => self.at += 1,
            Kind::Ident(name) if name != kw::IF => {
                self.path(PathIn::Expr);
            }
            _ => {}
        }
    }

    fn pat_here(&mut self) -> Pat {
        match self.kind(0) {
            Kind::Punct(b'&') => {
                self.at += 1;
                self.eat_kw(kw::MUT);
                Pat::Ref(Box::new(self.pat_one()))
            }
            Kind::Open(b'(', _) => self.tuple_pat(),
            Kind::Open(b'[', _) => Pat::Slice(self.pats_inside()),
            Kind::Punct(b'-') => {
                self.at += 2;
                Pat::Wild
            }
            Kind::Number
            | Kind::Str { .. }
            | Kind::Other
            | Kind::Ident(kw::UNDERSCORE | kw::TRUE | kw::FALSE) => {
                self.at += 1;
                Pat::Wild
            }
            Kind::Open(b'{', _) | Kind::Ident(kw::CONST) => {
                self.at += usize::from(self.is_kw(kw::CONST));
                self.skip();
                Pat::Wild
            }
            Kind::Punct(b'.') => Pat::Wild,
            Kind::Ident(kw::REF | kw::MUT | kw::BOX) => {
                self.at += 1;
                self.pat_here_again()
            }
            _ => self.path_pat(),
        }
    }

    /// Behind `ref` or `mut`.
    fn pat_here_again(&mut self) -> Pat {
        self.deeper(Self::pat_here).unwrap_or(Pat::Wild)
    }

    fn tuple_pat(&mut self) -> Pat {
        let mut comma = false;
        let mut pats = self
            .inside(|parser| {
                let mut pats = Vec::new();
                while !parser.ended() {
                    let before = parser.at;
                    pats.push(parser.pat());
                    comma = parser.eat(b',');
                    if parser.at == before {
                        break;
                    }
                }
                pats
            })
            .unwrap_or_default();
        match (pats.len(), comma) {
            (1, false) => pats.pop().unwrap_or(Pat::Wild),
            _ => Pat::Tuple(pats),
        }
    }

    fn pats_inside(&mut self) -> Vec<Pat> {
        self.inside(|parser| parser.separated(b',', |parser| Some(parser.pat())))
            .unwrap_or_default()
    }

    fn path_pat(&mut self) -> Pat {
        let single = self.ident_at(0).filter(|_| !self.is_pair(1, *b"::"));
        if let Some(name) = single {
            match self.kind(1) {
                Kind::Punct(b'@') => {
                    self.at += 2;
                    let inner = self.pat_one();
                    return Pat::Bind {
                        name,
                        inner: Some(Box::new(inner)),
                    };
                }
                Kind::Open(b'(' | b'{', _) | Kind::Punct(b'!' | b'<') => {}
                _ => {
                    self.at += 1;
                    return Pat::Bind { name, inner: None };
                }
            }
        }
        let Some(path) = self.path(PathIn::Expr) else {
            self.fail("a pattern was expected");
            return Pat::Wild;
        };
        match self.kind(0) {
            Kind::Open(b'(', _) => {
                let fields = self.pats_inside();
                Pat::TupleStruct { path, fields }
            }
            Kind::Open(b'{', _) => {
                let fields = self
                    .inside(|parser| parser.separated(b',', Self::field_pat))
                    .unwrap_or_default();
                Pat::Struct { path, fields }
            }
            Kind::Punct(b'!') => {
                self.at += 1;
                self.skip();
                Pat::Wild
            }
            _ => Pat::TupleStruct {
                path,
                fields: Vec::new(),
            },
        }
    }

    fn field_pat(&mut self) -> Option<(Name, Pat)> {
        self.skip_attributes();
        if self.is(b'.') {
            while self.eat(b'.') {}
            return None;
        }
        while self.eat_kw(kw::REF) || self.eat_kw(kw::MUT) || self.eat_kw(kw::BOX) {}
        let name = match self.kind(0) {
            Kind::Number => {
                let token = self.token(0);
                let text = self
                    .text
                    .get(token.start as usize..token.end as usize)
                    .unwrap_or_default();
                self.at += 1;
                self.names.intern(text)
            }
            _ => self.ident()?,
        };
        if self.is(b':') {
            self.at += 1;
            return Some((name, self.pat()));
        }
        Some((name, Pat::Bind { name, inner: None }))
    }
}
