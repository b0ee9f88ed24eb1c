//! Statements that stand in a function's attribute, whose macro makes the body: rbatis' `#[sql("…")]`, `#[py_sql("…")]`.

use super::Body;
use crate::analyze::facts::Form;
use crate::analyze::link::symbols::last_of;
use crate::analyze::rust::literals;
use crate::analyze::rust::tree::{Attr, Item, Range};
use crate::analyze::sql;

/// Attributes that are a statement.
const STATING: [&str; 3] = ["sql", "py_sql", "html_sql"];

impl Body<'_, '_> {
    /// What attributes of the function say that it does.
    pub(super) fn stated(&mut self, item: &Item) {
        for attribute in &item.attributes {
            if STATING.contains(&last_of(&attribute.path)) {
                self.stated_by(attribute);
            }
        }
    }

    fn stated_by(&mut self, attribute: &Attr) {
        let mut found = false;
        for (at, text) in literals(&attribute.tokens) {
            let start = attribute.tokens_start.saturating_add(at);
            let range = Range {
                start,
                end: attribute.range.end.max(start),
            };
            for statement in sql::scan(&plain(&text), self.program.options.dialect) {
                found = true;
                self.statement(self.file, range, Form::SqlLiteral, statement);
            }
        }
        if !found {
            let name = &attribute.path;
            self.unknown(
                self.file,
                attribute.range,
                format!("the statement that `#[{name}]` makes is not read"),
            );
        }
    }
}

/// A text without its conditions, if it has any, and with the database's own parameters: of a template what stands in
/// backquotes is the statement, `#{id}` a parameter and `${table}` a hole.
fn plain(text: &str) -> String {
    if !text.trim_start().starts_with('`') {
        return text.to_owned();
    }
    let pieces: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
    let mut joined = String::new();
    for part in pieces.join(" ").split_inclusive('}') {
        match part.split_once("#{") {
            Some((before, _)) => joined.extend([before, "?"]),
            None => joined.push_str(&part.replace("${", "{")),
        }
    }
    joined
}
