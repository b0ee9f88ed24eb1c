//! Types and paths.

use super::lex::Kind;
use super::parser::{Parser, kw};
use super::tree::{Name, Path, Range, Segment, Ty};

/// Where a path stands: `<` behind a name begins type arguments in a type, and a comparison in an expression.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PathIn {
    Type,
    Expr,
}

impl Parser<'_> {
    pub(super) fn ty(&mut self) -> Ty {
        self.deeper(Self::ty_here).unwrap_or(Ty::Infer)
    }

    fn ty_here(&mut self) -> Ty {
        match self.kind(0) {
            Kind::Punct(b'&') => self.reference(),
            Kind::Punct(b'*') => {
                self.at += 1;
                let _ = self.eat_kw(kw::CONST) || self.eat_kw(kw::MUT);
                Ty::Ref(Box::new(self.ty()))
            }
            Kind::Punct(b'!') | Kind::Ident(kw::UNDERSCORE) => {
                self.at += 1;
                Ty::Infer
            }
            Kind::Open(b'(', _) => self.tuple_ty(),
            Kind::Open(b'[', _) => {
                let element = self.inside(|parser| {
                    let element = parser.ty();
                    if parser.eat(b';') {
                        parser.expr();
                    }
                    element
                });
                Ty::Slice(Box::new(element.unwrap_or(Ty::Infer)))
            }
            Kind::Ident(kw::DYN) => {
                self.at += 1;
                Ty::Dyn(self.bounds())
            }
            Kind::Ident(kw::IMPL) => {
                self.at += 1;
                Ty::Impl(self.bounds())
            }
            Kind::Ident(kw::FOR) => {
                self.for_lifetimes();
                self.ty()
            }
            Kind::Ident(kw::FN | kw::UNSAFE | kw::EXTERN) => self.fn_ty(),
            _ => self.path_ty(),
        }
    }

    fn reference(&mut self) -> Ty {
        // `&&T` is two references.
        while self.eat(b'&') {
            if matches!(self.kind(0), Kind::Lifetime) {
                self.at += 1;
            }
            self.eat_kw(kw::MUT);
        }
        Ty::Ref(Box::new(self.ty()))
    }

    fn tuple_ty(&mut self) -> Ty {
        let mut comma = false;
        let mut elements = self
            .inside(|parser| {
                let mut elements = Vec::new();
                while !parser.ended() {
                    let before = parser.at;
                    elements.push(parser.ty_with_plus());
                    comma = parser.eat(b',');
                    if parser.at == before {
                        break;
                    }
                }
                elements
            })
            .unwrap_or_default();
        match (elements.len(), comma) {
            (1, false) => elements.pop().unwrap_or(Ty::Infer),
            _ => Ty::Tuple(elements),
        }
    }

    /// In parentheses a type may go on with `+ Send`.
    fn ty_with_plus(&mut self) -> Ty {
        let ty = self.ty();
        while self.eat(b'+') {
            self.bound();
        }
        ty
    }

    fn fn_ty(&mut self) -> Ty {
        while !self.ended() && !self.is_kw(kw::FN) {
            self.at += 1;
        }
        self.at += 1;
        let params = self
            .inside(|parser| {
                parser.separated(b',', |parser| {
                    if parser.is(b'.') {
                        while parser.eat(b'.') {}
                        return None;
                    }
                    // `name: T` is allowed here.
                    if matches!(parser.kind(0), Kind::Ident(_))
                        && parser.kind(1) == Kind::Punct(b':')
                        && !parser.is_pair(1, *b"::")
                    {
                        parser.at += 2;
                    }
                    Some(parser.ty())
                })
            })
            .unwrap_or_default();
        let returns = if self.eat_pair(*b"->") {
            self.ty()
        } else {
            Ty::Tuple(Vec::new())
        };
        Ty::Fn(params, Box::new(returns))
    }

    fn path_ty(&mut self) -> Ty {
        let Some(path) = self.path(PathIn::Type) else {
            self.fail("a type was expected");
            if !self.ended() && !matches!(self.kind(0), Kind::Punct(b',' | b';' | b'>' | b'=')) {
                self.skip();
            }
            return Ty::Infer;
        };
        if self.is(b'!') && matches!(self.kind(1), Kind::Open(..)) {
            self.at += 1;
            self.skip();
            return Ty::Infer;
        }
        Ty::Path(path)
    }

    /// `a::b::<T>::c`, `<T as Trait>::f`, `::a`.
    pub(super) fn path(&mut self, place: PathIn) -> Option<Path> {
        let start = self.here();
        let mut path = Path {
            global: false,
            qualified: None,
            segments: Vec::new(),
            at: Range::default(),
        };
        if self.is(b'<') {
            self.at += 1;
            let ty = self.ty();
            if self.eat_kw(kw::AS) {
                let named = self.path(PathIn::Type)?;
                path.segments = named.segments;
            }
            self.eat(b'>');
            let length = u32::try_from(path.segments.len()).unwrap_or(0);
            path.qualified = Some(Box::new((ty, length)));
            if !self.eat_pair(*b"::") {
                path.at = self.range_from(start);
                return Some(path);
            }
        } else {
            path.global = self.eat_pair(*b"::");
        }
        // `$crate` is this crate, `$name` a hole.
        while let Some(name) = self.ident() {
            let mut segment = Segment {
                name,
                args: Vec::new(),
                assoc: Vec::new(),
            };
            self.arguments(&mut segment, place);
            path.segments.push(segment);
            if !self.is_pair(0, *b"::")
                || matches!(self.kind(2), Kind::Open(..) | Kind::Punct(b'*'))
            {
                break;
            }
            self.at += 2;
        }
        path.at = self.range_from(start);
        (!path.segments.is_empty()).then_some(path)
    }

    fn arguments(&mut self, segment: &mut Segment, place: PathIn) {
        if self.is_pair(0, *b"::") && self.kind(2) == Kind::Punct(b'<') {
            self.at += 2;
            self.angle_arguments(segment);
        } else if place == PathIn::Type && self.is(b'<') && !self.is_pair(0, *b"<=") {
            self.angle_arguments(segment);
        } else if place == PathIn::Type && self.is_open(b'(') {
            // `Fn(A, B) -> C`
            let params = self.inside(|parser| parser.separated(b',', |parser| Some(parser.ty())));
            segment.args.push(Ty::Tuple(params.unwrap_or_default()));
            if self.eat_pair(*b"->") {
                let output = self.ty();
                segment.assoc.push((kw::OUTPUT, output));
            }
        }
    }

    pub(super) fn angle_arguments(&mut self, segment: &mut Segment) {
        self.eat(b'<');
        while !self.ended() && !self.is(b'>') {
            let before = self.at;
            self.argument(segment);
            self.eat(b',');
            if self.at == before {
                self.fail("type arguments were expected");
                self.skip();
            }
        }
        self.eat(b'>');
    }

    /// `<A, B>` behind a method's name.
    pub(super) fn generic_arguments(&mut self) -> Vec<Ty> {
        let mut segment = Segment {
            name: kw::SELF_TYPE,
            args: Vec::new(),
            assoc: Vec::new(),
        };
        self.angle_arguments(&mut segment);
        segment.args
    }

    fn argument(&mut self, segment: &mut Segment) {
        match self.kind(0) {
            Kind::Lifetime
            | Kind::Number
            | Kind::Str { .. }
            | Kind::Other
            | Kind::Open(b'{', _) => self.skip(),
            Kind::Ident(kw::TRUE | kw::FALSE) => self.at += 1,
            Kind::Punct(b'-') => self.at += 2,
            // `Item = T`, `Item: Bound`, `Item<'a> = T`
            Kind::Ident(name) if self.kind(1) == Kind::Punct(b'=') && !self.is_pair(1, *b"==") => {
                self.at += 2;
                let ty = match self.kind(0) {
                    Kind::Number | Kind::Open(b'{', _) => {
                        self.skip();
                        Ty::Infer
                    }
                    _ => self.ty(),
                };
                segment.assoc.push((name, ty));
            }
            Kind::Ident(name) if self.kind(1) == Kind::Punct(b':') && !self.is_pair(1, *b"::") => {
                self.at += 2;
                let bounds = self.bounds();
                segment.assoc.push((name, Ty::Impl(bounds)));
            }
            _ => {
                let ty = self.ty();
                self.argument_behind(ty, segment);
            }
        }
    }

    /// `Item<'a> = T` begins as a type does; what stands behind it tells.
    fn argument_behind(&mut self, ty: Ty, segment: &mut Segment) {
        let named = match &ty {
            Ty::Path(path) => path.segments.first().filter(|_| path.segments.len() == 1),
            _ => None,
        };
        let Some(name) = named.map(|named| named.name) else {
            segment.args.push(ty);
            return;
        };
        if self.eat(b'=') {
            let ty = self.ty();
            segment.assoc.push((name, ty));
        } else if self.eat(b':') {
            let bounds = self.bounds();
            segment.assoc.push((name, Ty::Impl(bounds)));
        } else {
            segment.args.push(ty);
        }
    }

    pub(super) fn plain_path(name: Name, at: Range) -> Path {
        let segment = Segment {
            name,
            args: Vec::new(),
            assoc: Vec::new(),
        };
        Path {
            global: false,
            qualified: None,
            segments: vec![segment],
            at,
        }
    }
}
