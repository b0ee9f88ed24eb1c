//! Columns that an active model sets which another function of these sources gave: `post.hidden().update(db)`.
//!
//! Keeps true: columns are only named where the function's own text shows all that it sets. What is handed on, or
//! changed by a method, hides them. Facts that are read off a body here are noted as such.

use super::Body;
use super::active::OF_ROW;
use crate::analyze::link::program::Program;
use crate::analyze::link::solve::Method;
use crate::analyze::link::symbols::Sym;
use crate::analyze::link::world::{FileIx, FnId, Role};
use crate::analyze::rust::tree::{Expr, ExprId, ExprKind, Name, Pat, Range, Stmt, Tree};

/// Methods that leave an active model as it is.
pub(super) const LEAVES: [&str; 4] = ["clone", "get", "is_changed", "is_not_set"];

impl Body<'_, '_> {
    /// Remembers which function a call was of, if it can only be one.
    pub(super) fn made_by(&mut self, call: Range, methods: &[Method]) {
        if let [method] = methods {
            self.made.insert((self.file, call.end), method.function);
        }
    }

    /// The columns of what a call gave.
    pub(super) fn columns_given(&mut self, call: ExprId) -> Option<Vec<String>> {
        let function = *self.made.get(&(self.file, self.range(call).end))?;
        let owner = self.program.signature(function).self_ty;
        let of_row = owner.is_some_and(|ty| self.program.world.role_of(ty) == Some(Role::Model));
        let columns = Given::of(self.program, function, of_row)?.columns()?;
        self.program.telling.insert(function);
        Some(columns)
    }

    /// The columns that an entity's behaviour sets on what is saved.
    pub(super) fn columns_of_hook(&mut self, function: FnId) -> Option<Vec<String>> {
        let columns = Given::of(self.program, function, false)?.columns_of_hook()?;
        self.program.telling.insert(function);
        Some(columns)
    }
}

/// A function's text.
struct Given<'p, 'a> {
    program: &'p Program<'a>,
    file: FileIx,
    tree: &'a Tree,
    body: Vec<&'a Expr>,
    statements: &'a [Stmt],
    /// Whether its `self` is a row.
    of_row: bool,
}

impl<'p, 'a> Given<'p, 'a> {
    fn of(program: &'p Program<'a>, function: FnId, of_row: bool) -> Option<Self> {
        let file = program.world.fns.get(function.index())?.file;
        let tree = program.world.tree(file)?;
        let body = program.fn_item(function)?.body?;
        let ExprKind::Block(statements) = &tree.exprs().get(body.0 as usize)?.kind else {
            return None;
        };
        Some(Self {
            program,
            file,
            tree,
            body: program.body_exprs(function).collect(),
            statements,
            of_row,
        })
    }

    fn columns(&self) -> Option<Vec<String>> {
        let Some(Stmt::Expr(value)) = self.statements.last() else {
            return None;
        };
        let value = self.plain(*value);
        match self.kind(value)? {
            ExprKind::Struct { fields, rest, .. } => self.literal(fields, *rest),
            ExprKind::Path(_) => self.columns_of(self.local(value)?),
            _ => None,
        }
    }

    /// The fields that are assigned anywhere; hidden where the value is handed on, or something else is made of it.
    fn columns_of_hook(&self) -> Option<Vec<String>> {
        let mut columns = Vec::new();
        for expr in &self.body {
            match &expr.kind {
                ExprKind::Assign(place, _) => {
                    if let Some(ExprKind::Field { base, name }) = self.kind(*place)
                        && self.local(*base).is_some()
                    {
                        columns.push(self.text(self.sym(*name)).to_owned());
                    }
                }
                ExprKind::Struct { .. } => return None,
                ExprKind::Method { receiver, name, .. } if self.is_own(*receiver) => {
                    let method = self.text(self.sym(*name));
                    if !LEAVES.contains(&method) {
                        return None;
                    }
                }
                ExprKind::Call { callee, args } if args.iter().any(|arg| self.is_own(*arg)) => {
                    let wraps = |name| matches!(self.text(name), "Ok" | "Some");
                    if !self.local(*callee).is_some_and(wraps) {
                        return None;
                    }
                }
                _ => {}
            }
        }
        columns.sort();
        columns.dedup();
        Some(columns)
    }

    /// Whether an expression is `self`, or lends it.
    fn is_own(&self, id: ExprId) -> bool {
        match self.kind(id) {
            Some(ExprKind::Same(inner)) => self.is_own(*inner),
            _ => self.local(id).is_some_and(|name| self.text(name) == "self"),
        }
    }

