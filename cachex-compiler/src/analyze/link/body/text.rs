//! Literals, and strings put together.

use super::Body;
use super::value::Value;
use crate::analyze::facts::Form;
use crate::analyze::link::types::{TyId, Type};
use crate::analyze::link::world::{Def, FileIx};
use crate::analyze::rust::tree::{ExprId, ExprKind, ItemKind, Pat, Path, Range, Stmt};
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
                let mut statement = statement.clone();
                if self.grows && sql::may_set_more(text) {
                    hide(&mut statement);
                }
                self.statement(self.file, range, self.form, statement);
            }
        }
        self.world().ty(Type::Text)
    }

    /// Whether a function of a type begins a text that may grow.
    pub(super) fn begins_text(&self, owner: &str, method: &str) -> bool {
        match (owner, method) {
            ("QueryBuilder", "new" | "with_arguments") => true,
            ("String", "from") => self.form == Form::SqlLet,
            _ => false,
        }
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
            } else if let Some(value) = self.named_argument(args, &name) {
                self.known_text(value)
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
        // More may be put behind it before it is sent.
        let grows = (self.grows || self.form == Form::SqlLet) && sql::may_set_more(text);
        for mut statement in statements {
            if grows {
                hide(&mut statement);
            }
            if !statement.has_hole() {
                self.statement(self.file, range, Form::SqlBuilt, statement);
            } else if writes(&&statement) {
                let verb = verb(statement.operation);
                let reason = format!("the table of this {verb} is put in at run time");
                self.unknown(self.file, inside, reason);
            }
        }
    }

    /// `format!("… {table}", table = Self::TABLE)`
    fn named_argument(&self, args: &[ExprId], name: &str) -> Option<ExprId> {
        args.iter().find_map(|arg| match &self.expr(*arg)?.kind {
            ExprKind::Assign(left, right) => match &self.expr(*left)?.kind {
                ExprKind::Path(path) => match path.segments.as_slice() {
                    [only] if self.is(self.sym(only.name), name) => Some(*right),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        })
    }

    fn named_text(&mut self, name: &str) -> Option<String> {
        let sym = self.program.world.symbols.get(name)?;
        let scope = self.ctx.scope?;
        if self.local(sym).is_some() {
            if let Some(text) = self.texts.get(&sym) {
                return Some(text.clone());
            }
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
                if path.qualified.is_some() || resolved.taken < path.segments.len() {
                    return self.text_of_type(path);
                }
                resolved.defs.iter().find_map(|def| self.const_text(*def))
            }
            ExprKind::Call { callee, args } if args.is_empty() => match &self.expr(*callee)?.kind {
                ExprKind::Path(path) => self.text_given(path),
                _ => None,
            },
            _ => None,
        }
    }

    /// `Self::TABLE`, `T::TABLE`, `<T as Named>::TABLE`
    fn text_of_type(&mut self, path: &'a Path) -> Option<String> {
        let ctx = self.ctx.clone();
        let last = self.sym(path.segments.last()?.name);
        let base = match (&path.qualified, path.segments.as_slice()) {
            (Some(qualified), _) => self.world().lower(&qualified.0, &ctx),
            (None, [first, _]) => {
                let first = self.sym(first.name);
                let own = ctx.self_ty.filter(|_| self.is(first, "Self"));
                let known = own.or_else(|| ctx.get(first));
                known.unwrap_or_else(|| self.world().lower_prefix(path, 1, &ctx))
            }
            (None, all) => self
                .world()
                .lower_prefix(path, all.len().checked_sub(1)?, &ctx),
        };
        let ((file, _, _, value), _) = self.world().const_of_type(base, last)?;
        self.text_at(file, value?)
    }

    /// The text that a function gives which does nothing else: `T::table_name()`.
    fn text_given(&mut self, path: &'a Path) -> Option<String> {
        let Value::Functions(methods) = self.value_of(path) else {
            return None;
        };
        let [method] = methods.as_slice() else {
            return None;
        };
        let (function, own) = (method.function, method.self_ty);
        let file = self.program.world.fns.get(function.index())?.file;
        let body = self.program.fn_item(function)?.body?;
        let tree = self.program.world.tree(file)?;
        let text = match &tree.exprs().get(body.0 as usize)?.kind {
            ExprKind::Block(statements) => match statements.as_slice() {
                [Stmt::Expr(value)] => {
                    let value = self.peeled(file, *value);
                    match self.text_at(file, value) {
                        Some(text) => text,
                        None => self.own_text_at(file, value, own)?,
                    }
                }
                _ => return None,
            },
            _ => return None,
        };
        self.program.telling.insert(function);
        Some(text)
    }

    /// What is in `TableRef::Table(SIden(Self::TABLE).into_iden())`, `"posts".to_owned()`, `Cow::from("posts")`.
    pub(super) fn peeled(&self, file: FileIx, value: ExprId) -> ExprId {
        let world = &self.program.world;
        let Some(tree) = world.tree(file) else {
            return value;
        };
        let kind = |at: ExprId| tree.exprs().get(at.0 as usize).map(|expr| &expr.kind);
        let makes = |callee: ExprId| {
            let Some(ExprKind::Path(path)) = kind(callee) else {
                return false;
            };
            let last = path.segments.last();
            let last = last.map_or("", |last| world.text(world.sym(file, last.name)));
            last.starts_with(char::is_uppercase) || matches!(last, "new" | "from")
        };
        let mut at = value;
        loop {
            at = match kind(at) {
                Some(ExprKind::Same(inner)) => *inner,
                Some(ExprKind::Method { receiver, args, .. }) if args.is_empty() => *receiver,
                Some(ExprKind::Call { callee, args }) if makes(*callee) => match args.as_slice() {
                    [only] => *only,
                    _ => return at,
                },
                _ => return at,
            };
        }
    }

    /// `Self::TABLE` in a function of a type.
    fn own_text_at(&mut self, file: FileIx, value: ExprId, own: TyId) -> Option<String> {
        let tree = self.program.world.tree(file)?;
        let ExprKind::Path(path) = &tree.exprs().get(value.0 as usize)?.kind else {
            return None;
        };
        let [first, last] = path.segments.as_slice() else {
            return None;
        };
        let sym = |name| self.program.world.sym(file, name);
        let (first, last) = (sym(first.name), sym(last.name));
        if !self.is(first, "Self") {
            return None;
        }
        let ((file, _, _, value), _) = self.world().const_of_type(own, last)?;
        self.text_at(file, value?)
    }

    /// A literal of some file.
    fn text_at(&self, file: FileIx, value: ExprId) -> Option<String> {
        let tree = self.program.world.tree(file)?;
        match &tree.exprs().get(value.0 as usize)?.kind {
            ExprKind::Str { text, .. } => Some(text.clone()),
            _ => None,
        }
    }

    /// A variable that holds a text.
    pub(super) fn remember_text(&mut self, pat: &Pat, value: Option<ExprId>) {
        let Pat::Bind { name, .. } = pat else { return };
        let name = self.sym(*name);
        match value.and_then(|value| self.known_text(value)) {
            Some(text) => drop(self.texts.insert(name, text)),
            None => drop(self.texts.remove(&name)),
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
        self.text_at(found.file, *value)
    }
}

/// What an update sets is not all known.
fn hide(statement: &mut Statement) {
    use crate::analyze::facts::Operation;
    if statement.operation == Operation::Update {
        statement.columns = None;
    }
    if matches!(statement.operation, Operation::Update | Operation::Upsert) {
        statement.updated_columns = None;
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
