//! From sqlparser's tree: tables, columns, restrictions.

use sqlparser::ast::{Statement as Ast, Visit};
use sqlparser::dialect::{GenericDialect, MySqlDialect, PostgreSqlDialect, SQLiteDialect};
use sqlparser::parser::Parser;

use super::Statement;
use super::gather::Gather;
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
