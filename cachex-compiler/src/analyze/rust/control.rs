//! Expressions that steer: conditions, loops, matches, closures, leaving.

use super::lex::Kind;
use super::parser::{Parser, kw};
use super::tree::{Arm, ExprId, ExprKind, Name};

impl Parser<'_> {
    pub(super) fn labelled(&mut self) -> ExprId {
        self.at += 1;
        self.eat(b':');
        if self.begins_expr() {
            self.primary()
        } else {
            self.expr_of(ExprKind::Lit(kw::UNDERSCORE), self.here())
        }
    }

    pub(super) fn async_or_closure(&mut self, start: u32) -> ExprId {
        let asynchronous = self.is_kw(kw::ASYNC);
        while matches!(
            self.kind(0),
            Kind::Ident(kw::ASYNC | kw::MOVE | kw::STATIC | kw::CONST | kw::USE)
        ) {
            self.at += 1;
        }
        if self.is(b'|') {
            return self.closure(start);
        }
        let body = self.block();
        if asynchronous {
            self.expr_of(ExprKind::Async(body), start)
        } else {
            body
        }
    }

    pub(super) fn closure(&mut self, start: u32) -> ExprId {
        let mut params = Vec::new();
        if !self.eat_pair(*b"||") {
            self.eat(b'|');
            while !self.ended() && !self.is(b'|') {
                let before = self.at;
                self.skip_attributes();
                let pat = self.pat_one();
                let ty = self.eat(b':').then(|| self.ty());
                params.push((pat, ty));
                if !self.eat(b',') && !self.is(b'|') || self.at == before {
                    self.fail("a closure's parameters were expected");
                    self.skip();
                }
            }
            self.eat(b'|');
        }
        if self.eat_pair(*b"->") {
            self.ty();
        }
        let no_struct = std::mem::replace(&mut self.no_struct, false);
        let body = self.expr();
        self.no_struct = no_struct;
        self.expr_of(ExprKind::Closure { params, body }, start)
    }

    pub(super) fn let_condition(&mut self, start: u32) -> ExprId {
        self.at += 1;
        let pat = self.pat();
        self.eat(b'=');
        // The chain `let P = a && let Q = b` binds looser than the scrutinee.
        let at = self.here();
        let scrutinee = self.deeper(|parser| {
            let mut left = parser.operand()?;
            while !parser.is_pair(0, *b"&&") && !parser.is_pair(0, *b"||") {
                let Some(width) = parser.binary_operator() else {
                    if parser.is_pair(0, *b"..") {
                        left = parser.range_expr(Some(left), at);
                    }
                    break;
                };
                parser.at += width;
                let Some(right) = parser.operand() else { break };
                left = parser.joined(left, right, at);
            }
            Some(left)
        });
        let scrutinee = scrutinee
            .flatten()
            .unwrap_or_else(|| self.expr_of(ExprKind::Opaque { too_deep: false }, at));
        self.expr_of(ExprKind::Let(pat, scrutinee), start)
    }

    /// `if … else if … else …`, however long: the arms are gathered, then put together from the last.
    pub(super) fn if_expr(&mut self, start: u32) -> ExprId {
        let mut arms = Vec::new();
        let mut last = None;
        loop {
            let at = self.here();
            self.at += 1;
            let condition = self.expr_without_struct();
            let then = self.block();
            arms.push((at, condition, then));
            if !self.eat_kw(kw::ELSE) {
                break;
            }
            if !self.is_kw(kw::IF) {
                last = Some(self.block());
                break;
            }
        }
        for (at, condition, then) in arms.into_iter().rev() {
            last = Some(self.expr_of(
                ExprKind::If {
                    condition,
                    then,
                    otherwise: last,
                },
                at,
            ));
        }
        last.unwrap_or_else(|| self.expr_of(ExprKind::Lit(kw::UNDERSCORE), start))
    }

    pub(super) fn match_expr(&mut self, start: u32) -> ExprId {
        self.at += 1;
        let scrutinee = self.expr_without_struct();
        let arms = self.inside(|parser| {
            let mut arms = Vec::new();
            parser.skip_inner_attributes();
            while !parser.ended() {
                let before = parser.at;
                arms.push(parser.arm());
                if parser.at == before {
                    parser.fail("an arm was expected");
                    parser.skip();
                }
            }
            arms
        });
        self.expr_of(
            ExprKind::Match {
                scrutinee,
                arms: arms.unwrap_or_default(),
            },
            start,
        )
    }

    pub(super) fn arm(&mut self) -> Arm {
        self.skip_attributes();
        let pat = self.pat();
        let guard = self.eat_kw(kw::IF).then(|| self.expr());
        if !self.eat_pair(*b"=>") {
            self.fail("`=>` was expected");
        }
        // `if … {}`, `match … {}`: the next arm may follow without a comma.
        let block = self.begins_block_like();
        let start = self.here();
        let body = if self.is_open(b'{') {
            // A block counts its own depth.
            self.block_like_statement()
        } else if block {
            self.deeper(Self::block_like_statement)
                .unwrap_or_else(|| self.expr_of(ExprKind::Opaque { too_deep: true }, start))
        } else {
            self.expr()
        };
        if !self.eat(b',') && !block && !self.ended() {
            self.fail("`,` was expected");
        }
        Arm { pat, guard, body }
    }

    pub(super) fn for_expr(&mut self, start: u32) -> ExprId {
        self.at += 1;
        let pat = self.pat();
        self.eat_kw(kw::IN);
        let over = self.expr_without_struct();
        let body = self.block();
        self.expr_of(ExprKind::For { pat, over, body }, start)
    }

    pub(super) fn leave(&mut self, keyword: Name, start: u32) -> ExprId {
        self.at += 1;
        if keyword != kw::RETURN && matches!(self.kind(0), Kind::Lifetime) {
            self.at += 1;
        }
        let brace = self.no_struct && self.is_open(b'{');
        let value = if brace || keyword == kw::CONTINUE {
            None
        } else {
            self.expr_or_nothing()
        };
        self.expr_of(
            ExprKind::Leave {
                value,
                returns: keyword == kw::RETURN,
            },
            start,
        )
    }
}
