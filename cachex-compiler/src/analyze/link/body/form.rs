//! Diesel's form structs: which columns a value of one sets.
//!
//! Keeps true: a column is only named where it is sure to be set or left alone. A field that is an option says nothing
//! by its type; a literal says which fields it gives.

use super::Body;
use crate::analyze::facts::Operation;
use crate::analyze::link::symbols::Sym;
use crate::analyze::link::types::{TyId, Type};
use crate::analyze::rust::tree::{ExprId, ExprKind};

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
        let fields = match self.literal_fields(*arg) {
            Some(fields) => fields,
            None => self.certain_fields(*ty)?,
        };
        let (table, operation) = {
            let statement = &self.program.sites.get(site as usize)?.statement;
            (statement.table.clone(), statement.operation)
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
    pub(super) fn given_fields(&self, literal: ExprId) -> Option<Vec<Sym>> {
        let ExprKind::Struct { fields, rest, .. } = &self.expr(literal)?.kind else {
            return None;
        };
        if rest.is_some_and(|rest| !self.is_default(rest)) {
            return None;
        }
        let given = fields.iter().filter(|(_, value)| !self.is_none(*value));
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

    /// The fields of a type that has no options: every one of them is set.
    fn certain_fields(&mut self, ty: TyId) -> Option<Vec<Sym>> {
        let ty = self.world().unwrapped(ty);
        self.world().diesel_table(ty)?;
        let Type::Adt(..) = self.program.world.type_of(ty) else {
            return None;
        };
        let fields = self.all_fields(ty, None);
        let optional = |ty: &TyId| {
            let named = self.program.world.external_name(*ty);
            named.is_none_or(|(name, _)| name == "Option")
                && !matches!(self.program.world.type_of(*ty), Type::Adt(..))
        };
        let certain = fields.iter().all(|(_, ty)| !optional(ty));
        certain.then(|| fields.iter().map(|(name, _)| *name).collect())
    }
}
