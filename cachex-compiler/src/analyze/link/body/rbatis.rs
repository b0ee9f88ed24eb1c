//! rbatis: `crud!(SysUser {})` makes functions of a row's type that read and write its table.

use super::Body;
use crate::analyze::facts::{Form, Operation};
use crate::analyze::link::orm::snake;
use crate::analyze::link::types::{TyId, Type, UNKNOWN};
use crate::analyze::link::world::AdtId;
use crate::analyze::rust::tree::{ExprId, ExprKind, ItemKind, Path, Range};
use crate::analyze::sql::Statement;

/// The macros that make such functions.
const MAKERS: [&str; 5] = [
    "crud",
    "impl_insert",
    "impl_update",
    "impl_delete",
    "impl_select",
];

/// What such a function does.
fn operation_of(method: &str) -> Option<Operation> {
    let operations = [
        ("insert", Operation::Insert),
        ("update_by_", Operation::Update),
        ("delete_by_", Operation::Delete),
        ("delete_in_", Operation::Delete),
        ("select_", Operation::Select),
    ];
    let found = operations
        .iter()
        .find(|(name, _)| method == *name || name.ends_with('_') && method.starts_with(name));
    found
        .map(|(_, operation)| *operation)
        .or_else(|| (method == "insert_batch").then_some(Operation::Insert))
}

impl<'a> Body<'_, 'a> {
    /// `SysUser::insert(rb, &user)`
    pub(super) fn rbatis_call(
        &mut self,
        base: TyId,
        method: &str,
        args: &'a [ExprId],
        range: Range,
    ) -> Option<TyId> {
        let operation = operation_of(method)?;
        let Type::Adt(adt, _) = *self.program.world.type_of(base) else {
            return None;
        };
        let table = self.crud_table(adt)?;
        self.arguments(args, &[]);
        let statement = Statement::on(operation, table);
        self.statement(self.file, range, Form::RbatisRow, statement);
        Some(UNKNOWN)
    }

    /// The table of `crud!(SysUser {})` or `crud!(SysUser {}, "users")`, which stands beside the type.
    fn crud_table(&self, adt: AdtId) -> Option<String> {
        let world = &self.program.world;
        world.symbols.get("rbatis")?;
        let row = world.adts.get(adt.index())?;
        let tree = world.tree(row.file)?;
        let kind = |id: &ExprId| tree.exprs().get(id.0 as usize).map(|expr| &expr.kind);
        let last = |path: &Path| {
            let last = path.segments.last();
            last.map(|last| world.sym(row.file, last.name))
        };
        tree.items.iter().find_map(|item| {
            let ItemKind::Macro { path, args, .. } = &item.kind else {
                return None;
            };
            if !MAKERS.contains(&world.text(last(path)?)) {
                return None;
            }
            let (Some(ExprKind::Struct { path, .. }), rest) = (kind(args.first()?), args.get(1))
            else {
                return None;
            };
            let named = rest.and_then(|name| match kind(name) {
                Some(ExprKind::Str { text, .. }) => Some(text.clone()),
                _ => None,
            });
            (last(path) == Some(row.name))
                .then(|| named.unwrap_or_else(|| snake(world.text(row.name))))
        })
    }
}
