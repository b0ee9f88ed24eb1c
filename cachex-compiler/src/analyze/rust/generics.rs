//! Bounds, type parameters and where clauses.

use super::lex::Kind;
use super::parser::{Parser, kw};
use super::tree::{Bound, GenericParam, Generics, Segment};
use super::ty::PathIn;

impl Parser<'_> {
    /// `A + B + 'a + ?Sized`
    pub(super) fn bounds(&mut self) -> Vec<Bound> {
        let mut bounds = Vec::new();
        loop {
            bounds.extend(self.bound());
            if !self.eat(b'+') {
                return bounds;
            }
        }
    }

    pub(super) fn bound(&mut self) -> Option<Bound> {
        match self.kind(0) {
            Kind::Lifetime => {
                self.at += 1;
                None
            }
            Kind::Open(b'(', _) => self.inside(Self::bound).flatten(),
            Kind::Punct(b'?') => {
                self.at += 1;
                self.path(PathIn::Type);
                None
            }
            // `use<'a, T>` and `[const]`
            Kind::Ident(kw::USE) => {
                self.at += 1;
                let mut ignored = Segment {
                    name: kw::USE,
                    args: Vec::new(),
                    assoc: Vec::new(),
                };
                self.angle_arguments(&mut ignored);
                None
            }
            Kind::Punct(b'~') => {
                self.at += 2;
                self.bound()
            }
            _ => {
                self.for_lifetimes();
                self.eat_kw(kw::ASYNC);
                self.path(PathIn::Type).map(|path| Bound { path })
            }
        }
    }

    pub(super) fn for_lifetimes(&mut self) {
        if self.is_kw(kw::FOR) && self.kind(1) == Kind::Punct(b'<') {
            self.at += 2;
            while !self.ended() && !self.eat(b'>') {
                self.at += 1;
            }
        }
    }

    /// `<T: Bound = Default, const N: usize>`
    pub(super) fn generics(&mut self) -> Generics {
        let mut generics = Generics::default();
        if !self.eat(b'<') {
            return generics;
        }
        while !self.ended() && !self.is(b'>') {
            let before = self.at;
            self.skip_attributes();
            if let Some(param) = self.generic_param() {
                generics.params.push(param);
            }
            self.eat(b',');
            if self.at == before {
                self.fail("type parameters were expected");
                self.skip();
            }
        }
        self.eat(b'>');
        generics
    }

    fn generic_param(&mut self) -> Option<GenericParam> {
        if matches!(self.kind(0), Kind::Lifetime) {
            self.at += 1;
            if self.eat(b':') {
                self.bounds();
            }
            return None;
        }
        let constant = self.eat_kw(kw::CONST);
        let name = self.ident()?;
        if constant {
            self.eat(b':');
            self.ty();
            if self.eat(b'=') {
                self.skip();
            }
            return None;
        }
        let bounds = if self.eat(b':') {
            self.bounds()
        } else {
            Vec::new()
        };
        let default = self.eat(b'=').then(|| self.ty());
        Some(GenericParam {
            name,
            bounds,
            default,
        })
    }

    /// `where T: Bound, …` up to the body.
    pub(super) fn wheres(&mut self, generics: &mut Generics) {
        if !self.eat_kw(kw::WHERE) {
            return;
        }
        while !self.ended() && !self.is_open(b'{') && !self.is(b';') && !self.is(b'=') {
            let before = self.at;
            self.for_lifetimes();
            if matches!(self.kind(0), Kind::Lifetime) {
                self.at += 1;
                if self.eat(b':') {
                    self.bounds();
                }
            } else {
                let ty = self.ty();
                let bounds = if self.eat(b':') {
                    self.bounds()
                } else {
                    Vec::new()
                };
                generics.wheres.push((ty, bounds));
            }
            if !self.eat(b',') && self.at == before {
                break;
            }
        }
    }
}
