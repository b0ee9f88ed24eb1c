//! `cachex facts`: what was understood of the sources, and what was not. Needs no rules.

use std::fmt::Write as _;
use std::mem::ManuallyDrop;

use cachex_compiler::analyze::{self, Edges, ReachedFrom, Site, SiteId, Tests, Unknown};
use cachex_compiler::diagnostics::escape;
use cachex_compiler::source::SourceMap;

use super::{Failure, Outcome, refuse_files, remark_nothing};
use crate::args::{Facts, FactsFormat};
use crate::cache::Cache;
use crate::overview::overview;
use crate::project::Project;
use crate::{output, read};

/// Lists.
pub(crate) fn run(arguments: &Facts) -> Result<Outcome, Failure> {
    refuse_files(&arguments.sources)?;
    let project = Project::find(&arguments.place, &arguments.sources)?;
    remark_nothing(&project);
    let options = read::options(None, tests(arguments.sources.tests));
    let mut sources = SourceMap::default();
    let cache = Cache::of(&arguments.sources, &project);
    let facts = read::rust(&project, &options, &project.root, &cache, &mut sources);
    // The process ends here: nobody waits for a million small pieces to be freed.
    let facts = ManuallyDrop::new(facts);
    let edges = if arguments.calls {
        Edges::Listed
    } else {
        Edges::Left
    };
    output::print(&match arguments.format {
        FactsFormat::Jsonl => facts.lines(edges),
        FactsFormat::Table => table(&facts),
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

fn table(facts: &analyze::Facts) -> String {
    let roots = facts.reached_from();
    let sites = (0..).map(SiteId).zip(&facts.sites);
    let statements = sites.map(|(id, site)| {
        let roots = roots.get(&id).map_or(&[][..], Vec::as_slice);
        statement(facts, site, roots)
    });
    let unknowns = facts
        .unknowns
        .iter()
        .map(|unknown| not_understood(facts, unknown));
    let cells: Vec<[String; 4]> = statements
        .chain(unknowns)
        .map(|cells| cells.map(|cell| escape(&cell)))
        .collect();
    let writes = facts.sites.iter().filter(|site| site.is_write()).count();
    let mut text = aligned(&cells);
    text.push_str(&overview(facts));
    if !text.is_empty() {
        text.push('\n');
    }
    let _ = writeln!(
        text,
        "{writes} writes, {} reads, {} not understood",
        facts.sites.len() - writes,
        facts.unknowns.len()
    );
    text
}

/// Columns are no wider than this: a single long list of columns shouldn't push every line's place out of sight.
const WIDEST: usize = 48;

fn aligned(cells: &[[String; 4]]) -> String {
    let width = |column: usize| {
        let lengths = cells.iter().filter_map(|row| row.get(column));
        lengths
            .map(|cell| cell.chars().count())
            .filter(|length| *length <= WIDEST)
            .max()
            .unwrap_or_default()
    };
    let (first, second, third) = (width(0), width(1), width(2));
    let mut text = String::new();
    for [what, place, function, roots] in cells {
        let line = format!("{what:first$}  {place:second$}  {function:third$}  {roots}");
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

fn statement(facts: &analyze::Facts, site: &Site, roots: &[ReachedFrom]) -> [String; 4] {
    let operation = serde_json::to_value(site.operation).unwrap_or_default();
    let operation = operation.as_str().unwrap_or_default();
    let columns = match &site.columns {
        Some(columns) if columns.is_empty() => String::new(),
        Some(columns) => format!(" ({})", columns.join(", ")),
        None => " (…)".to_owned(),
    };
    [
        format!("{operation} {}{columns}", site.table),
        format!("{}:{}", facts.file(site.place.span.file), site.place.line),
        function(facts, Some(site.function)),
        reached(facts, roots),
    ]
}

fn not_understood(facts: &analyze::Facts, unknown: &Unknown) -> [String; 4] {
    [
        "not understood".to_owned(),
        format!(
            "{}:{}",
            facts.file(unknown.place.span.file),
            unknown.place.line
        ),
        function(facts, unknown.function),
        unknown.reason.clone(),
    ]
}

fn function(facts: &analyze::Facts, id: Option<analyze::FunctionId>) -> String {
    id.and_then(|id| facts.function(id))
        .map(|function| function.path.clone())
        .unwrap_or_default()
}

/// The first roots; a helper may have hundreds.
fn reached(facts: &analyze::Facts, roots: &[ReachedFrom]) -> String {
    let root = |reached: &ReachedFrom| facts.roots.get(reached.root.0 as usize);
    let named: Vec<String> = roots
        .iter()
        .filter_map(root)
        .take(3)
        .map(|root| {
            root.route
                .clone()
                .unwrap_or_else(|| function(facts, Some(root.function)))
        })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_cell_pushes_its_own_line_only() {
        let row = |what: &str| [what, "a.rs:1", "a::f", "from main"].map(str::to_owned);
        let long = "column, ".repeat(WIDEST);
        let text = aligned(&[row("update a"), row(&long), row("delete from b")]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "update a       a.rs:1  a::f  from main");
        assert!(lines[1].ends_with("column,   a.rs:1  a::f  from main"));
        assert_eq!(lines[2], "delete from b  a.rs:1  a::f  from main");
    }
}
