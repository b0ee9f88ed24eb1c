//! SeaORM: the table is the receiver's type.

use super::Body;
use super::method::MethodParts;
use crate::analyze::facts::{Form, Operation};
use crate::analyze::link::orm::snake;
use crate::analyze::link::symbols::Sym;
use crate::analyze::link::types::{TyId, Type, UNKNOWN};
use crate::analyze::link::world::Role;
use crate::analyze::rust::tree::{ExprId, ExprKind, Range};
use crate::analyze::sql::Statement;

const NOT_FOUND: &str = "the entity of this statement has a type that was not found";

/// What a method does to the row that a value is of.
fn operation_on(method: &str, role: Role) -> Option<Operation> {
    match (method, role) {
        ("insert", Role::ActiveModel) => Some(Operation::Insert),
        ("update", Role::ActiveModel) => Some(Operation::Update),
        ("save", Role::ActiveModel) => Some(Operation::Upsert),
        ("delete", Role::ActiveModel | Role::Model) => Some(Operation::Delete),
        _ => None,
    }
}

impl<'a> Body<'_, 'a> {
    /// `Entity::insert(…)`, `find`, and sea-query's `Query::…`.
    pub(super) fn orm_call(
        &mut self,
        base: TyId,
        method: &str,
        args: &'a [ExprId],
        range: Range,
    ) -> Option<TyId> {
        match self.world().role_of(base) {
            Some(Role::Entity) => self.entity_call(base, method, args, range),
            Some(role @ (Role::Model | Role::ActiveModel)) => match (method, args) {
                ("from_json", _) => {
                    self.arguments(args, &[]);
                    Some(self.world().external_ty("Result", &[base]))
                }
                ("from" | "default" | "new", _) => {
                    let given = self.arguments(args, &[]);
                    self.active_made(method, &given, range);
                    Some(base)
                }
                ("builder", []) if role == Role::ActiveModel => {
                    self.active_made("new", &[], range);
                    Some(base)
                }
                (_, [value, connection]) => {
                    operation_on(method, role)?;
                    self.argument_ty(*value, base);
                    self.argument_ty(*connection, UNKNOWN);
                    self.written(base, method, *value, range, range)
                }
                _ => None,
            },
            _ => self
                .orm_trait_call(base, method, args, range)
                .or_else(|| self.rbatis_call(base, method, args, range)),
        }
    }

    /// `ActiveModelTrait::update(value, db)`
    fn orm_trait_call(
        &mut self,
        base: TyId,
        method: &str,
        args: &'a [ExprId],
        range: Range,
    ) -> Option<TyId> {
        let (name, _) = self.program.world.external_name(base)?;
        let [value, connection] = args else {
            return None;
        };
        if !matches!(name, "ActiveModelTrait" | "ModelTrait") {
            return None;
        }
        let ty = self.argument_ty(*value, UNKNOWN);
        self.argument_ty(*connection, UNKNOWN);
        let ty = self.world().unwrapped(ty);
        let written = self.written(ty, method, *value, range, range);
        if written.is_none() && ty == UNKNOWN {
            self.unknown(self.file, range, NOT_FOUND.to_owned());
        }
        written.or(Some(UNKNOWN))
    }

    fn entity_call(
        &mut self,
        entity: TyId,
        method: &str,
        args: &'a [ExprId],
        range: Range,
    ) -> Option<TyId> {
        let operation = match method {
            "insert" | "insert_many" => Operation::Insert,
            "update" | "update_many" => Operation::Update,
            "delete" | "delete_many" | "delete_by_id" => Operation::Delete,
            "find" | "find_by_id" | "find_related" | "find_with_related" => {
                self.arguments(args, &[]);
                let restricted = (method == "find_by_id").then(|| vec!["id".to_owned()]);
                self.orm_site(
                    entity,
                    Operation::Select,
                    None,
                    restricted,
                    range,
                    Form::SeaormEntity,
                );
                return Some(self.world().ty(Type::Select(entity)));
            }
            _ => return None,
        };
        let active = self
            .world()
            .sibling(entity, Role::ActiveModel)
            .unwrap_or(UNKNOWN);
        self.arguments(args, &[active]);
        let columns = match method {
            "insert" | "update" => {
                let columns = args.first().and_then(|arg| self.columns_of_value(*arg));
                columns.and_then(|fields| self.columns_of_fields(active, operation, fields))
            }
            _ => None,
        };
        let restricted = (method == "delete_by_id").then(|| vec!["id".to_owned()]);
        let site = self.orm_site(
            entity,
            operation,
            columns,
            restricted,
            range,
            Form::SeaormEntity,
        );
        Some(site.map_or(UNKNOWN, |site| self.program.world.ty(Type::Write(site))))
    }

    pub(super) fn orm_site(
        &mut self,
        ty: TyId,
        operation: Operation,
        columns: Option<Vec<String>>,
        restricted_by: Option<Vec<String>>,
        range: Range,
        form: Form,
    ) -> Option<u32> {
        let table = self.world().table_of(ty)?;
        let statement = Statement {
            operation,
            table,
            updated_columns: columns.clone(),
            columns,
            restricted_by,
            problem: None,
        };
        self.statement(self.file, range, form, statement)
    }

    /// `value.insert(db)`, `update`, `save`, `delete`: on a model or an active model, with a connection.
    pub(super) fn seaorm_method(
        &mut self,
        parts: &MethodParts<'a>,
        receiver: TyId,
        name: Sym,
        range: Range,
        expected: TyId,
    ) -> Option<TyId> {
        let value = self.world().unwrapped(receiver);
        let method = self.program.world.text(name).to_owned();
        self.active_changes(parts, value, &method);
        if !self.methods(value, name).is_empty() {
            return None;
        }
        if method == "into_active_model" || method == "into_active_model_ex" {
            return self.made_active(parts, value, expected);
        }
        let Some(role) = self.world().role_of(value) else {
            return self.hidden_row(parts, value, &method, range);
        };
        if role == Role::ActiveModel && method == "reset_all" && parts.args.is_empty() {
            return Some(value);
        }
        if role == Role::ActiveModel && self.built_further(parts, &method) {
            return Some(value);
        }
        if method == "find_related" || method == "find_linked" {
            let other = self
                .arguments(parts.args, &[])
                .first()
                .copied()
                .unwrap_or(UNKNOWN);
            return Some(self.world().ty(Type::Select(other)));
        }
        if parts.args.len() != 1 {
            return None;
        }
        operation_on(&method, role)?;
        self.arguments(parts.args, &[]);
        let start = self.range(parts.receiver).start;
        let whole = Range {
            start,
            end: range.end,
        };
        let statement = Self::statement_range(whole, range);
        self.written(value, &method, parts.receiver, statement, range)
    }

    /// A model or an active model that is written, and what that gives back.
    fn written(
        &mut self,
        value: TyId,
        method: &str,
        of: ExprId,
        statement: Range,
        call: Range,
    ) -> Option<TyId> {
        let role = self.world().role_of(value)?;
        let operation = operation_on(method, role)?;
        let columns = self.behaviour(value, operation, call);
        let columns = columns.and_then(|more| self.columns_saved(of, value, operation, more));
        let form = Form::SeaormModel;
        self.orm_site(value, operation, columns, None, statement, form);
        let result = match operation {
            Operation::Delete => UNKNOWN,
            Operation::Upsert => value,
            _ => self.world().sibling(value, Role::Model).unwrap_or(UNKNOWN),
        };
        Some(self.world().external_ty("Result", &[result]))
    }

    /// `value.update(db)` where only the connection says that it is a statement.
    fn hidden_row(
        &mut self,
        parts: &MethodParts<'a>,
        value: TyId,
        method: &str,
        range: Range,
    ) -> Option<TyId> {
        let [connection] = parts.args else {
            return None;
        };
        if !matches!(method, "insert" | "update" | "save" | "delete") {
            return None;
        }
        let hidden = self.is_hidden_model(value);
        if value != UNKNOWN && !hidden {
            return None;
        }
        let named = self.is_named_connection(*connection) && self.saves_models();
        let connection = self.argument_ty(*connection, UNKNOWN);
        let outside = matches!(
            self.program.world.type_of(connection),
            Type::Unknown | Type::External(..)
        );
        let known = self.is_connection(connection) || named && outside;
        if !hidden && !known {
            return None;
        }
        self.unknown(self.file, range, NOT_FOUND.to_owned());
        Some(UNKNOWN)
    }

    /// One of SeaORM's connections, or a parameter that may be any.
    fn is_connection(&self, ty: TyId) -> bool {
        let world = &self.program.world;
        let ty = world.unwrapped(ty);
        let bounds = match world.type_of(ty) {
            Type::Param(name) => self.signature.bounds.get(name).map(Vec::as_slice),
            Type::Opaque(bounds) | Type::Dyn(bounds) => Some(&**bounds),
            _ => None,
        };
        let mut of = bounds.into_iter().flatten().map(|bound| bound.def);
        of.any(|def| world.show_def(def).ends_with("ConnectionTrait"))
            || world.external_name(ty).is_some_and(|(name, _)| {
                matches!(
                    name,
                    "DatabaseConnection" | "DatabaseTransaction" | "DbConn"
                )
            })
    }

    /// A statement begins at its receiver; where that is a long chain of its own, at the method.
    pub(super) fn statement_range(whole: Range, method: Range) -> Range {
        // What a macro puts together may stand in another order.
        match method.start.checked_sub(whole.start) {
            Some(..=200) => whole,
            _ => method,
        }
    }

    /// `Column::Title` is the column `title`.
    pub(super) fn column_name(&mut self, arg: ExprId) -> Option<String> {
        let ExprKind::Path(path) = &self.expr(arg)?.kind else {
            return None;
        };
        let last = path.segments.last().map(|segment| self.sym(segment.name))?;
        Some(snake(self.program.world.text(last)))
    }
}
