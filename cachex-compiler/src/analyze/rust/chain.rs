//! What hangs on an expression: fields, methods, calls, indices, `?`, `.await`.

use super::lex::Kind;
use super::parser::{Parser, kw};
use super::tree::{ExprId, ExprKind, Range, Ty};

impl Parser<'_> {
    /// Method calls, fields, calls, indexes, `?` and `.await`.
    pub(super) fn postfix(&mut self, mut expr: ExprId, start: u32) -> ExprId {
        loop {
            match self.kind(0) {
                Kind::Punct(b'?') => {
                    self.at += 1;
                    expr = self.expr_of(ExprKind::Try(expr), start);
                }
                Kind::Punct(b'.') if !self.is_pair(0, *b"..") => {
                    self.at += 1;
                    match self.member(expr, start) {
                        Some(next) => expr = next,
                        None => return expr,
                    }
                }
                Kind::Open(b'(', _) => {
                    let args = self.arguments_inside();
                    expr = self.expr_of(ExprKind::Call { callee: expr, args }, start);
                }
                Kind::Open(b'[', _) => {
                    let index = self.inside(Self::expr).unwrap_or(expr);
                    expr = self.expr_of(ExprKind::Index { base: expr, index }, start);
                }
                _ => return expr,
            }
        }
    }

    pub(super) fn member(&mut self, expr: ExprId, start: u32) -> Option<ExprId> {
        let name_at = Range {
            start: self.here(),
            end: self.token(0).end,
        };
        let name = match self.kind(0) {
            Kind::Ident(kw::AWAIT) => {
                self.at += 1;
                return Some(self.expr_of(ExprKind::Await(expr), start));
            }
            Kind::Number => {
                self.at += 1;
                let text = self.slice(name_at);
                self.names.intern(text)
            }
            Kind::Ident(name) => {
                self.at += 1;
                name
            }
            _ => {
                let Some(name) = self.ident() else {
                    self.fail("a field or method was expected");
                    return None;
                };
                name
            }
        };
        let turbofish = self.turbofish();
        if !self.is_open(b'(') {
            return Some(self.expr_of(ExprKind::Field { base: expr, name }, start));
        }
        // Their literal is a message for people.
        let message = matches!(
            self.name_text(name),
            "expect" | "context" | "wrap_err" | "expect_err"
        );
        self.mute += u32::from(message);
        let args = self.arguments_inside();
        self.mute -= u32::from(message);
        Some(self.expr_of(
            ExprKind::Method {
                receiver: expr,
                name,
                name_at,
                turbofish,
                args,
            },
            start,
        ))
    }

    pub(super) fn turbofish(&mut self) -> Vec<Ty> {
        if !self.is_pair(0, *b"::") || self.kind(2) != Kind::Punct(b'<') {
            return Vec::new();
        }
        self.at += 2;
        self.generic_arguments()
    }

    pub(super) fn arguments_inside(&mut self) -> Vec<ExprId> {
        self.inside(|parser| parser.separated(b',', |parser| Some(parser.expr())))
            .unwrap_or_default()
    }
}
