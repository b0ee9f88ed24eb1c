//! From sqlparser's tree: tables, columns, restrictions.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use sqlparser::ast::{
    Assignment, AssignmentTarget, BinaryOperator, CopySource, Delete, Expr, FromTable, Insert,
    Join, JoinConstraint, JoinOperator, Merge, MergeAction, MergeUpdateKind, ObjectName,
    ObjectNamePart, OnConflictAction, OnInsert, Query, Select, SelectItem,
    SelectItemQualifiedWildcardKind, SqliteOnConflict, Statement as Ast, TableFactor, TableObject,
    TableWithJoins, Update, Visit, Visitor,
};
use sqlparser::dialect::{GenericDialect, MySqlDialect, PostgreSqlDialect, SQLiteDialect};
use sqlparser::parser::Parser;

use super::Statement;
use crate::analyze::facts::Operation;
use crate::model::Dialect;

/// Beyond so many words and operators a text goes to the tolerant scan: sqlparser's trees lean to one side and are
/// dropped by recursion.
const MOST_TOKENS: usize = 3000;

/// The tables of a text; `None` where no dialect reads it.
pub(super) fn statements(text: &str, dialect: Dialect) -> Option<Vec<Statement>> {
    if tokens(text) > MOST_TOKENS {
        return None;
    }
    let tree = parse(text, dialect)?;
    let mut found = Gather::default();
    for statement in &tree {
        let _ = statement.visit(&mut found);
    }
    Some(found.finish())
}

fn tokens(text: &str) -> usize {
    let mut count = 0;
    let mut in_word = false;
    for byte in text.bytes() {
        let word = byte.is_ascii_alphanumeric() || byte == b'_';
        count += usize::from(
            (word && !in_word) || (!word && !byte.is_ascii_whitespace() && byte != b','),
        );
        in_word = word;
    }
    count
}

fn parse(text: &str, dialect: Dialect) -> Option<Vec<Ast>> {
    let all: [&dyn sqlparser::dialect::Dialect; 4] = [
        &PostgreSqlDialect {},
        &SQLiteDialect {},
        &MySqlDialect {},
        &GenericDialect {},
    ];
    let order = match dialect {
        Dialect::Postgres => [0, 3, 1, 2],
        Dialect::Sqlite => [1, 3, 0, 2],
        Dialect::Mysql => [2, 3, 0, 1],
        Dialect::Generic => [3, 0, 1, 2],
    };
    order
        .iter()
        .filter_map(|index| all.get(*index))
        .find_map(|dialect| {
            Parser::new(*dialect)
                .with_recursion_limit(48)
                .try_with_sql(text)
                .ok()?
                .parse_statements()
                .ok()
        })
}

/// What a text reads and writes, gathered over all its parts.
#[derive(Default)]
struct Gather {
    writes: Vec<Statement>,
    /// Tables read, by name, in order of first sight.
    reads: Vec<String>,
    /// Alias or name → table.
    aliases: BTreeMap<String, String>,
    /// Names of common table expressions.
    named: BTreeSet<String>,
    columns: BTreeMap<String, BTreeSet<String>>,
    /// Columns without their table.
    loose: BTreeSet<String>,
    /// Tables of which all columns are read; `*` for every one.
    whole: BTreeSet<String>,
    restricted: BTreeMap<String, BTreeSet<String>>,
    restricted_loose: BTreeSet<String>,
}

impl Visitor for Gather {
    type Break = ();

