//! Diesel's form structs: which columns a value of one sets.
//!
//! Keeps true: a column is only named where it is sure to be set or left alone. A field that is an option says nothing
//! by its type; a literal says which fields it gives.

use super::Body;
use crate::analyze::facts::Operation;
use crate::analyze::link::columns::Part;
use crate::analyze::link::symbols::Sym;
use crate::analyze::link::types::{TyId, Type};
use crate::analyze::rust::tree::{ExprId, ExprKind};

/// How deep forms hold forms.
const EMBEDDED: usize = 8;

impl Body<'_, '_> {
    /// The columns of `.set(&form)`; `None` where they are hidden.
    pub(super) fn form_columns(
        &mut self,
        args: &[ExprId],
        types: &[TyId],
        site: u32,
    ) -> Option<Vec<String>> {
        let ([arg], [ty]) = (args, types) else {
            return None;
        };
        let (table, operation) = {
            let statement = &self.program.sites.get(site as usize)?.statement;
            (statement.table.clone(), statement.operation)
        };
        let ty = self.world().unwrapped(*ty);
        let many = !matches!(self.program.world.type_of(ty), Type::Adt(..));
        let ty = if many { self.element(ty) } else { ty };
        let fields = match self.literal_fields(*arg) {
            Some(fields) => self.columns_of_form(ty, operation, &fields)?,
            None => self.certain_fields(ty, operation, 0)?,
        };
        let world = &self.program.world;
        let table = world.tables.iter().find(|known| known.name == table)?;
        let column = |field: &Sym| table.columns.get(field).cloned();
        let mut columns = fields.iter().map(column).collect::<Option<Vec<_>>>()?;
        if operation == Operation::Update {
            // Diesel never sets the key it finds a row by.
            columns.retain(|column| column != "id");
        }
        (!columns.is_empty()).then_some(columns)
    }

    /// The columns that some fields of a form are; `None` where one is a form of its own.
    fn columns_of_form(
        &mut self,
        ty: TyId,
        operation: Operation,
        fields: &[Sym],
    ) -> Option<Vec<Sym>> {
        let Some(parts) = self.world().form_parts(ty, operation) else {
            return Some(fields.to_vec());
        };
        let mut columns = Vec::new();
        for field in fields {
            match parts.iter().find(|(name, ..)| name == field) {
                Some((_, _, Part::Column(column))) => columns.push(*column),
                Some((_, _, Part::Embedded(_))) => return None,
                Some((_, _, Part::Skipped)) => {}
                None => columns.push(*field),
            }
        }
        Some(columns)
    }

    /// The fields that a literal gives, here or where the variable was made.
    fn literal_fields(&mut self, value: ExprId) -> Option<Vec<Sym>> {
        match &self.expr(value)?.kind {
            ExprKind::Struct { .. } => self.given_fields(value),
            ExprKind::Path(path) => match path.segments.as_slice() {
                [segment] => {
                    let name = self.sym(segment.name);
                    let given = self.assigned.get(&name)?.clone();
                    let world = &mut self.program.world;
                    Some(given.iter().map(|it| world.symbols.intern(it)).collect())
                }
                _ => None,
            },
            ExprKind::Same(inner) | ExprKind::Unary(inner) => self.literal_fields(*inner),
            _ => None,
        }
    }

    /// The fields that a struct literal gives, but for those that are `None`. What a base other than the default
    /// gives is hidden.
    pub(super) fn given_fields(&mut self, literal: ExprId) -> Option<Vec<Sym>> {
        let ExprKind::Struct { path, fields, rest } = &self.expr(literal)?.kind else {
            return None;
        };
        let ctx = self.ctx.clone();
        let ty = self.world().lower_path_value(path, &ctx);
        let nulls = self.program.world.sets_nulls(ty);
        if rest.is_some_and(|rest| !self.is_default(rest)) {
            return None;
        }
        let given = fields.iter();
        let given = given.filter(|(_, value)| nulls || !self.is_none(*value));
        Some(given.map(|(name, _)| self.sym(*name)).collect())
    }

    /// `Form::default()`, `Default::default()`
    pub(super) fn is_default(&self, value: ExprId) -> bool {
        let Some(ExprKind::Call { callee, args }) = self.expr(value).map(|expr| &expr.kind) else {
            return false;
        };
        let Some(ExprKind::Path(path)) = self.expr(*callee).map(|expr| &expr.kind) else {
            return false;
        };
        let last = path.segments.last().map(|segment| self.sym(segment.name));
        args.is_empty() && last.is_some_and(|last| self.is(last, "default"))
    }

    fn is_none(&self, value: ExprId) -> bool {
        match self.expr(value).map(|expr| &expr.kind) {
            Some(ExprKind::Path(path)) => match path.segments.as_slice() {
                [segment] => self.is(self.sym(segment.name), "None"),
                _ => false,
            },
            _ => false,
        }
    }

    /// The columns of a type whose every field is set: it has no options, or writes them as `NULL`.
    fn certain_fields(&mut self, ty: TyId, operation: Operation, depth: usize) -> Option<Vec<Sym>> {
        let ty = self.world().unwrapped(ty);
        self.world().diesel_table(ty)?;
        let nulls = self.program.world.sets_nulls(ty);
        let mut columns = Vec::new();
        for (_, ty, part) in self.world().form_parts(ty, operation)? {
            match part {
                Part::Column(column) => {
                    let named = self.program.world.external_name(ty);
                    let plain = matches!(self.program.world.type_of(ty), Type::Adt(..));
                    let optional = !plain && named.is_none_or(|(name, _)| name == "Option");
                    if optional && !nulls {
                        return None;
                    }
                    columns.push(column);
                }
                Part::Embedded(inner) if depth < EMBEDDED => {
                    columns.extend(self.certain_fields(inner, operation, depth + 1)?);
                }
                Part::Embedded(_) => return None,
                Part::Skipped => {}
            }
        }
        Some(columns)
    }
}
