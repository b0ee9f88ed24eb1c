//! Statements of one tree: which tables it writes and reads, with which columns and conditions.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use sqlparser::ast::{
    Assignment, CopySource, Delete, Expr, FromTable, Insert, Join, JoinConstraint, JoinOperator,
    Merge, MergeAction, MergeUpdateKind, OnConflictAction, OnInsert, Query, Select, SelectItem,
    SelectItemQualifiedWildcardKind, SqliteOnConflict, Statement as Ast, TableFactor, TableObject,
    TableWithJoins, Update, Visitor,
};

use super::Statement;
use super::columns::{
    aliases_of, assigned, equalities, last_part, name_of, named_by, owner_of, restrictions,
    short_of,
};
use super::joined::{columns_of, joined_updates};
use crate::analyze::facts::Operation;

/// What a text reads and writes, gathered over all its parts.
#[derive(Default)]
pub(super) struct Gather {
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
                self.target(&write.table);
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
        let columns = columns_of(columns).filter(|columns| !columns.is_empty());
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
            write.updated_columns = columns_of(assignments.iter().flat_map(assigned).collect());
        } else if insert.replace_into || matches!(insert.or, Some(SqliteOnConflict::Replace)) {
            write.operation = Operation::Upsert;
        }
        self.writes.push(write);
    }

    fn update(&mut self, update: &Update) {
        let TableFactor::Table { name, alias, .. } = &update.table.relation else {
            return;
        };
        let table = name_of(name);
        let short = short_of(name, alias.as_ref());
        let others = joined_updates(update, &short);
        for other in others.values() {
            self.target(&other.table);
        }
        let own = |assignment: &&Assignment| {
            let owner = owner_of(assignment);
            owner.is_none_or(|owner| !others.contains_key(&owner.to_lowercase()))
        };
        let own = update.assignments.iter().filter(own);
        let mut write = Statement::on(Operation::Update, table);
        write.columns = columns_of(own.flat_map(assigned).collect());
        write.updated_columns.clone_from(&write.columns);
        write.restricted_by = update
            .selection
            .as_ref()
            .map(|selection| restrictions(selection, &short))
            .or(Some(Vec::new()));
        self.target(&write.table);
        let sets_own = write.columns.as_ref().is_none_or(|own| !own.is_empty());
        if sets_own || others.is_empty() {
            self.writes.push(write);
        }
        self.writes.extend(others.into_values());
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

    pub(super) fn finish(self) -> Vec<Statement> {
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
