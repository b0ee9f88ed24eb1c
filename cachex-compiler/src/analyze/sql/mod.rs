//! SQL text → which tables it writes and reads, with columns.
//!
//! First sqlparser in the configured dialect, then in others; what none of them reads goes through a tolerant scan for
//! the verbs alone, so that a statement pieced together at run time still names its table. Knows nothing of Rust.

mod columns;
mod gather;
mod joined;
mod parsed;
mod text;
mod tolerant;

pub(crate) use text::{hole_names, may_set_more};

use serde::{Deserialize, Serialize};

use super::facts::Operation;
use crate::model::Dialect;

/// What stands for a `{…}` of `format!` in a name.
pub(crate) const HOLE: &str = "cachex_hole_";

/// One table that a text writes or reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Statement {
    pub operation: Operation,
    /// Without quotes, its schema before a dot. With [`HOLE`] in it where a part is put in at run time.
    pub table: String,
    pub columns: Option<Vec<String>>,
    pub updated_columns: Option<Vec<String>>,
    pub restricted_by: Option<Vec<String>>,
    /// Why the table is not known, where it isn't.
    pub problem: Option<String>,
}

impl Statement {
    pub(crate) fn on(operation: Operation, table: String) -> Self {
        Self {
            operation,
            table,
            columns: None,
            updated_columns: None,
            restricted_by: None,
            problem: None,
        }
    }

    /// Whether a part of the table's name is put in at run time.
    pub(crate) fn has_hole(&self) -> bool {
        self.table.contains(HOLE)
    }
}

/// Every table that a text writes or reads; empty where it is no SQL.
pub(crate) fn scan(text: &str, dialect: Dialect) -> Vec<Statement> {
    if let Some(operation) = text::breaks_off(text) {
        return vec![Statement::on(operation, HOLE.to_owned())];
    }
    if !text::looks_like_sql(text) {
        return Vec::new();
    }
    let plain = text::without_only(text::fill_holes(text));
    if let Some(found) = parsed::statements(&plain, dialect) {
        return found;
    }
    tolerant::statements(&plain)
}
