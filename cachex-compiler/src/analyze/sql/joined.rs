//! Tables that an update writes beside its first: `UPDATE a JOIN b ON … SET b.x = 1`.

use std::collections::BTreeMap;

use sqlparser::ast::{Assignment, TableFactor, Update};

use super::Statement;
use super::columns::{assigned, name_of, owner_of, short_of};
use crate::analyze::facts::Operation;

/// What is written of the joined tables, by their short names.
pub(super) fn joined_updates(update: &Update, first: &str) -> BTreeMap<String, Statement> {
    let mut found = BTreeMap::new();
    for join in &update.table.joins {
        let TableFactor::Table { name, alias, .. } = &join.relation else {
            continue;
        };
        let short = short_of(name, alias.as_ref());
        let of_it = |assignment: &&Assignment| {
            let owner = owner_of(assignment);
            owner.is_some_and(|owner| owner.eq_ignore_ascii_case(&short))
        };
        let own = update.assignments.iter().filter(of_it);
        let columns: Vec<String> = own.flat_map(assigned).collect();
        if columns.is_empty() || short.eq_ignore_ascii_case(first) {
            continue;
        }
        let mut write = Statement::on(Operation::Update, name_of(name));
        write.columns = columns_of(columns);
        write.updated_columns.clone_from(&write.columns);
        found.insert(short.to_lowercase(), write);
    }
    found
}

/// Columns that are set, unless one is put in at run time.
pub(super) fn columns_of(columns: Vec<String>) -> Option<Vec<String>> {
    let hidden = columns.iter().any(|column| column.contains(super::HOLE));
    (!hidden).then_some(columns)
}
