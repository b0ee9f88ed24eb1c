//! Active models: which columns a value of one sets.
//!
//! Keeps true: a column is only left out where the value's beginning is known. A row and the default set nothing, a
//! literal its fields, a form that derives its conversion its own. Whatever else an active model comes from hides them.

use super::Body;
use super::given::LEAVES;
use super::method::MethodParts;
use crate::analyze::link::symbols::Sym;
use crate::analyze::link::types::{TyId, UNKNOWN};
use crate::analyze::link::world::Role;
use crate::analyze::rust::tree::{ExprId, ExprKind, Name, Pat, Range};

/// Stands among the fields set where a value comes from a row: what the row has is written if the value is inserted.
pub(super) const OF_ROW: &str = "*";

/// An active model of an entity that was not found.
pub(super) const HIDDEN: &str = "active model that was not found";

/// Methods that use an active model up, or read its key.
const USES_UP: [&str; 9] = [
    "insert",
    "update",
    "save",
    "delete",
    "into",
    "into_active_model",
    "into_active_model_ex",
    "try_into_model",
    "get_primary_key_value",
];

impl<'a> Body<'_, 'a> {
    /// The fields that a value of an active model sets: its literal's, or those assigned to a variable so far.
    pub(super) fn columns_of_value(&mut self, value: ExprId) -> Option<Vec<String>> {
        match &self.expr(value)?.kind {
            ExprKind::Struct { fields, rest, .. } => self.columns_of_literal(fields, *rest),
            ExprKind::Path(path) if path.segments.len() == 1 => {
                let name = self.sym(path.segments.first()?.name);
                self.assigned.get(&name).cloned()
            }
            ExprKind::Method { receiver, name, .. } if self.is(self.sym(*name), "clone") => {
                self.columns_of_value(*receiver)
            }
            ExprKind::Same(inner) | ExprKind::Try(inner) | ExprKind::Await(inner) => {
                self.columns_of_value(*inner)
            }
            ExprKind::Method { receiver, name, .. } if self.is_taken_out(*name) => {
                self.columns_of_value(*receiver)
            }
            ExprKind::Method { .. } | ExprKind::Call { .. } if self.is_default(value) => {
                Some(Vec::new())
            }
            ExprKind::Method { .. } | ExprKind::Call { .. } => {
                let begun = self.begun.get(&(self.file, self.range(value).end)).cloned();
                begun.or_else(|| self.columns_given(value))
            }
            _ => None,
        }
    }

    /// The fields of a literal, and those that its base sets.
    fn columns_of_literal(
        &mut self,
        fields: &[(Name, ExprId)],
        rest: Option<ExprId>,
    ) -> Option<Vec<String>> {
        let given = fields.iter().filter(|(_, value)| self.is_set(*value));
        let text = |name: &Name| self.program.world.text(self.sym(*name)).to_owned();
        let mut columns: Vec<String> = given.map(|(name, _)| text(name)).collect();
        let own: Vec<String> = fields.iter().map(|(name, _)| text(name)).collect();
        if let Some(rest) = rest {
            let base = self.columns_of_value(rest)?;
            columns.extend(base.into_iter().filter(|column| !own.contains(column)));
        }
        Some(columns)
    }

    /// Whether a field's value is one that is written: not `NotSet`, not `Unchanged(…)`.
    fn is_set(&self, value: ExprId) -> bool {
        let last = |id: ExprId| match self.expr(id).map(|expr| &expr.kind) {
            Some(ExprKind::Path(path)) => path.segments.last().map(|last| self.sym(last.name)),
            _ => None,
        };
        let word = match self.expr(value).map(|expr| &expr.kind) {
            Some(ExprKind::Call { callee, .. }) => last(*callee),
            _ => last(value),
        };
        let word = word.map_or("", |word| self.program.world.text(word));
        !matches!(word, "NotSet" | "not_set" | "Unchanged" | "unchanged")
    }

    /// `result.map_err(…)`, `result.unwrap()`
    fn is_taken_out(&self, method: Name) -> bool {
        matches!(
            self.program.world.text(self.sym(method)),
            "unwrap" | "expect" | "map_err" | "context" | "with_context"
        )
    }

    /// `ActiveModel::from(row)`, `ActiveModel::new()`
    pub(super) fn active_made(&mut self, method: &str, given: &[TyId], range: Range) {
        let of_row = |ty: &TyId| self.program.world.role_of(*ty) == Some(Role::Model);
        let fields = match method {
            "new" if given.is_empty() => Vec::new(),
            "from" if given.iter().all(of_row) => vec![OF_ROW.to_owned()],
            _ => return,
        };
        self.begun.insert((self.file, range.end), fields);
    }

    /// `value.into_active_model()` of a row, an active model, or a form that derives it.
    pub(super) fn made_active(
        &mut self,
        parts: &MethodParts<'a>,
        value: TyId,
        expected: TyId,
    ) -> Option<TyId> {
        let (ty, columns) = match self.world().role_of(value) {
            Some(Role::ActiveModel) => (value, self.columns_of_value(parts.receiver)),
            Some(_) => (
                self.world().sibling(value, Role::ActiveModel)?,
                Some(vec![OF_ROW.to_owned()]),
            ),
            None => match self.world().active_form(value) {
                Some(found) => found,
                None if expected != UNKNOWN => return Some(expected),
                None if value == UNKNOWN => return None,
                None => return Some(self.world().external_ty(HIDDEN, &[])),
            },
        };
        if let Some(columns) = columns {
            let end = self.range(parts.id).end;
            self.begun.insert((self.file, end), columns);
        }
        Some(ty)
    }

    /// `builder.set_title(title)`: another field of the active model that is built.
    pub(super) fn built_further(&mut self, parts: &MethodParts<'a>, method: &str) -> bool {
        let (Some(field), [value]) = (method.strip_prefix("set_"), parts.args) else {
            return false;
        };
        self.argument_ty(*value, UNKNOWN);
        if let Some(mut columns) = self.columns_of_value(parts.receiver) {
            columns.push(field.to_owned());
            let end = self.range(parts.id).end;
            self.begun.insert((self.file, end), columns);
        }
        true
    }

    /// What a method called on an active model does to the columns it sets.
    pub(super) fn active_changes(&mut self, parts: &MethodParts<'a>, value: TyId, method: &str) {
        let role = self.world().role_of(value);
        if role == Some(Role::Model) && method == "into" {
            let end = self.range(parts.id).end;
            self.begun.insert((self.file, end), vec![OF_ROW.to_owned()]);
        }
        match self.expr(parts.receiver).map(|expr| &expr.kind) {
            // `post.title.set_if_not_equals(title)`
            Some(ExprKind::Field { base, name })
                if matches!(
                    method,
                    "set_if_not_equals" | "set_if_not_equals_and" | "reset"
                ) =>
            {
                self.assigned_field(*base, *name);
            }
            Some(ExprKind::Path(_)) if role == Some(Role::ActiveModel) => {
                let column = match (method, parts.args) {
                    ("set", [column, _]) => self.column_name(*column),
                    _ => None,
                };
                match (self.name_of(parts.receiver), column) {
                    (Some(local), Some(column)) => self.add_assigned(local, column),
                    (Some(local), None)
                        if !LEAVES.contains(&method) && !USES_UP.contains(&method) =>
                    {
                        self.assigned.remove(&local);
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// An active model lent to a function may come back with more.
    pub(super) fn lent(&mut self, arg: ExprId, ty: TyId) {
        let Some(ExprKind::Same(inner)) = self.expr(arg).map(|expr| &expr.kind) else {
            return;
        };
        if self.program.world.role_of(ty) == Some(Role::ActiveModel)
            && let Some(local) = self.name_of(*inner)
        {
            self.assigned.remove(&local);
        }
    }

    /// The name that an expression is, if it is nothing else.
    fn name_of(&self, id: ExprId) -> Option<Sym> {
        match &self.expr(id)?.kind {
            ExprKind::Path(path) => match path.segments.as_slice() {
                [only] => Some(self.sym(only.name)),
                _ => None,
            },
            _ => None,
        }
    }

    /// `value.column = …` on an active model, or on a form, whose beginning is known.
    pub(super) fn assigned_field(&mut self, base: ExprId, name: Name) {
        if let Some(local) = self.name_of(base) {
            let column = self.program.world.text(self.sym(name)).to_owned();
            self.add_assigned(local, column);
        }
    }

    fn add_assigned(&mut self, local: Sym, column: String) {
        if let Some(columns) = self.assigned.get_mut(&local)
            && !columns.contains(&column)
        {
            columns.push(column);
        }
    }

    /// A variable that is given another value: it may hold what either sets.
    pub(super) fn assigned_whole(&mut self, name: Sym, value: ExprId) {
        let Some(before) = self.assigned.get(&name).cloned() else {
            return;
        };
        match self.columns_of_value(value) {
            Some(mut columns) => {
                columns.extend(before);
                columns.sort();
                columns.dedup();
                self.assigned.insert(name, columns);
            }
            None => drop(self.assigned.remove(&name)),
        }
    }

    /// A variable that holds an active model's literal: its fields are the columns set so far.
    pub(super) fn remember(&mut self, pat: &'a Pat, value: Option<ExprId>) {
        let Pat::Bind { name, .. } = pat else { return };
        let name = self.sym(*name);
        self.assigned.remove(&name);
        let literal = value.filter(|value| {
            let kind = self.expr(*value).map(|expr| &expr.kind);
            matches!(kind, Some(ExprKind::Struct { .. }))
        });
        let ty = self.local(name);
        let is_active =
            ty.is_some_and(|ty| self.program.world.role_of(ty) == Some(Role::ActiveModel));
        let columns = if is_active {
            value.and_then(|value| self.columns_of_value(value))
        } else if ty.is_some_and(|ty| self.world().diesel_table(ty).is_some()) {
            self.given(value, literal)
        } else {
            None
        };
        if let Some(columns) = columns {
            self.assigned.insert(name, columns);
        }
    }

    /// The fields that a form begins with: those of its literal, none of `Form::default()`.
    fn given(&mut self, value: Option<ExprId>, literal: Option<ExprId>) -> Option<Vec<String>> {
        if let Some(literal) = literal {
            let fields = self.given_fields(literal)?;
            let text = |name: &Sym| self.program.world.text(*name).to_owned();
            return Some(fields.iter().map(text).collect());
        }
        self.is_default(value?).then(Vec::new)
    }
}
