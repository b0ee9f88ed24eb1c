//! Blocks and statements.

use super::lex::Kind;
use super::parser::{Parser, kw};
use super::tree::{ExprId, ExprKind, ItemKind, Name, Path, Segment, Stmt, Ty};

impl Parser<'_> {
    /// `{ … }` as an expression.
    pub(super) fn block(&mut self) -> ExprId {
        let start = self.here();
        if !self.is_open(b'{') {
            self.fail("a block was expected");
            return self.expr_of(ExprKind::Lit(kw::UNDERSCORE), start);
        }
        let before = self.inner.last().map_or(0, Vec::len);
        let statements = self.deeper(|parser| parser.inside(Self::statements).unwrap_or_default());
        let kind = statements.map_or(ExprKind::Opaque { too_deep: true }, |statements| {
            self.path_behind_import(&statements, before)
                .map_or(ExprKind::Block(statements), ExprKind::Path)
        });
        self.expr_of(kind, start)
    }

    /// `{ use a::b as m; m::f::<T> }` is `a::b::f::<T>`: so macros go on from a path they were given.
    fn path_behind_import(&self, statements: &[Stmt], before: usize) -> Option<Path> {
        let [Stmt::Expr(value)] = statements else {
            return None;
        };
        let [import] = self.inner.last()?.get(before..)? else {
            return None;
        };
        let ExprKind::Path(path) = &self.tree.exprs.get(value.0 as usize)?.kind else {
            return None;
        };
        let ItemKind::Use(leaves) = &self.tree.items.get(import.0 as usize)?.kind else {
            return None;
        };
        let ([leaf], [first, rest @ ..]) = (leaves.as_slice(), path.segments.as_slice()) else {
            return None;
        };
        if leaf.alias != Some(first.name) || path.global || path.qualified.is_some() {
            return None;
        }
        let (last, above) = leaf.path.split_last()?;
        let segment = |name: Name, args: &[Ty]| Segment {
            name,
            args: args.to_vec(),
            assoc: Vec::new(),
        };
        let mut segments: Vec<Segment> = above.iter().map(|name| segment(*name, &[])).collect();
        segments.push(segment(*last, &first.args));
        segments.extend(rest.iter().cloned());
        Some(Path {
            global: leaf.global,
            segments,
            ..path.clone()
        })
    }

    /// Statements up to the end of the delimiters around. In a macro's body, whatever can be read as one.
    pub(super) fn statements(&mut self) -> Vec<Stmt> {
        let mut found = Vec::new();
        self.skip_inner_attributes();
        while !self.ended() {
            let before = self.at;
            if self.eat(b';') {
                continue;
            }
            found.extend(self.statement());
            if self.at == before {
                self.fail("a statement was expected");
                self.skip_unread(&mut found);
            }
        }
        found
    }

    /// A token that begins nothing. A delimiter's content is read all the same: `sqlite { … }` of an own macro.
    fn skip_unread(&mut self, found: &mut Vec<Stmt>) {
        if matches!(self.kind(0), Kind::Open(..)) {
            let within = self.deeper(|parser| parser.inside(Self::statements).unwrap_or_default());
            found.extend(within.unwrap_or_default());
        } else {
            self.skip();
        }
    }

    fn statement(&mut self) -> Option<Stmt> {
        let attributes_at = self.at;
        self.skip_attributes();
        if self.is_kw(kw::LET) {
            return Some(self.let_statement());
        }
        if self.begins_item() {
            self.at = attributes_at;
            let items = self.item();
            if let Some(inner) = self.inner.last_mut() {
                inner.extend(items);
            }
            return None;
        }
        let block_like = self.begins_block_like();
        let expr = if block_like {
            self.block_like_statement()
        } else {
            self.expr_or_nothing()?
        };
        if self.eat(b';') {
            return Some(Stmt::Semi(expr));
        }
        if !block_like && !self.ended() && !self.ends_in_brace() {
            self.fail("`;` was expected");
        }
        Some(Stmt::Expr(expr))
    }

    /// A macro called with braces is a statement without `;`.
    fn ends_in_brace(&self) -> bool {
        self.at
            .checked_sub(1)
            .and_then(|index| self.tokens.get(index))
            .is_some_and(|token| token.kind == Kind::Close(b'}'))
    }

    fn let_statement(&mut self) -> Stmt {
        self.at += 1;
        let pat = self.pat();
        let ty = self.eat(b':').then(|| self.ty());
        let value = self.eat(b'=').then(|| self.expr());
        let otherwise = self.eat_kw(kw::ELSE).then(|| self.block());
        if !self.eat(b';') && !self.ended() {
            self.fail("`;` was expected");
        }
        Stmt::Let {
            pat,
            ty,
            value,
            otherwise,
        }
    }

    pub(super) fn begins_block_like(&self) -> bool {
        let mut ahead = 0;
        if matches!(self.kind(0), Kind::Lifetime) && self.kind(1) == Kind::Punct(b':') {
            ahead = 2;
        }
        match self.kind(ahead) {
            Kind::Open(b'{', _)
            | Kind::Ident(kw::IF | kw::MATCH | kw::LOOP | kw::WHILE | kw::FOR) => true,
            Kind::Ident(kw::UNSAFE | kw::CONST) => {
                matches!(self.kind(ahead + 1), Kind::Open(b'{', _))
            }
            _ => false,
        }
    }

    /// `if … {}` ends a statement, unless a method is called on it.
    pub(super) fn block_like_statement(&mut self) -> ExprId {
        let start = self.here();
        let no_struct = std::mem::replace(&mut self.no_struct, false);
        let mut expr = self.primary();
        if (self.is(b'.') && !self.is_pair(0, *b"..")) || self.is(b'?') {
            expr = self.postfix(expr, start);
            expr = self.binary_tail(expr, start);
        }
        self.no_struct = no_struct;
        expr
    }

    /// Whether an item stands here, and no expression.
    pub(super) fn begins_item(&self) -> bool {
        let word = |ahead: usize| matches!(self.kind(ahead), Kind::Ident(_));
        let Kind::Ident(first) = self.kind(0) else {
            return false;
        };
        match first {
            kw::FN | kw::STRUCT | kw::ENUM | kw::TRAIT | kw::MOD | kw::TYPE => {
                word(1) || self.kind(1) == Kind::Punct(b'$')
            }
            kw::USE | kw::PUB | kw::IMPL => true,
            kw::UNION | kw::AUTO | kw::SAFE | kw::DEFAULT => {
                word(1) && !matches!(self.kind(1), Kind::Ident(kw::AS | kw::ELSE))
            }
            kw::STATIC => word(1) && !matches!(self.kind(1), Kind::Ident(kw::MOVE | kw::ASYNC)),
            kw::CONST => {
                word(1) && !matches!(self.kind(1), Kind::Ident(kw::MOVE))
                    || self.kind(1) == Kind::Ident(kw::UNDERSCORE)
            }
            kw::UNSAFE => matches!(
                self.kind(1),
                Kind::Ident(kw::FN | kw::IMPL | kw::TRAIT | kw::EXTERN | kw::MOD)
            ),
            kw::ASYNC => matches!(self.kind(1), Kind::Ident(kw::FN | kw::UNSAFE)),
            kw::EXTERN => !matches!(self.kind(1), Kind::Punct(b'(')),
            kw::MACRO_RULES => {
                self.kind(1) == Kind::Punct(b'!') && matches!(self.kind(2), Kind::Ident(_))
            }
            _ => false,
        }
    }
}
