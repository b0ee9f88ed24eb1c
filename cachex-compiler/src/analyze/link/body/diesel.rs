//! Diesel: the table is the argument's type.

use super::Body;
use super::conflict::Conflict;
use super::method::MethodParts;
use crate::analyze::facts::{Form, Operation};
use crate::analyze::link::symbols::Sym;
use crate::analyze::link::types::{TyId, Type, UNKNOWN};
use crate::analyze::link::world::TableId;
use crate::analyze::rust::tree::{ExprId, ExprKind, Range};
use crate::analyze::sql::Statement;

/// Methods that send a query: only then it reads.
const SENDS: &[&str] = &[
    "load",
    "first",
    "get_result",
    "get_results",
    "load_stream",
    "execute",
    "load_iter",
    "get_results_stream",
    "optional",
];

impl<'a> Body<'_, 'a> {
    /// `diesel::insert_into(…)`, `update`, `delete`, `replace_into`.
    pub(super) fn diesel_call(
        &mut self,
        full: &str,
        args: &'a [ExprId],
        range: Range,
    ) -> Option<TyId> {
        let (path, last) = full.rsplit_once("::").unwrap_or(("", full));
        let operation = match last {
            "insert_into" | "insert_or_ignore_into" => Operation::Insert,
            "copy_from" if path.contains("diesel") => Operation::Insert,
            "replace_into" => Operation::Upsert,
            "update" | "uplete" => Operation::Update,
            "delete" => Operation::Delete,
            _ => return None,
        };
        let [target] = args else { return None };
        let known = path.contains("diesel")
            || matches!(
                last,
                "insert_into" | "replace_into" | "insert_or_ignore_into"
            );
        let ty = self.argument_ty(*target, UNKNOWN);
        let form = if matches!(self.program.world.type_of(ty), Type::Table(_)) {
            Form::DieselTable
        } else {
            Form::DieselRow
        };
        if !known && !matches!(form, Form::DieselTable) && self.world().diesel_table(ty).is_none() {
            return Some(UNKNOWN);
        }
        self.diesel_write(ty, operation, range, form)
    }

    fn diesel_write(
        &mut self,
        target: TyId,
        operation: Operation,
        range: Range,
        form: Form,
    ) -> Option<TyId> {
        let Some(table) = self.world().diesel_table(target) else {
            // A type parameter: the instances that callers ask for know it.
            if !matches!(self.program.world.type_of(target), Type::Param(_)) {
                self.unknown(
                    self.file,
                    range,
                    "the table of this statement has a type that was not found".to_owned(),
                );
            }
            return Some(UNKNOWN);
        };
        let statement = Statement::on(operation, table);
        let site = self.statement(self.file, range, form, statement)?;
        Some(self.world().ty(Type::Write(site)))
    }

    /// Methods on a table, on a query, and on a write in the making.
    pub(super) fn diesel_method(
        &mut self,
        parts: &MethodParts<'a>,
        receiver: TyId,
        name: Sym,
        range: Range,
        expected: TyId,
    ) -> TyId {
        let method = self.program.world.text(name).to_owned();
        if let Type::Write(site) = *self.program.world.type_of(receiver) {
            return self.write_method(parts, site, receiver, &method, expected);
        }
        if let Some(write) = self.diesel_row_method(parts, receiver, name, range) {
            return write;
        }
        let types = self.arguments(parts.args, &[]);
        let Type::Table(table) = *self.program.world.type_of(receiver) else {
            return UNKNOWN;
        };
        if SENDS.contains(&method.as_str()) {
            let start = self.range(parts.receiver).start;
            self.diesel_read(
                table,
                Range {
                    start,
                    end: range.end,
                },
            );
            let ctx = self.ctx.clone();
            let row = parts
                .turbofish
                .first()
                .map_or(UNKNOWN, |ty| self.world().lower(ty, &ctx));
            return match method.as_str() {
                _ if row == UNKNOWN => expected,
                "load" | "get_results" => {
                    let rows = self.world().external_ty("Vec", &[row]);
                    self.world().external_ty("Result", &[rows])
                }
                _ => self.world().external_ty("Result", &[row]),
            };
        }
        let start = self.range(parts.receiver).start;
        let selected = types
            .first()
            .filter(|ty| matches!(self.program.world.type_of(**ty), Type::Select(_)));
        if let Some(selected) = selected.filter(|_| method == "select").copied() {
            let end = range.end;
            self.diesel_read(table, Range { start, end });
            return selected;
        }
        if method.contains("join") {
            for ty in types {
                if let Type::Table(other) = *self.program.world.type_of(ty) {
                    self.diesel_read(other, range);
                }
            }
        }
        receiver
    }

    /// `Row::as_select()`, and `Row::query()` of `#[derive(HasQuery)]`: a query whose rows are of the type.
    pub(super) fn diesel_select(&mut self, row: TyId, method: &str, range: Range) -> Option<TyId> {
        match method {
            "as_select" => {}
            "query" => {
                let table = self.world().diesel_table(row)?;
                let statement = Statement::on(Operation::Select, table);
                self.statement(self.file, range, Form::DieselTable, statement);
            }
            _ => return None,
        }
        Some(self.world().ty(Type::Select(row)))
    }

    fn diesel_read(&mut self, table: TableId, range: Range) {
        let Some(name) = self
            .program
            .world
            .tables
            .get(table.index())
            .map(|table| table.name.clone())
        else {
            return;
        };
        let statement = Statement::on(Operation::Select, name);
        self.statement(self.file, range, Form::DieselTable, statement);
    }

    fn write_method(
        &mut self,
        parts: &MethodParts<'a>,
        site: u32,
        receiver: TyId,
        method: &str,
        expected: TyId,
    ) -> TyId {
        if self.sea_query_columns(parts, site, method) {
            return receiver;
        }
        match method {
            // Of `.col_expr(column, expression)` only the first says which column.
            "value" | "col_expr" => {
                let columns = parts.args.first().and_then(|arg| self.columns_in(*arg));
                self.add_columns(site, columns, method);
                self.arguments(parts.args, &[]);
                receiver
            }
            "set" | "values" | "set_null" | "into_columns" => {
                // To be read is all that a form is lent for.
                let before = self.assigned.clone();
                let types = self.arguments(parts.args, &[]);
                self.assigned = before;
                let columns = self
                    .columns_set(parts.args)
                    .or_else(|| self.form_columns(parts.args, &types, site))
                    .or_else(|| self.active_columns(parts.args, &types));
                self.add_columns(site, columns, method);
                receiver
            }
            "on_conflict" if self.is_of_seaorm(site) => {
                self.arguments(parts.args, &[]);
                let columns = parts.args.first().map(|arg| self.on_conflict(*arg));
                if let Some(Conflict::Updates(columns)) = columns {
                    self.become_upsert(site, columns);
                }
                receiver
            }
            "do_update" | "update_column" | "update_columns" | "on_conflict_do_update" => {
                self.become_upsert(site, None);
                self.arguments(parts.args, &[]);
                receiver
            }
            "get_result" | "get_results" | "load" | "first" | "exec_with_returning" => {
                self.arguments(parts.args, &[]);
                let ctx = self.ctx.clone();
                let row = parts
                    .turbofish
                    .first()
                    .map_or(UNKNOWN, |ty| self.world().lower(ty, &ctx));
                if row == UNKNOWN {
                    expected
                } else {
                    self.world().external_ty("Result", &[row])
                }
            }
            _ => {
                self.arguments(parts.args, &[]);
                receiver
            }
        }
    }

    fn is_of_seaorm(&self, site: u32) -> bool {
        let found = self.program.sites.get(site as usize);
        found.is_some_and(|site| matches!(site.form, Form::SeaormEntity | Form::SeaQuery))
    }

    fn become_upsert(&mut self, site: u32, updated: Option<Vec<String>>) {
        if let Some(site) = self.program.sites.get_mut(site as usize) {
            site.statement.operation = Operation::Upsert;
            site.statement.updated_columns = updated;
        }
    }

    pub(super) fn add_columns(&mut self, id: u32, columns: Option<Vec<String>>, method: &str) {
        let Some(site) = self.program.sites.get_mut(id as usize) else {
            return;
        };
        let statement = &mut site.statement;
        if statement.operation == Operation::Upsert && method == "set" {
            statement.updated_columns = columns;
            return;
        }
        // What is once hidden stays so, whatever is named beside it; a list of its own names all.
        if method == "into_columns" {
            self.hidden.remove(&id);
        } else if columns.is_none() {
            self.hidden.insert(id);
        }
        let columns = columns.filter(|_| !self.hidden.contains(&id));
        match (columns, &mut statement.columns) {
            (Some(more), Some(known)) if method != "into_columns" => {
                let more: Vec<String> = more.into_iter().filter(|it| !known.contains(it)).collect();
                known.extend(more);
            }
            (columns, known) => *known = columns,
        }
        statement.updated_columns.clone_from(&statement.columns);
    }

    /// The columns of `(title.eq(…), posts::body.eq(…))`; `None` where a value hides them.
    fn columns_set(&mut self, args: &'a [ExprId]) -> Option<Vec<String>> {
        let mut found = Vec::new();
        for arg in args {
            found.extend(self.columns_in(*arg)?);
        }
        (!found.is_empty()).then_some(found)
    }

    pub(super) fn columns_in(&mut self, id: ExprId) -> Option<Vec<String>> {
        match &self.expr(id)?.kind {
            ExprKind::Tuple(elements) => {
                let mut found = Vec::new();
                for element in elements {
                    found.extend(self.columns_in(*element)?);
                }
                Some(found)
            }
            ExprKind::Method { receiver, name, .. } if self.is(self.sym(*name), "eq") => {
                self.columns_in(*receiver)
            }
            ExprKind::Path(path) => {
                let last = path.segments.last().map(|segment| self.sym(segment.name))?;
                let ty = self.path_value(path, UNKNOWN);
                let Type::External(column, _) = *self.program.world.type_of(ty) else {
                    return self
                        .program
                        .world
                        .text(last)
                        .starts_with(char::is_uppercase)
                        .then(|| self.column_name(id))
                        .flatten()
                        .map(|column| vec![column]);
                };
                let text = self.program.world.text(column);
                text.strip_prefix("diesel column ")
                    .map(|column| vec![column.to_owned()])
            }
            ExprKind::Same(inner) => self.columns_in(*inner),
            _ => None,
        }
    }

    /// The type of a column's value: its name, for `.eq`.
    pub(super) fn column_ty(&mut self, table: TableId, column: Sym) -> TyId {
        let name = self
            .program
            .world
            .tables
            .get(table.index())
            .and_then(|table| table.columns.get(&column))
            .cloned()
            .unwrap_or_default();
        self.world()
            .external_ty(&format!("diesel column {name}"), &[])
    }

    /// `row.save_changes(conn)`, `form.insert_into(table)`.
    pub(super) fn diesel_row_method(
        &mut self,
        parts: &MethodParts<'a>,
        receiver: TyId,
        name: Sym,
        range: Range,
    ) -> Option<TyId> {
        let method = self.program.world.text(name).to_owned();
        match (method.as_str(), parts.args) {
            ("save_changes", [conn]) => {
                if !self.methods(receiver, name).is_empty() {
                    return None;
                }
                self.argument_ty(*conn, UNKNOWN);
                self.diesel_write(receiver, Operation::Update, range, Form::DieselRow)?;
                let row = self.world().unwrapped(receiver);
                Some(self.world().external_ty("Result", &[row]))
            }
            ("insert_into", [table]) => {
                let ty = self.argument_ty(*table, UNKNOWN);
                let own = !self.program.world.methods_named(name).is_empty();
                match self.program.world.type_of(ty) {
                    Type::Table(_) => {}
                    Type::Unknown if !own => {}
                    _ => return None,
                }
                let write = self.diesel_write(ty, Operation::Insert, range, Form::DieselRow)?;
                if let Type::Write(site) = *self.program.world.type_of(write) {
                    let columns = self.form_columns(&[parts.receiver], &[receiver], site);
                    self.add_columns(site, columns, "values");
                }
                Some(write)
            }
            _ => None,
        }
    }
}
