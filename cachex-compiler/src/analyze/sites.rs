//! What was understood of statements, and what was not.

use serde::{Deserialize, Serialize};

use super::facts::{FunctionId, Place};

/// A statement on one table.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Site {
    /// What it does.
    pub operation: Operation,
    /// The table as written without quotes, its schema before a dot where there is one.
    pub table: String,
    /// Columns it sets (`SET`, or those of an insert) or reads; `None` where the statement hides them.
    pub columns: Option<Vec<String>>,
    /// For an upsert: the columns its update arm sets, `None` where hidden. Otherwise the same as `columns`.
    pub updated_columns: Option<Vec<String>>,
    /// The columns whose equality restricts it; `None` where that was not understood.
    pub restricted_by: Option<Vec<String>>,
    /// The function it is in; that of a constant is the function that uses the constant.
    pub function: FunctionId,
    /// The statement: the literal, or the expression that builds it.
    pub place: Place,
    /// How it is written.
    pub form: Form,
}

impl Site {
    /// Whether it writes.
    pub fn is_write(&self) -> bool {
        self.operation != Operation::Select
    }
}

/// What a statement does to a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Operation {
    /// Adds rows.
    Insert,
    /// Sets columns.
    Update,
    /// Removes rows.
    Delete,
    /// Adds rows, or sets columns of those that exist.
    Upsert,
    /// Removes all rows.
    Truncate,
    /// Reads.
    Select,
}

/// How a statement is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// `sqlx::query!("…")` and its kin.
    SqlxMacro,
    /// `sqlx::query_file!("…")`, `include_str!("…")`.
    SqlFile,
    /// `sqlx::query("…")`, `client.execute("…")`, an own wrapper: a literal in a call.
    SqlLiteral,
    /// A literal bound by `let` or chosen by a branch, and used later.
    SqlLet,
    /// A literal in a `const` or `static`.
    SqlConst,
    /// `format!`, `concat!`, `QueryBuilder`: the literal part.
    SqlBuilt,
    /// Diesel's `insert_into`, `update`, `delete`, `replace_into`, on a table.
    DieselTable,
    /// Diesel on a row or a form struct: `update(&row)`, `save_changes`.
    DieselRow,
    /// SeaORM's `Entity::insert`, `update_many`, `delete_by_id`, …
    SeaormEntity,
    /// SeaORM's `model.insert(db)`, `update`, `save`, `delete`.
    SeaormModel,
    /// sea-query's `Query::insert()`, `update()`, `delete()`.
    SeaQuery,
    /// rbatis' `Row::insert`, `update_by_map`, `delete_by_map`, … of `crud!(Row {})`.
    RbatisRow,
}

/// Something that was not understood.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Unknown {
    /// Why, as a sentence part: `the table of the statement is chosen at run time`.
    pub reason: String,
    /// The function it is in; `None` for a whole file.
    pub function: Option<FunctionId>,
    /// Where.
    pub place: Place,
    /// What sort it is.
    pub kind: UnknownKind,
}

/// What sort of thing was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum UnknownKind {
    /// A statement that writes, or may write (CX1104).
    Statement,
    /// A file that could not be read as Rust.
    File,
}
