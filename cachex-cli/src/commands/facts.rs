//! `cachex facts`: what was understood of the sources, and what was not. Needs no rules.

use std::fmt::Write as _;

use cachex_compiler::analyze::{self, RootRow, Row, StatementRow, Tests};
use cachex_compiler::diagnostics::escape;
use cachex_compiler::source::SourceMap;

use super::{Failure, Outcome};
use crate::args::{Facts, FactsFormat};
use crate::project::Project;
use crate::{output, read};

/// Lists.
pub(crate) fn run(arguments: &Facts) -> Result<Outcome, Failure> {
    let project = Project::find(&arguments.place, &arguments.sources)?;
    let options = read::options(None, tests(arguments.sources.tests));
    let mut sources = SourceMap::default();
    let facts = read::rust(&project, &options, &project.root, &mut sources);
    let mut rows = analyze::rows(&facts);
    if arguments.calls {
        rows.extend(analyze::calls(&facts));
    }
    output::print(&match arguments.format {
        FactsFormat::Jsonl => jsonl(&rows),
        FactsFormat::Table => table(&rows),
    })?;
    Ok(Outcome::Clean)
}

/// `--tests`
pub(super) fn tests(given: bool) -> Tests {
    if given {
        Tests::Included
    } else {
        Tests::Skipped
    }
}

fn jsonl(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        // Strings and numbers only: there is nothing in it that cannot be written.
        text.push_str(&serde_json::to_string(row).unwrap_or_default());
        text.push('\n');
    }
    text
}

fn table(rows: &[Row]) -> String {
    let cells: Vec<[String; 4]> = rows.iter().map(cells).collect();
    let width = |column: usize| {
        let lengths = cells.iter().filter_map(|row| row.get(column));
        lengths
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    };
    let (first, second, third) = (width(0), width(1), width(2));
    let mut text = String::new();
    for [what, place, function, roots] in &cells {
        let line = format!("{what:first$}  {place:second$}  {function:third$}  {roots}");
        let _ = writeln!(text, "{}", line.trim_end());
    }
    let count = |of: fn(&Row) -> bool| rows.iter().filter(|row| of(row)).count();
    let _ = writeln!(
        text,
        "{} writes, {} reads, {} not understood",
        count(|row| matches!(row, Row::Write(_))),
        count(|row| matches!(row, Row::Read(_))),
        count(|row| matches!(row, Row::Unknown(_)))
    );
    text
}

fn cells(row: &Row) -> [String; 4] {
    let cells = match row {
        Row::Write(row) | Row::Read(row) => statement(row),
        Row::Unknown(row) => [
            format!("not understood: {}", row.reason),
            format!("{}:{}", row.file, row.line),
            row.function.clone().unwrap_or_default(),
            String::new(),
        ],
        Row::Call(row) => [
            format!("call of {}", row.callee),
            format!("{}:{}", row.file, row.line),
            row.caller.clone(),
            String::new(),
        ],
    };
    cells.map(|cell| escape(&cell))
}

fn statement(row: &StatementRow) -> [String; 4] {
    let operation = serde_json::to_value(row.operation).unwrap_or_default();
    let columns = match &row.columns {
        Some(columns) if columns.is_empty() => String::new(),
        Some(columns) => format!(" ({})", columns.join(", ")),
        None => " (…)".to_owned(),
    };
    [
        format!(
            "{} {}{columns}",
            operation.as_str().unwrap_or_default(),
            row.table
        ),
        format!("{}:{}", row.file, row.line),
        row.function.clone(),
        roots(&row.roots),
    ]
}

/// The first roots; a helper may have hundreds.
fn roots(roots: &[RootRow]) -> String {
    let named: Vec<&str> = roots
        .iter()
        .take(3)
        .map(|root| root.route.as_deref().unwrap_or(&root.function))
        .collect();
    let more = match roots.len().saturating_sub(3) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    if named.is_empty() {
        String::new()
    } else {
        format!("from {}{more}", named.join(", "))
    }
}
