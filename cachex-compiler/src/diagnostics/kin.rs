//! Reports that people read as one: forty places of which the same is to be said are a line each, not a page each.
//!
//! Keeps true: errors are never put together, and what machines are given is never looked at here.

use std::collections::BTreeMap;

use super::{Diagnostic, Severity};
use crate::source::Span;

/// What is said of several reports that are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kin {
    /// What stands behind their number, and tells kin from others: `functions write …`.
    pub said: String,
    /// The place they share, and what it contributes.
    pub place: (Span, String),
    /// What is said of this one alone.
    pub own: String,
    /// What helps against all of them.
    pub help: String,
}

/// From how many on they are shown as one: two are read as they are.
const MANY: usize = 3;

/// How many of them are named one by one.
const NAMED: usize = 8;

/// The reports as people are shown them: the grave ones first, those of one kin as one.
///
/// Reports of equal severity keep their order, which is by place.
pub fn for_people(reports: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut kin: BTreeMap<_, Vec<&Diagnostic>> = BTreeMap::new();
    for report in reports {
        if let Some(key) = key(report) {
            kin.entry(key).or_default().push(report);
        }
    }
    kin.retain(|_, alike| alike.len() >= MANY);
    let shown = reports.iter().filter_map(|report| {
        let Some(alike) = key(report).and_then(|key| kin.get(&key)) else {
            return Some(report.clone());
        };
        let is_first = alike
            .first()
            .is_some_and(|first| std::ptr::eq(*first, report));
        is_first.then(|| together(report, alike))
    });
    let mut shown: Vec<Diagnostic> = shown.collect();
    shown.sort_by_key(|report| std::cmp::Reverse(report.severity));
    shown
}

/// Equal for reports of one kin; `None` where a report stands by itself.
fn key(report: &Diagnostic) -> Option<(&'static str, Severity, &str)> {
    let kin = report.kin.as_ref()?;
    let folds = report.severity < Severity::Error;
    folds.then_some((report.rule.code, report.severity, kin.said.as_str()))
}

fn together(first: &Diagnostic, alike: &[&Diagnostic]) -> Diagnostic {
    let Some(kin) = &first.kin else {
        return first.clone();
    };
    let (place, label) = kin.place.clone();
    let mut shown = first
        .rule
        .at(place, format!("{} {}", alike.len(), kin.said))
        .labelled(place, label)
        .help(kin.help.clone());
    shown.severity = first.severity;
    let own = alike.iter().filter_map(|report| report.kin.as_ref());
    shown
        .notes
        .extend(own.take(NAMED).map(|kin| kin.own.clone()));
    if let Some(more @ 1..) = alike.len().checked_sub(NAMED) {
        shown
            .notes
            .push(format!("and {more} more: `--format json` lists all"));
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::registry::{UNCLEAR_CODE, UNCOVERED_WRITE};
    use crate::source::FileId;

    fn report(severity: Severity, said: Option<&str>, own: usize) -> Diagnostic {
        let place = Span::new(FileId(0), own..own + 1);
        let mut report = UNCOVERED_WRITE.at(place, format!("report {own}"));
        report.severity = severity;
        report.kin = said.map(|said| Kin {
            said: said.to_owned(),
            place: (place, String::new()),
            own: format!("own {own}"),
            help: String::new(),
        });
        report
    }

    fn messages(reports: &[Diagnostic]) -> Vec<String> {
        let shown = for_people(reports);
        shown.into_iter().map(|report| report.message).collect()
    }

    #[test]
    fn errors_come_first_and_each_by_itself() {
        let reports = [
            report(Severity::Note, None, 1),
            report(Severity::Error, Some("alike"), 2),
            report(Severity::Warning, None, 3),
            report(Severity::Error, Some("alike"), 4),
        ];
        let shown = ["report 2", "report 4", "report 3", "report 1"];
        assert_eq!(messages(&reports), shown);
    }

    #[test]
    fn kin_are_one_where_the_first_of_them_stood() {
        let alike = |own| report(Severity::Warning, Some("alike"), own);
        let mut other = UNCLEAR_CODE.at(Span::default(), "another rule");
        other.kin = alike(0).kin;
        other.severity = Severity::Warning;
        let mut reports = vec![alike(1), report(Severity::Warning, Some("lone"), 2), other];
        reports.push(alike(3));
        let shown = ["report 1", "report 2", "another rule", "report 3"];
        assert_eq!(messages(&reports), shown);
        reports.push(alike(4));
        let shown = ["3 alike", "report 2", "another rule"];
        assert_eq!(messages(&reports), shown);
        reports.extend((5..12).map(alike));
        assert_eq!(messages(&reports), ["10 alike", "report 2", "another rule"]);
        let notes = for_people(&reports).remove(0).notes;
        assert_eq!(notes.len(), 9);
        assert_eq!(notes[0], "own 1");
        assert_eq!(notes[8], "and 2 more: `--format json` lists all");
    }
}
