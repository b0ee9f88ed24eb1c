//! Where the stages put what they find.

use std::collections::BTreeSet;

use super::{Diagnostic, Severity};
use crate::model::Severities;
use crate::source::Span;

/// The reports of one run. Keeps true: one node reports one mistake once, and reports come out sorted by place.
#[derive(Debug, Default)]
pub struct Diagnostics {
    reports: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Takes a report in.
    pub fn push(&mut self, report: Diagnostic) {
        self.reports.push(report);
    }

    /// Whether a report so far is an error.
    pub fn has_errors(&self) -> bool {
        self.reports
            .iter()
            .any(|report| report.severity == Severity::Error)
    }

    /// Whether nothing was reported.
    pub fn is_empty(&self) -> bool {
        self.reports.is_empty()
    }

    /// The reports so far, in the order they came.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.reports.iter()
    }

    /// Takes out the reports a question is not answered yes for.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.reports.retain(keep);
    }

    /// Gives each report the severity `check.severity` asks for; `off` takes it out.
    pub fn set_severities(&mut self, severities: &Severities) {
        self.reports.retain_mut(|report| {
            let Some(asked) = severities.get(report.rule.code) else {
                return true;
            };
            report.severity = asked.value.unwrap_or(report.severity);
            asked.value.is_some()
        });
    }

    /// The reports, sorted by place, each once.
    pub fn into_sorted(self) -> Vec<Diagnostic> {
        let mut reports = self.reports;
        reports.sort_by(|a, b| {
            (a.span(), a.rule.code, &a.message).cmp(&(b.span(), b.rule.code, &b.message))
        });
        // All places, not the first alone: a handler that forgets two entities has two reports at its name.
        let places = |report: &Diagnostic| report.labels.iter().map(|label| label.span).collect();
        let mut seen: BTreeSet<(&str, Vec<Span>, String)> = BTreeSet::new();
        reports.retain(|report| {
            seen.insert((report.rule.code, places(report), report.message.clone()))
        });
        reports
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.reports.into_iter()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, reports: I) {
        self.reports.extend(reports);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::registry::{DUPLICATE_KEY, UNKNOWN_KEY};
    use crate::model::Spanned;
    use crate::source::FileId;

    fn span(start: usize) -> Span {
        Span::new(FileId(0), start..start + 1)
    }

    #[test]
    fn a_node_reports_a_mistake_once_and_reports_are_sorted() {
        let mut out = Diagnostics::default();
        out.push(UNKNOWN_KEY.at(span(5), "later"));
        out.push(UNKNOWN_KEY.at(span(1), "first"));
        out.push(UNKNOWN_KEY.at(span(1), "first"));
        out.push(DUPLICATE_KEY.at(span(1), "another mistake of the same node"));
        let messages: Vec<_> = out
            .into_sorted()
            .into_iter()
            .map(|report| report.message)
            .collect();
        assert_eq!(
            messages,
            ["another mistake of the same node", "first", "later"]
        );
    }

    #[test]
    fn a_severity_can_be_changed_and_turned_off() {
        let mut out = Diagnostics::default();
        out.push(UNKNOWN_KEY.at(span(5), "off"));
        out.push(DUPLICATE_KEY.at(span(1), "a note"));
        let at = |value| Spanned {
            value,
            span: span(0),
        };
        out.set_severities(&Severities::from([
            ("CX0006".to_owned(), at(None)),
            ("CX0005".to_owned(), at(Some(Severity::Note))),
        ]));
        let reports = out.into_sorted();
        assert_eq!(reports.len(), 1);
        assert_eq!(reports[0].severity, Severity::Note);
    }
}
