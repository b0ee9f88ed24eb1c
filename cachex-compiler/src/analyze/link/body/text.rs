//! Literals, and strings put together.

use super::Body;
use crate::analyze::facts::Form;
use crate::analyze::link::types::{TyId, Type};
use crate::analyze::link::world::Def;
use crate::analyze::rust::tree::{ExprId, ExprKind, ItemKind, Range};
use crate::analyze::sql::{self, Statement};

impl<'a> Body<'_, 'a> {
    /// A string literal: the statements in it are this function's.
    pub(super) fn literal(
        &mut self,
        id: ExprId,
        text: &'a str,
        statements: &'a [Statement],
    ) -> TyId {
        let range = self.range(id);
        if statements.iter().any(Statement::has_hole) {
            self.built(range, text, &[]);
        } else {
            for statement in statements {
                self.statement(self.file, range, self.form, statement.clone());
            }
        }
        self.world().ty(Type::Text)
    }

    /// A text with holes: names of constants and literals are put in; what stays open is not understood.
    pub(super) fn built(&mut self, range: Range, text: &'a str, args: &'a [ExprId]) {
        let mut positional = args.iter();
        let mut filled = text.to_owned();
        for name in sql::hole_names(text) {
            let value = if name.is_empty() || name.bytes().all(|byte| byte.is_ascii_digit()) {
                let index = name.parse::<usize>().ok();
                let arg = index.map_or_else(|| positional.next(), |index| args.get(index));
                arg.and_then(|arg| self.known_text(*arg))
            } else {
                self.named_text(&name)
            };
            if let Some(value) = value {
                let braces = if name.is_empty() {
                    "{}".to_owned()
                } else {
                    format!("{{{name}}}")
                };
                filled = filled.replacen(&braces, &value, 1);
            } else if name.is_empty() {
                // Keep the place, so that the next `{}` is not taken for it.
                filled = filled.replacen("{}", "{_}", 1);
            }
        }
        self.pieced(range, &filled);
    }

    /// The statements of a text put together, as far as it is known: a table put in at run time is not understood.
    pub(super) fn pieced(&mut self, range: Range, text: &str) {
        let statements = sql::scan(text, self.program.options.dialect);
        let writes = |statement: &&Statement| {
            statement.operation != crate::analyze::facts::Operation::Select
        };
        // Beside a table that is known one that isn't has a place of its own, inside the quotes: at one place what
        // was understood with some types is understood.
        let beside = statements
            .iter()
            .filter(writes)
            .any(|statement| !statement.has_hole());
        let inside = Range {
            start: range.start + u32::from(beside),
            end: range.end.saturating_sub(u32::from(beside)),
        };
        for statement in statements {
            if !statement.has_hole() {
                self.statement(self.file, range, Form::SqlBuilt, statement);
            } else if writes(&&statement) {
                let verb = verb(statement.operation);
                let reason = format!("the table of this {verb} is put in at run time");
                self.unknown(self.file, inside, reason);
            }
        }
    }

    fn named_text(&mut self, name: &str) -> Option<String> {
        let sym = self.program.world.symbols.get(name)?;
        let scope = self.ctx.scope?;
        if self.local(sym).is_some() {
            let key = self.program.world.symbols.get(&format!("text {name}"))?;
            return match *self.program.world.type_of(self.ctx.get(key)?) {
                Type::Literal(text) => Some(self.program.world.text(text).to_owned()),
                _ => None,
            };
        }
        let resolved = self.world().segments(scope, &[sym], false);
        resolved.defs.iter().find_map(|def| self.const_text(*def))
    }

    /// The text of a literal or of a constant that is one.
    pub(super) fn known_text(&mut self, id: ExprId) -> Option<String> {
        match &self.expr(id)?.kind {
            ExprKind::Str { text, .. } => Some(text.clone()),
            ExprKind::Same(inner) => self.known_text(*inner),
            ExprKind::Path(path)
                if path.segments.len() == 1
                    && self.local(self.sym(path.segments.first()?.name)).is_some() =>
            {
                let name = self
                    .program
                    .world
                    .text(self.sym(path.segments.first()?.name))
                    .to_owned();
                self.named_text(&name)
            }
            ExprKind::Path(path) => {
                let (scope, file) = (self.ctx.scope?, self.file);
                let resolved = self.world().resolve(scope, file, path);
                if resolved.taken < path.segments.len() {
                    return None;
                }
                resolved.defs.iter().find_map(|def| self.const_text(*def))
            }
            _ => None,
        }
    }

    fn const_text(&self, def: Def) -> Option<String> {
        let Def::Const(id) = def else { return None };
        let found = self.program.world.consts.get(id.index())?;
        let ItemKind::Const {
            value: Some(value), ..
        } = &self.program.world.item(found.file, found.item)?.kind
        else {
            return None;
        };
        let tree = self.program.world.files.get(found.file.index())?.tree;
        match &tree.exprs().get(value.0 as usize)?.kind {
            ExprKind::Str { text, .. } => Some(text.clone()),
            _ => None,
        }
    }
}

fn verb(operation: crate::analyze::facts::Operation) -> &'static str {
    use crate::analyze::facts::Operation;
    match operation {
        Operation::Insert | Operation::Upsert => "insert",
        Operation::Update => "update",
        Operation::Delete => "delete",
        Operation::Truncate => "truncate",
        Operation::Select => "select",
    }
}