    /// `Ok(value)`, `&value`: the value.
    fn plain(&self, value: ExprId) -> ExprId {
        match self.kind(value) {
            Some(ExprKind::Same(inner)) => self.plain(*inner),
            Some(ExprKind::Call { callee, args }) => match (self.local(*callee), args.as_slice()) {
                (Some(name), [inner]) if matches!(self.text(name), "Ok" | "Some") => *inner,
                _ => value,
            },
            _ => value,
        }
    }

    /// What a variable began with and was given since, unless something else may have changed it.
    fn columns_of(&self, name: Sym) -> Option<Vec<String>> {
        let mut columns = self.begun_with(name)?;
        let is_it = |id: &ExprId| self.local(*id) == Some(name);
        let mut harmless = 1;
        for expr in self.body.iter().rev() {
            match &expr.kind {
                ExprKind::Field { base, .. } if is_it(base) => harmless += 1,
                ExprKind::Method {
                    receiver,
                    name: method,
                    ..
                } if is_it(receiver) && LEAVES.contains(&self.text(self.sym(*method))) => {
                    harmless += 1;
                }
                ExprKind::Assign(place, _) => {
                    if let Some(ExprKind::Field { base, name: column }) = self.kind(*place)
                        && is_it(base)
                    {
                        columns.push(self.text(self.sym(*column)).to_owned());
                    }
                }
                _ => {}
            }
        }
        columns.sort();
        columns.dedup();
        let uses = self.body.iter().filter(|expr| {
            matches!(&expr.kind, ExprKind::Path(path)
                if matches!(path.segments.as_slice(), [only] if self.sym(only.name) == name))
        });
        (uses.count() == harmless && !columns.is_empty()).then_some(columns)
    }

    /// The fields of the only literal that a variable is made of; none where it comes from a row.
    fn begun_with(&self, name: Sym) -> Option<Vec<String>> {
        let statements = self.body.iter().filter_map(|expr| match &expr.kind {
            ExprKind::Block(statements) => Some(statements),
            _ => None,
        });
        let mut made = statements
            .flatten()
            .filter_map(|statement| match statement {
                Stmt::Let {
                    pat: Pat::Bind { name: bound, .. },
                    value,
                    ..
                } if self.sym(*bound) == name => Some(*value),
                _ => None,
            });
        let value = made.next()??;
        if made.next().is_some() {
            return None;
        }
        match self.kind(value)? {
            ExprKind::Struct { fields, rest, .. } => self.literal(fields, *rest),
            ExprKind::Method { receiver, name, .. }
                if matches!(self.text(self.sym(*name)), "into_active_model" | "into") =>
            {
                let receiver = self.local(*receiver)?;
                let own = self.of_row && self.text(receiver) == "self";
                own.then(|| vec![OF_ROW.to_owned()])
            }
            _ => None,
        }
    }

    /// The fields that a literal gives; what a base other than the default gives is hidden.
    fn literal(&self, fields: &[(Name, ExprId)], rest: Option<ExprId>) -> Option<Vec<String>> {
        let is_default = |rest| match self.kind(rest) {
            Some(ExprKind::Call { callee, args }) if args.is_empty() => match self.kind(*callee) {
                Some(ExprKind::Path(path)) => path
                    .segments
                    .last()
                    .is_some_and(|last| self.text(self.sym(last.name)) == "default"),
                _ => false,
            },
            _ => false,
        };
        rest.is_none_or(is_default).then(|| self.texts(fields))
    }

    fn kind(&self, id: ExprId) -> Option<&'a ExprKind> {
        self.tree.exprs().get(id.0 as usize).map(|expr| &expr.kind)
    }

    /// The name that an expression is, if it is nothing else.
    fn local(&self, id: ExprId) -> Option<Sym> {
        match self.kind(id)? {
            ExprKind::Path(path) => match path.segments.as_slice() {
                [only] => Some(self.sym(only.name)),
                _ => None,
            },
            _ => None,
        }
    }

    fn sym(&self, name: Name) -> Sym {
        self.program.world.sym(self.file, name)
    }

    fn text(&self, sym: Sym) -> &str {
        self.program.world.text(sym)
    }

    fn texts(&self, fields: &[(Name, ExprId)]) -> Vec<String> {
        let names = fields.iter().map(|(name, _)| self.text(self.sym(*name)));
        names.map(ToOwned::to_owned).collect()
    }
}
