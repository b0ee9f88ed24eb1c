//! What an insert does instead where its row is there already, as sea-query's `OnConflict` says.

use super::Body;
use super::active::OF_ROW;
use crate::analyze::link::types::TyId;
use crate::analyze::rust::tree::{ExprId, ExprKind};

/// Where a row is there already.
pub(super) enum Conflict {
    Nothing,
    /// These columns are updated, or others that are hidden.
    Updates(Option<Vec<String>>),
}

impl<'a> Body<'_, 'a> {
    /// `OnConflict::column(…).update_columns([…]).to_owned()`
    pub(super) fn on_conflict(&mut self, arg: ExprId) -> Conflict {
        let (mut at, mut nothing) = (arg, false);
        let mut columns = Some(Vec::new());
        loop {
            match self.expr(at).map(|expr| &expr.kind) {
                Some(ExprKind::Same(inner)) => at = *inner,
                Some(ExprKind::Method {
                    receiver,
                    name,
                    args,
                    ..
                }) => {
                    let method = self.program.world.text(self.sym(*name)).to_owned();
                    match method.as_str() {
                        "update_column" | "update_columns" | "value" => {
                            let named = args.first().and_then(|arg| self.columns_named(*arg));
                            columns = columns
                                .zip(named)
                                .map(|(known, more)| [more, known].concat());
                        }
                        "values" | "update_expr" | "update_exprs" => columns = None,
                        "do_nothing" | "do_nothing_on" => nothing = true,
                        _ => {}
                    }
                    at = *receiver;
                }
                Some(ExprKind::Call { .. }) => break,
                _ => {
                    columns = None;
                    break;
                }
            }
        }
        match columns {
            Some(columns) if columns.is_empty() && nothing => Conflict::Nothing,
            columns => Conflict::Updates(columns.filter(|columns| !columns.is_empty())),
        }
    }

    /// `Column::Title`, or several.
    fn columns_named(&mut self, arg: ExprId) -> Option<Vec<String>> {
        match &self.expr(arg)?.kind {
            ExprKind::Same(inner) => self.columns_named(*inner),
            ExprKind::Array(all) | ExprKind::Macro { args: all, .. } => {
                all.iter().map(|column| self.column_name(*column)).collect()
            }
            _ => Some(vec![self.column_name(arg)?]),
        }
    }

    /// The columns of `.set(active_model)`.
    pub(super) fn active_columns(
        &mut self,
        args: &'a [ExprId],
        types: &[TyId],
    ) -> Option<Vec<String>> {
        let ([arg], [ty]) = (args, types) else {
            return None;
        };
        self.program.world.role_of(*ty)?;
        let fields = self.columns_of_value(*arg)?;
        let columns = fields.iter().filter(|field| *field != OF_ROW);
        let columns = columns.filter_map(|field| self.program.world.column_of(*ty, field, false));
        Some(columns.collect())
    }
}