    fn pre_visit_statement(&mut self, statement: &Ast) -> ControlFlow<()> {
        match statement {
            Ast::Insert(insert) => self.insert(insert),
            Ast::Update(update) => self.update(update),
            Ast::Delete(delete) => self.delete(delete),
            Ast::Merge(merge) => self.merge(merge),
            Ast::Truncate(truncate) => {
                for target in &truncate.table_names {
                    self.writes
                        .push(Statement::on(Operation::Truncate, name_of(&target.name)));
                }
            }
            Ast::Copy {
                source:
                    CopySource::Table {
                        table_name,
                        columns,
                    },
                to: false,
                ..
            } => {
                let mut write = Statement::on(Operation::Insert, name_of(table_name));
                write.columns = (!columns.is_empty())
                    .then(|| columns.iter().map(|column| column.value.clone()).collect());
                self.writes.push(write);
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        if let Some(with) = &query.with {
            self.named.extend(
                with.cte_tables
                    .iter()
                    .map(|table| table.alias.name.value.to_lowercase()),
            );
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<()> {
        for item in &select.projection {
            match item {
                SelectItem::Wildcard(_) => {
                    for table in &select.from {
                        self.whole_tables(table);
                    }
                }
                SelectItem::QualifiedWildcard(
                    SelectItemQualifiedWildcardKind::ObjectName(name),
                    _,
                ) => {
                    self.whole.insert(last_part(name));
                }
                _ => {}
            }
        }
        if let Some(selection) = &select.selection {
            self.restriction(selection);
        }
        for join in select.from.iter().flat_map(|table| &table.joins) {
            self.joined(join);
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        if let TableFactor::Table {
            name,
            alias,
            args: None,
            ..
        } = factor
        {
            let table = name_of(name);
            let short = alias
                .as_ref()
                .map_or_else(|| last_part(name), |alias| alias.name.value.clone());
            self.aliases.insert(short.to_lowercase(), table.clone());
            if !self.reads.contains(&table) {
                self.reads.push(table);
            }
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        match expr {
            Expr::Identifier(column) => {
                self.loose.insert(column.value.clone());
            }
            Expr::CompoundIdentifier(parts) => {
                if let [.., table, column] = parts.as_slice() {
                    self.columns
                        .entry(table.value.to_lowercase())
                        .or_default()
                        .insert(column.value.clone());
                }
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

impl Gather {
    fn insert(&mut self, insert: &Insert) {
        let TableObject::TableName(name) = &insert.table else {
            return;
        };
        let mut columns: Vec<String> = insert.columns.iter().chain([]).map(last_part).collect();
        columns.extend(insert.assignments.iter().flat_map(assigned));
        let columns = (!columns.is_empty()).then_some(columns);
        let mut write = Statement::on(Operation::Insert, name_of(name));
        write.updated_columns.clone_from(&columns);
        write.columns = columns;
        let updates = match &insert.on {
            Some(OnInsert::DuplicateKeyUpdate(assignments)) => Some(assignments),
            Some(OnInsert::OnConflict(conflict)) => match &conflict.action {
                OnConflictAction::DoUpdate(update) => Some(&update.assignments),
                OnConflictAction::DoNothing => None,
            },
            _ => None,
        };
        if let Some(assignments) = updates {
            write.operation = Operation::Upsert;
            write.updated_columns = Some(assignments.iter().flat_map(assigned).collect());
        } else if insert.replace_into || matches!(insert.or, Some(SqliteOnConflict::Replace)) {
            write.operation = Operation::Upsert;
        }
        self.writes.push(write);
    }

    fn update(&mut self, update: &Update) {
        let mut write = Statement::on(Operation::Update, String::new());
        let TableFactor::Table { name, alias, .. } = &update.table.relation else {
            return;
        };
        write.table = name_of(name);
        let short = alias
            .as_ref()
            .map_or_else(|| last_part(name), |alias| alias.name.value.clone());
        let columns: Vec<String> = update
            .assignments
            .iter()
            .flat_map(assigned)
            .filter(|column| !column.contains(super::HOLE))
            .collect();
        let hidden = update
            .assignments
            .iter()
            .flat_map(assigned)
            .any(|column| column.contains(super::HOLE));
        write.columns = (!hidden).then_some(columns);
        write.updated_columns.clone_from(&write.columns);
        write.restricted_by = update
            .selection
            .as_ref()
            .map(|selection| restrictions(selection, &short))
            .or(Some(Vec::new()));
        self.target(&write.table);
        self.writes.push(write);
    }

    fn delete(&mut self, delete: &Delete) {
        let (FromTable::WithFromKeyword(from) | FromTable::WithoutKeyword(from)) = &delete.from;
        let restricted = |short: &str| {
            delete
                .selection
                .as_ref()
                .map_or_else(Vec::new, |selection| restrictions(selection, short))
        };
        // `DELETE a, b FROM a JOIN b`: the tables stand before `FROM`.
        if delete.tables.is_empty() {
            for table in from.iter().take(1) {
                if let TableFactor::Table { name, alias, .. } = &table.relation {
                    let short = alias
                        .as_ref()
                        .map_or_else(|| last_part(name), |alias| alias.name.value.clone());
                    let mut write = Statement::on(Operation::Delete, name_of(name));
                    write.restricted_by = Some(restricted(&short));
                    self.target(&write.table);
                    self.writes.push(write);
                }
            }
        }
        let aliases = aliases_of(from);
        for name in &delete.tables {
            let short = last_part(name).to_lowercase();
            let table = aliases
                .get(&short)
                .cloned()
                .unwrap_or_else(|| name_of(name));
            let mut write = Statement::on(Operation::Delete, table);
            write.restricted_by = Some(restricted(&short));
            self.writes.push(write);
        }
    }

    fn merge(&mut self, merge: &Merge) {
        let TableFactor::Table { name, .. } = &merge.table else {
            return;
        };
        let table = name_of(name);
        self.target(&table);
        for clause in &merge.clauses {
            let mut write = match &clause.action {
                MergeAction::Insert(_) => Statement::on(Operation::Insert, table.clone()),
                MergeAction::Update(_) => Statement::on(Operation::Update, table.clone()),
                MergeAction::Delete { .. } => Statement::on(Operation::Delete, table.clone()),
                MergeAction::DoNothing { .. } => continue,
            };
            write.columns = match &clause.action {
                MergeAction::Insert(insert) if !insert.columns.is_empty() => {
                    Some(insert.columns.iter().map(last_part).collect())
                }
                MergeAction::Update(update) => match &update.kind {
                    MergeUpdateKind::Set(assignments) => {
                        Some(assignments.iter().flat_map(assigned).collect())
                    }
                    MergeUpdateKind::Wildcard => None,
                },
                _ => None,
            };
            write.updated_columns.clone_from(&write.columns);
            self.writes.push(write);
        }
    }

    /// The table of an update or delete is visited as a relation, and is no read.
    fn target(&mut self, table: &str) {
        if !self.reads.iter().any(|read| read == table) {
            self.reads.push(format!("{TARGET}{table}"));
        }
    }

    fn whole_tables(&mut self, table: &TableWithJoins) {
        for factor in
            std::iter::once(&table.relation).chain(table.joins.iter().map(|join| &join.relation))
        {
            if let TableFactor::Table { name, alias, .. } = factor {
                self.whole.insert(
                    alias
                        .as_ref()
                        .map_or_else(|| last_part(name), |alias| alias.name.value.clone()),
                );
            }
        }
    }

    fn restriction(&mut self, selection: &Expr) {
        for (table, column) in equalities(selection) {
            match table {
                Some(table) => {
                    self.restricted
                        .entry(table.to_lowercase())
                        .or_default()
                        .insert(column);
                }
                None => {
                    self.restricted_loose.insert(column);
                }
            }
        }
    }

    /// A joined table's rows are those that its `ON` names by the tables before it.
    fn joined(&mut self, join: &Join) {
        let TableFactor::Table { name, alias, .. } = &join.relation else {
            return;
        };
        let short = match alias {
            Some(alias) => alias.name.value.to_lowercase(),
            None => last_part(name).to_lowercase(),
        };
        let (JoinOperator::Join(constraint)
        | JoinOperator::Inner(constraint)
        | JoinOperator::Left(constraint)
        | JoinOperator::LeftOuter(constraint)) = &join.join_operator
        else {
            return;
        };
        let columns = match constraint {
            JoinConstraint::On(on) => named_by(on, &short),
            JoinConstraint::Using(columns) => columns.iter().map(last_part).collect(),
            JoinConstraint::Natural | JoinConstraint::None => Vec::new(),
        };
        self.restricted.entry(short).or_default().extend(columns);
    }

    fn finish(self) -> Vec<Statement> {
        let targets: BTreeSet<&str> = self
            .reads
            .iter()
            .filter_map(|read| read.strip_prefix(TARGET))
            .collect();
        let tables: Vec<&String> = self
            .reads
            .iter()
            .filter(|table| {
                !table.starts_with(TARGET)
                    && !self.named.contains(&table.to_lowercase())
                    && !targets.contains(table.as_str())
            })
            .collect();
        let single = tables.len() == 1 && targets.is_empty();
        let reads: Vec<Statement> = tables
            .iter()
            .map(|table| self.read(table, single))
            .collect();
        let mut found = self.writes;
        found.extend(reads);
        found
    }

    fn read(&self, table: &str, single: bool) -> Statement {
        let mut shorts = self
            .aliases
            .iter()
            .filter(|(_, target)| *target == table)
            .map(|(short, _)| short);
        let whole = shorts.clone().any(|short| {
            self.whole
                .iter()
                .any(|name| name.eq_ignore_ascii_case(short))
        });
        let mut columns: BTreeSet<String> = shorts
            .clone()
            .filter_map(|short| self.columns.get(short))
            .flatten()
            .cloned()
            .collect();
        let mut restricted: BTreeSet<String> = shorts
            .clone()
            .filter_map(|short| self.restricted.get(short))
            .flatten()
            .cloned()
            .collect();
        let hidden = whole || (!single && !self.loose.is_empty());
        if single {
            columns.extend(self.loose.iter().cloned());
            restricted.extend(self.restricted_loose.iter().cloned());
        }
        let mut read = Statement::on(Operation::Select, table.to_owned());
        read.columns = (!hidden && shorts.next().is_some()).then(|| columns.into_iter().collect());
        read.updated_columns.clone_from(&read.columns);
        read.restricted_by = Some(restricted.into_iter().collect());
        read
    }
}

/// Marks a relation that is written.
const TARGET: &str = "\u{0}";

fn aliases_of(from: &[TableWithJoins]) -> BTreeMap<String, String> {
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

fn assigned(assignment: &Assignment) -> Vec<String> {
    match &assignment.target {
        AssignmentTarget::ColumnName(name) => vec![last_part(name)],
        AssignmentTarget::Tuple(names) => names.iter().map(last_part).collect(),
    }
}

/// The columns of one table that a condition compares for equality with a value.
fn restrictions(selection: &Expr, table: &str) -> Vec<String> {
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
fn named_by(on: &Expr, short: &str) -> Vec<String> {
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
fn equalities(selection: &Expr) -> Vec<(Option<String>, String)> {
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

fn column_of(expr: &Expr) -> Option<(Option<String>, String)> {
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
fn name_of(name: &ObjectName) -> String {
    let parts: Vec<&str> = name.0.iter().map(part).collect();
    let start = parts.len().saturating_sub(2);
    parts.get(start..).unwrap_or_default().join(".")
}

fn last_part(name: &ObjectName) -> String {
    name.0.last().map_or("", part).to_owned()
}

fn part(part: &ObjectNamePart) -> &str {
    match part {
        ObjectNamePart::Identifier(ident) => &ident.value,
        ObjectNamePart::Function(_) => "",
    }
}
