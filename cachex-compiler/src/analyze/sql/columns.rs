//! Names, columns and conditions in sqlparser's trees.

use std::collections::BTreeMap;

use sqlparser::ast::{
    Assignment, AssignmentTarget, BinaryOperator, Expr, ObjectName, ObjectNamePart, TableAlias,
    TableFactor, TableWithJoins,
};

pub(super) fn aliases_of(from: &[TableWithJoins]) -> BTreeMap<String, String> {
    let factors = from.iter().flat_map(|table| {
        std::iter::once(&table.relation).chain(table.joins.iter().map(|join| &join.relation))
    });
    factors
        .filter_map(|factor| match factor {
            TableFactor::Table {
                name,
                alias: Some(alias),
                ..
            } => Some((alias.name.value.to_lowercase(), name_of(name))),
            _ => None,
        })
        .collect()
}

pub(super) fn assigned(assignment: &Assignment) -> Vec<String> {
    match &assignment.target {
        AssignmentTarget::ColumnName(name) => vec![last_part(name)],
        AssignmentTarget::Tuple(names) => names.iter().map(last_part).collect(),
    }
}

/// The table, or its alias, that an assignment names: `t.column = …`.
pub(super) fn owner_of(assignment: &Assignment) -> Option<&str> {
    let AssignmentTarget::ColumnName(name) = &assignment.target else {
        return None;
    };
    let owner = name.0.len().checked_sub(2)?;
    name.0.get(owner).map(part)
}

/// What a table is called in its statement.
pub(super) fn short_of(name: &ObjectName, alias: Option<&TableAlias>) -> String {
    alias.map_or_else(|| last_part(name), |alias| alias.name.value.clone())
}

/// The columns of one table that a condition compares for equality with a value.
pub(super) fn restrictions(selection: &Expr, table: &str) -> Vec<String> {
    let found = equalities(selection).into_iter();
    found
        .filter(|(owner, _)| {
            owner
                .as_ref()
                .is_none_or(|owner| owner.eq_ignore_ascii_case(table))
        })
        .map(|(_, column)| column)
        .collect()
}

/// The columns of a table that an `ON` sets equal to something of other tables.
pub(super) fn named_by(on: &Expr, short: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![on];
    while let Some(expr) = open.pop() {
        match expr {
            Expr::Nested(inner) => open.push(inner),
            Expr::BinaryOp {
                left,
                op: BinaryOperator::And,
                right,
            } => open.extend([right.as_ref(), left.as_ref()]),
            Expr::BinaryOp {
                left,
                op: BinaryOperator::Eq,
                right,
            } => {
                let own = |side: &Expr| {
                    column_of(side).filter(|(owner, _)| {
                        owner
                            .as_ref()
                            .is_some_and(|owner| owner.eq_ignore_ascii_case(short))
                    })
                };
                match (own(left), own(right)) {
                    (Some((_, column)), None) | (None, Some((_, column))) => found.push(column),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    found
}

/// `column = value`, `column IN (…)`, `column = ANY (…)` that hold for every row, with the column's table.
pub(super) fn equalities(selection: &Expr) -> Vec<(Option<String>, String)> {
    let mut found = Vec::new();
    let mut open = vec![selection];
    while let Some(expr) = open.pop() {
        match expr {
            Expr::Nested(inner) => open.push(inner),
            Expr::BinaryOp {
                left,
                op: BinaryOperator::And,
                right,
            } => open.extend([right.as_ref(), left.as_ref()]),
            Expr::BinaryOp {
                left,
                op: BinaryOperator::Eq,
                right,
            } => match (column_of(left), column_of(right)) {
                (Some(column), None) | (None, Some(column)) => found.push(column),
                _ => {}
            },
            Expr::InList {
                expr,
                negated: false,
                ..
            }
            | Expr::InSubquery {
                expr,
                negated: false,
                ..
            } => found.extend(column_of(expr)),
            Expr::AnyOp {
                left,
                compare_op: BinaryOperator::Eq,
                ..
            } => found.extend(column_of(left)),
            _ => {}
        }
    }
    found
}

pub(super) fn column_of(expr: &Expr) -> Option<(Option<String>, String)> {
    match expr {
        Expr::Identifier(column) if !column.value.contains(super::HOLE) => {
            Some((None, column.value.clone()))
        }
        Expr::CompoundIdentifier(parts) => match parts.as_slice() {
            [.., table, column] => Some((Some(table.value.clone()), column.value.clone())),
            _ => None,
        },
        Expr::Nested(inner) => match inner.as_ref() {
            Expr::Identifier(column) => Some((None, column.value.clone())),
            _ => None,
        },
        _ => None,
    }
}

/// `schema.table`, quotes dropped; of `database.schema.table` the last two.
pub(super) fn name_of(name: &ObjectName) -> String {
    let parts: Vec<&str> = name.0.iter().map(part).collect();
    let start = parts.len().saturating_sub(2);
    parts.get(start..).unwrap_or_default().join(".")
}

pub(super) fn last_part(name: &ObjectName) -> String {
    name.0.last().map_or("", part).to_owned()
}

pub(super) fn part(part: &ObjectNamePart) -> &str {
    match part {
        ObjectNamePart::Identifier(ident) => &ident.value,
        ObjectNamePart::Function(_) => "",
    }
}
