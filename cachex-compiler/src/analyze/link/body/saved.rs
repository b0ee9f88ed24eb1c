//! What saving a model does beside the statement: columns and calls of its entity's behaviour; and which calls save
//! one where its type is not known.

use super::Body;
use super::active::{HIDDEN, OF_ROW};
use crate::analyze::facts::{Operation, Via};
use crate::analyze::link::types::TyId;
use crate::analyze::link::world::{Import, Role};
use crate::analyze::rust::tree::{ExprId, ExprKind, Range};

impl Body<'_, '_> {
    /// The columns of a value that is saved, with those that its behaviour adds.
    pub(super) fn columns_saved(
        &mut self,
        of: ExprId,
        value: TyId,
        operation: Operation,
        more: Vec<String>,
    ) -> Option<Vec<String>> {
        if operation == Operation::Delete {
            return None;
        }
        let mut fields = self.columns_of_value(of)?;
        let more = more.into_iter().filter(|more| !fields.contains(more));
        fields.extend(more.collect::<Vec<_>>());
        self.columns_of_fields(value, operation, fields)
    }

    /// The columns that fields of an active model are. Its key finds the row, and is not set by an update.
    pub(super) fn columns_of_fields(
        &mut self,
        value: TyId,
        operation: Operation,
        fields: Vec<String>,
    ) -> Option<Vec<String>> {
        let keys = operation == Operation::Update;
        let of_row = fields.iter().any(|field| field == OF_ROW);
        if of_row && operation == Operation::Insert {
            return None;
        }
        let columns: Vec<String> = fields
            .into_iter()
            .filter(|field| field != OF_ROW)
            .filter_map(|field| self.program.world.column_of(value, &field, keys))
            .collect();
        (!columns.is_empty()).then_some(columns)
    }

    /// What an entity's behaviour does before and after it is written: calls of these sources, and columns that are
    /// set; `None` where those are hidden.
    pub(super) fn behaviour(
        &mut self,
        value: TyId,
        operation: Operation,
        range: Range,
    ) -> Option<Vec<String>> {
        let active = match self.program.world.role_of(value) {
            Some(Role::ActiveModel) => value,
            _ => self.world().sibling(value, Role::ActiveModel)?,
        };
        let hooks = match operation {
            Operation::Delete => ["before_delete", "after_delete"],
            _ => ["before_save", "after_save"],
        };
        let mut columns = Some(Vec::new());
        for hook in hooks {
            let hook = self.world().symbols.intern(hook);
            let methods = self.methods(active, hook);
            if methods.is_empty() {
                continue;
            }
            self.edges(&methods, &[], range, &[], Via::Call, None);
            for method in methods {
                let more = self.columns_of_hook(method.function);
                columns = columns.zip(more).map(|(mut columns, more)| {
                    columns.extend(more);
                    columns
                });
            }
        }
        columns
    }

    pub(super) fn is_hidden_model(&self, ty: TyId) -> bool {
        self.program
            .world
            .external_name(ty)
            .is_some_and(|(name, _)| name == HIDDEN)
    }

    /// Whether an argument is named as connections are.
    pub(super) fn is_named_connection(&self, arg: ExprId) -> bool {
        let name = match self.expr(arg).map(|expr| &expr.kind) {
            Some(ExprKind::Same(inner)) => return self.is_named_connection(*inner),
            Some(ExprKind::Path(path)) => path.segments.last().map(|last| last.name),
            Some(ExprKind::Field { name, .. } | ExprKind::Method { name, .. }) => Some(*name),
            _ => None,
        };
        let text = name.map_or("", |name| self.program.world.text(self.sym(name)));
        matches!(
            text,
            "db" | "conn"
                | "connection"
                | "tx"
                | "txn"
                | "trx"
                | "transaction"
                | "database"
                | "get_db"
                | "get_conn"
                | "db_conn"
                | "database_connection"
        )
    }

    /// Whether this module imports what saves models.
    pub(super) fn saves_models(&mut self) -> bool {
        let names = ["ActiveModelTrait", "ModelTrait"];
        let names = names.map(|name| self.world().symbols.intern(name));
        let mut at = self.ctx.scope;
        while let Some(module) = at.and_then(|at| self.program.world.modules.get(at.index())) {
            if names.iter().any(|name| module.imports.contains_key(name)) {
                return true;
            }
            let of_orm = |import: &Import| {
                let first = import.path.first();
                first.is_some_and(|first| self.is(*first, "sea_orm"))
            };
            if module.globs.iter().any(of_orm) {
                return true;
            }
            at = module.parent.filter(|_| module.block);
        }
        false
    }
}
