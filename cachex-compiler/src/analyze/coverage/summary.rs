//! The last line of a run: how much was understood, and how much of it is covered.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

use super::{Loss, Survey};
use crate::analyze::UnknownKind;

/// How sure the result is. Every number is counted, none estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Summary {
    /// Write statements found, those that were not understood included.
    pub statements: usize,
    /// Of which understood.
    pub understood: usize,
    /// Handlers that reach a write of an entity.
    pub handlers: usize,
    /// Jobs, tasks and other entries that reach a write of an entity.
    pub others: usize,
    /// Of handlers and others: those that invalidate whatever they write.
    pub covered: usize,
    /// Those that don't.
    pub missing: usize,
    /// Those that don't, and are exempted.
    pub exempted: usize,
    /// Those that don't, and need not: no cache depends on what they write, and nobody is told.
    pub without_need: usize,
    /// Files that could not be read as Rust.
    pub unreadable_files: usize,
}

/// Counts.
pub(super) fn summary(survey: &Survey) -> Summary {
    let facts = survey.facts;
    let writes = facts.sites.iter().filter(|site| site.is_write());
    // One statement has a site for each table it touches.
    let understood = writes
        .map(|site| (site.place, site.function))
        .collect::<BTreeSet<_>>()
        .len();
    let unknown = |kind| {
        facts
            .unknowns
            .iter()
            .filter(|unknown| unknown.kind == kind)
            .count()
    };
    let mut summary = Summary {
        statements: understood + unknown(UnknownKind::Statement),
        understood,
        unreadable_files: unknown(UnknownKind::File),
        ..Summary::default()
    };
    for (index, entry) in survey.entries.iter().enumerate() {
        if entry.writes.is_empty() {
            continue;
        }
        let of_entry = || survey.gaps.iter().filter(|gap| gap.entry == index);
        let needed = || of_entry().filter(|gap| gap.loss > Loss::Nothing);
        let counted = if needed().any(|gap| gap.exempt.is_none()) {
            &mut summary.missing
        } else if needed().next().is_some() {
            &mut summary.exempted
        } else if of_entry().next().is_some() {
            &mut summary.without_need
        } else {
            &mut summary.covered
        };
        *counted += 1;
        let kind = if entry.is_handler(facts) {
            &mut summary.handlers
        } else {
            &mut summary.others
        };
        *kind += 1;
    }
    summary
}

impl fmt::Display for Summary {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{} of {} understood, {}",
            self.understood,
            counted(self.statements, "write statement"),
            counted(self.handlers, "handler")
        )?;
        if self.others > 0 {
            write!(out, " and {}", counted(self.others, "job or task"))?;
        }
        write!(out, ", {} covered, {} missing", self.covered, self.missing)?;
        if self.exempted > 0 {
            write!(out, ", {} exempted", self.exempted)?;
        }
        if self.without_need > 0 {
            write!(out, ", {} without need", self.without_need)?;
        }
        if self.unreadable_files > 0 {
            write!(
                out,
                ", {} not understood",
                counted(self.unreadable_files, "file")
            )?;
        }
        Ok(())
    }
}

/// `1 handler`, `3 handlers`, `2 jobs or tasks`.
fn counted(count: usize, what: &str) -> String {
    if count == 1 {
        return format!("1 {what}");
    }
    let plural: Vec<String> = what
        .split(' ')
        .map(|word| match word {
            "or" | "write" => word.to_owned(),
            noun => format!("{noun}s"),
        })
        .collect();
    format!("{count} {}", plural.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_names_what_there_is() {
        let summary = Summary {
            statements: 216,
            understood: 214,
            handlers: 61,
            covered: 58,
            missing: 3,
            ..Summary::default()
        };
        assert_eq!(
            summary.to_string(),
            "214 of 216 write statements understood, 61 handlers, 58 covered, 3 missing"
        );
        let more = Summary {
            others: 2,
            exempted: 1,
            without_need: 4,
            statements: 1,
            handlers: 1,
            ..Summary::default()
        };
        assert_eq!(
            more.to_string(),
            "0 of 1 write statement understood, 1 handler and 2 jobs or tasks, 0 covered, 0 missing, 1 exempted, 4 without need"
        );
    }
}
