//! Expressions. Chains of methods, operators and `else if` are read in loops: only nesting costs stack.

use super::escape::unescape;
use super::lex::Kind;
use super::parser::{Parser, kw};
use super::tree::{ExprId, ExprKind, Name, Range};
use super::ty::PathIn;
use crate::analyze::sql;

impl Parser<'_> {
    pub(super) fn expr(&mut self) -> ExprId {
        let start = self.here();
        self.expr_or_nothing().unwrap_or_else(|| {
            self.fail("an expression was expected");
            self.expr_of(ExprKind::Opaque { too_deep: false }, start)
        })
    }

    /// An expression; `None`, and nothing taken, where none begins.
    pub(super) fn expr_or_nothing(&mut self) -> Option<ExprId> {
        let before = self.at;
        let start = self.here();
        let expr = self.deeper(|parser| {
            let expr = parser.operand()?;
            Some(parser.binary_tail(expr, start))
        });
        match expr {
            Some(expr) => expr.filter(|_| self.at > before),
            None => Some(self.expr_of(ExprKind::Opaque { too_deep: true }, start)),
        }
    }

    pub(super) fn expr_without_struct(&mut self) -> ExprId {
        let no_struct = std::mem::replace(&mut self.no_struct, true);
        let expr = self.expr();
        self.no_struct = no_struct;
        expr
    }

    /// Operators and further operands. No precedence: types and calls do not depend on it.
    pub(super) fn binary_tail(&mut self, mut left: ExprId, start: u32) -> ExprId {
        loop {
            if self.eat_kw(kw::AS) {
                let ty = self.ty();
                left = self.expr_of(ExprKind::Cast(left, ty), start);
            } else if self.is_pair(0, *b"..") {
                left = self.range_expr(Some(left), start);
            } else if let Some(width) = self.assignment() {
                self.at += width;
                let right = self.expr();
                return self.expr_of(ExprKind::Assign(left, right), start);
            } else if let Some(width) = self.binary_operator() {
                self.at += width;
                let Some(right) = self.operand() else {
                    self.fail("an operand was expected");
                    return left;
                };
                left = self.joined(left, right, start);
            } else {
                return left;
            }
        }
    }

    /// `"a" + "b"` is one literal: sqlx's macros take it as one.
    pub(super) fn joined(&mut self, left: ExprId, right: ExprId, start: u32) -> ExprId {
        let text = |parser: &Self, id: ExprId| match parser
            .tree
            .exprs
            .get(id.0 as usize)
            .map(|expr| &expr.kind)
        {
            Some(ExprKind::Str { text, .. }) => Some(text.clone()),
            _ => None,
        };
        match (text(self, left), text(self, right)) {
            (Some(first), Some(second)) => self.text_expr(first + &second, start),
            _ => self.expr_of(ExprKind::Binary(left, right), start),
        }
    }

    pub(super) fn text_expr(&mut self, text: String, start: u32) -> ExprId {
        let statements = if self.mute == 0 {
            sql::scan(&text, self.dialect)
        } else {
            Vec::new()
        };
        self.expr_of(ExprKind::Str { text, statements }, start)
    }

    /// How many tokens an assignment operator has here.
    fn assignment(&self) -> Option<usize> {
        let Kind::Punct(first) = self.kind(0) else {
            return None;
        };
        match first {
            b'=' if self.is_pair(0, *b"==") || self.is_pair(0, *b"=>") => None,
            b'=' => Some(1),
            b'+' | b'-' | b'*' | b'/' | b'%' | b'^' | b'&' | b'|'
                if self.is_pair(0, [first, b'=']) =>
            {
                Some(2)
            }
            b'<' | b'>' if self.is_pair(0, [first, first]) && self.is_pair(1, [first, b'=']) => {
                Some(3)
            }
            _ => None,
        }
    }

    pub(super) fn binary_operator(&self) -> Option<usize> {
        let Kind::Punct(first) = self.kind(0) else {
            return None;
        };
        let pair = |second: u8| self.is_pair(0, [first, second]);
        match first {
            b'&' | b'|' if pair(first) => Some(2),
            b'=' | b'!' if pair(b'=') => Some(2),
            b'<' | b'>' if pair(b'=') || pair(first) => Some(2),
            b'-' if pair(b'>') => None,
            b'+' | b'-' | b'*' | b'/' | b'%' | b'^' | b'&' | b'|' | b'<' | b'>' => Some(1),
            _ => None,
        }
    }

    pub(super) fn range_expr(&mut self, from: Option<ExprId>, start: u32) -> ExprId {
        self.at += 2;
        self.eat(b'=');
        let brace = self.no_struct && self.is_open(b'{');
        let to = if brace { None } else { self.operand() };
        let ends = from.into_iter().chain(to).collect();
        self.expr_of(ExprKind::Range(ends), start)
    }

    /// Prefix operators, a primary expression and what is called on it.
    pub(super) fn operand(&mut self) -> Option<ExprId> {
        let start = self.here();
        let mut same = 0usize;
        let mut unary = false;
        loop {
            match self.kind(0) {
                Kind::Punct(b'#') if matches!(self.kind(1), Kind::Open(b'[', _)) => {
                    self.skip_attributes();
                }
                Kind::Punct(b'&') => {
                    self.at += 1;
                    same += 1;
                    if self.is_kw(kw::RAW)
                        && matches!(self.kind(1), Kind::Ident(kw::CONST | kw::MUT))
                    {
                        self.at += 1;
                    }
                    let _ = self.eat_kw(kw::MUT) || self.eat_kw(kw::CONST);
                }
                Kind::Punct(b'*') => {
                    self.at += 1;
                    same += 1;
                }
                Kind::Punct(b'-' | b'!') if !self.is_pair(0, *b"->") => {
                    self.at += 1;
                    unary = true;
                }
                _ => break,
            }
        }
        let at = self.here();
        if !self.begins_expr() {
            return None;
        }
        let primary = self.primary();
        let mut expr = self.postfix(primary, at);
        if same > 0 {
            expr = self.expr_of(ExprKind::Same(expr), start);
        }
        if unary {
            expr = self.expr_of(ExprKind::Unary(expr), start);
        }
        Some(expr)
    }

    pub(super) fn begins_expr(&self) -> bool {
        match self.kind(0) {
            Kind::Ident(name) => !matches!(
                name,
                kw::AS
                    | kw::ELSE
                    | kw::IN
                    | kw::WHERE
                    | kw::STRUCT
                    | kw::ENUM
                    | kw::FN
                    | kw::MOD
                    | kw::USE
                    | kw::PUB
                    | kw::TRAIT
                    | kw::TYPE
                    | kw::IMPL
                    | kw::MUT
                    | kw::REF
                    | kw::DYN
            ),
            Kind::Punct(byte) => match byte {
                b'|' | b'<' => true,
                b':' => self.is_pair(0, *b"::"),
                b'.' => self.is_pair(0, *b".."),
                b'$' => self.lenient > 0 && self.ident_at(1).is_some(),
                _ => false,
            },
            Kind::Close(_) | Kind::End => false,
            _ => true,
        }
    }

    pub(super) fn primary(&mut self) -> ExprId {
        let start = self.here();
        match self.kind(0) {
            Kind::Str { raw, open, close } => {
                let token = self.token(0);
                self.at += 1;
                let content = self.slice(Range {
                    start: token.start + u32::from(open),
                    end: token.end - u32::from(close),
                });
                let text = if raw {
                    content.to_owned()
                } else {
                    unescape(content)
                };
                self.text_expr(text, start)
            }
            Kind::Ident(name @ (kw::TRUE | kw::FALSE | kw::UNDERSCORE)) => {
                self.at += 1;
                self.expr_of(ExprKind::Lit(name), start)
            }
            Kind::Number | Kind::Other => {
                let token = self.token(0);
                self.at += 1;
                let name = self.names.intern(
                    self.text
                        .get(token.start as usize..token.end as usize)
                        .unwrap_or_default(),
                );
                self.expr_of(ExprKind::Lit(name), start)
            }
            Kind::Lifetime => self.labelled(),
            Kind::Open(b'(', _) => self.parenthesised(start),
            Kind::Open(b'[', _) => {
                let elements = self.inside(|parser| {
                    parser.separated(b',', |parser| {
                        let element = parser.expr();
                        if parser.eat(b';') {
                            parser.expr();
                        }
                        Some(element)
                    })
                });
                self.expr_of(ExprKind::Array(elements.unwrap_or_default()), start)
            }
            Kind::Open(..) => self.block(),
            Kind::Punct(b'|') => self.closure(start),
            Kind::Punct(b'.') => self.range_expr(None, start),
            Kind::Ident(name) => self.word(name, start),
            _ => self.path_expr(start),
        }
    }

    fn parenthesised(&mut self, start: u32) -> ExprId {
        let mut comma = false;
        let elements = self.inside(|parser| {
            let mut elements = Vec::new();
            while !parser.ended() {
                let before = parser.at;
                elements.push(parser.expr());
                comma = parser.eat(b',');
                if !comma && !parser.ended() || parser.at == before {
                    parser.fail("`,` was expected");
                    parser.skip();
                }
            }
            elements
        });
        let elements = elements.unwrap_or_default();
        match (elements.as_slice(), comma) {
            ([single], false) => *single,
            _ => self.expr_of(ExprKind::Tuple(elements), start),
        }
    }

    fn word(&mut self, name: Name, start: u32) -> ExprId {
        match name {
            kw::IF => self.if_expr(start),
            kw::MATCH => self.match_expr(start),
            kw::LET => self.let_condition(start),
            kw::LOOP => {
                self.at += 1;
                let body = self.block();
                self.expr_of(ExprKind::Loop(body), start)
            }
            kw::WHILE => {
                self.at += 1;
                let condition = self.expr_without_struct();
                let body = self.block();
                self.expr_of(ExprKind::While(condition, body), start)
            }
            kw::FOR => self.for_expr(start),
            kw::RETURN | kw::BREAK | kw::CONTINUE | kw::YIELD => self.leave(name, start),
            kw::UNSAFE | kw::CONST | kw::TRY if matches!(self.kind(1), Kind::Open(b'{', _)) => {
                self.at += 1;
                self.block()
            }
            kw::ASYNC | kw::MOVE | kw::STATIC | kw::CONST => self.async_or_closure(start),
            _ => self.path_expr(start),
        }
    }

    fn path_expr(&mut self, start: u32) -> ExprId {
        let Some(path) = self.path(PathIn::Expr) else {
            self.fail("an expression was expected");
            self.skip();
            return self.expr_of(ExprKind::Opaque { too_deep: false }, start);
        };
        if self.is(b'!') && matches!(self.kind(1), Kind::Open(..)) && !self.is_pair(0, *b"!=") {
            self.at += 1;
            return self.macro_call(path, start);
        }
        if self.is_open(b'{') && !self.no_struct && self.looks_like_fields() {
            return self.struct_expr(path, start);
        }
        self.expr_of(ExprKind::Path(path), start)
    }

    /// Outside of macros a `{` behind a path can be nothing else; in them it must look like fields.
    fn looks_like_fields(&self) -> bool {
        if self.lenient == 0 {
            return true;
        }
        match self.kind(1) {
            Kind::Close(_) => true,
            Kind::Punct(b'.') => self.is_pair(1, *b".."),
            Kind::Punct(b'$') => matches!(self.kind(3), Kind::Punct(b':' | b',')),
            Kind::Ident(_) | Kind::Number => match self.kind(2) {
                Kind::Punct(b':') => !self.is_pair(2, *b"::"),
                Kind::Punct(b',') | Kind::Close(_) => true,
                _ => false,
            },
            _ => false,
        }
    }

    fn struct_expr(&mut self, path: super::tree::Path, start: u32) -> ExprId {
        let mut rest = None;
        let fields = self.inside(|parser| {
            parser.separated(b',', |parser| {
                parser.skip_attributes();
                if parser.eat_pair(*b"..") {
                    rest = parser.expr_or_nothing();
                    return None;
                }
                let at = parser.token(0);
                let name = match at.kind {
                    Kind::Number => {
                        parser.at += 1;
                        let text = parser.slice(Range {
                            start: at.start,
                            end: at.end,
                        });
                        parser.names.intern(text)
                    }
                    _ => parser.ident()?,
                };
                if parser.eat(b':') {
                    return Some((name, parser.expr()));
                }
                let path = Self::plain_path(
                    name,
                    Range {
                        start: at.start,
                        end: at.end,
                    },
                );
                Some((name, parser.expr_of(ExprKind::Path(path), at.start)))
            })
        });
        self.expr_of(
            ExprKind::Struct {
                path,
                fields: fields.unwrap_or_default(),
                rest,
            },
            start,
        )
    }
}
