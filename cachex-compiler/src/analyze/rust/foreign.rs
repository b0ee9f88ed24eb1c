//! Macros that other files define: their definitions stand behind the file's own text.
//!
//! Keeps true: every place in a tree lies within the file. What a definition of another file writes is found where the
//! macro is called.

use super::lex::{Kind, Token};
use super::parser::{Parser, kw};
use super::tree::{ExprKind, ItemKind, Range};

/// How much was read before a macro's call.
pub(super) struct Mark {
    items: usize,
    exprs: usize,
}

impl Parser<'_> {
    /// Takes the definitions behind the file's own text, and ends the text before them.
    pub(super) fn take_foreign(&mut self) {
        let own = self.own;
        let first = self.tokens.partition_point(|token| token.start < own);
        if !matches!(self.tokens.get(first), Some(token) if token.kind != Kind::End) {
            return;
        }
        self.at = first;
        while self.kind(0) != Kind::End {
            if !self.is_kw(kw::MACRO_RULES) {
                self.skip_closing();
                continue;
            }
            self.at += 2;
            if let Some(name) = self.ident() {
                self.define_macro(name);
                self.skip();
            }
        }
        self.tokens.truncate(first);
        self.tokens.push(Token {
            kind: Kind::End,
            start: own,
            end: own,
        });
        self.at = 0;
    }

    fn skip_closing(&mut self) {
        let before = self.at;
        self.skip();
        self.at = self.at.max(before + 1);
    }

    /// What is read up to here.
    pub(super) fn mark(&self) -> Mark {
        Mark {
            items: self.tree.items.len(),
            exprs: self.tree.exprs.len(),
        }
    }

    /// Gives what was read since a mark, and stands in no text of this file, the place of the call.
    pub(super) fn place_since(&mut self, mark: &Mark, call: Range) {
        if self.macros.level > 0 || self.own as usize == self.text.len() {
            return;
        }
        let own = self.own;
        let place = |range: &mut Range| {
            if range.start >= own || range.end > own {
                *range = call;
            }
        };
        for expr in self.tree.exprs.iter_mut().skip(mark.exprs) {
            place(&mut expr.range);
            match &mut expr.kind {
                ExprKind::Path(path)
                | ExprKind::Struct { path, .. }
                | ExprKind::Macro { path, .. } => place(&mut path.at),
                ExprKind::Method { name_at, .. } => place(name_at),
                _ => {}
            }
        }
        for item in self.tree.items.iter_mut().skip(mark.items) {
            place(&mut item.range);
            place(&mut item.name_at);
            for attribute in &mut item.attributes {
                place(&mut attribute.range);
                attribute.tokens_start = attribute.tokens_start.min(own);
            }
            match &mut item.kind {
                ItemKind::Use(leaves) => leaves.iter_mut().for_each(|leaf| place(&mut leaf.at)),
                ItemKind::Macro {
                    path,
                    tokens,
                    tables,
                    ..
                } => {
                    place(&mut path.at);
                    place(tokens);
                    for table in tables {
                        place(&mut table.at);
                    }
                }
                _ => {}
            }
        }
    }
}
