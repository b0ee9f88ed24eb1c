//! Functions that are generated from files of named queries, which are not among the sources: of `queries/posts.sql`
//! a query `--! rename` becomes `queries::posts::rename()` (Cornucopia and its kin).

use super::Body;
use crate::analyze::facts::Form;
use crate::analyze::link::paths::normal;
use crate::analyze::rust::tree::Range;
use crate::analyze::sql;

impl Body<'_, '_> {
    /// The statements of a generated function are those of who calls it.
    pub(super) fn generated_query(&mut self, full: &str, range: Range) {
        let mut parts = full.split("::").skip_while(|part| *part != "queries");
        parts.next();
        let (Some(file), Some(name), None) = (parts.next(), parts.next(), parts.next()) else {
            return;
        };
        let crates = self.program.world.crates.iter();
        let files: Vec<String> = crates
            .map(|krate| normal(&format!("{}/queries/{file}.sql", krate.folder)))
            .collect();
        let texts = files
            .iter()
            .filter_map(|file| (self.program.world.texts)(file));
        let found = texts.into_iter().find_map(|text| query_named(&text, name));
        for statement in sql::scan(&found.unwrap_or_default(), self.program.options.dialect) {
            self.statement(self.file, range, Form::SqlFile, statement);
        }
    }
}

/// What stands below `--! name`.
fn query_named(text: &str, name: &str) -> Option<String> {
    let mut queries = text.split("--!").skip(1);
    queries.find_map(|query| {
        let (head, body) = query.split_once('\n')?;
        let head = head.trim_start();
        let end = head.find(|next: char| !next.is_alphanumeric() && next != '_');
        (head.get(..end.unwrap_or(head.len()))? == name).then(|| body.to_owned())
    })
}
