//! Where the rules put what they find, and where exemptions take it out again.

use std::collections::BTreeSet;

use super::{ExemptionId, Survey};
use crate::analyze::FunctionId;
use crate::diagnostics::Diagnostic;
use crate::model::Severities;
use crate::source::Span;

/// One finding.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What is reported.
    pub report: Diagnostic,
    /// The path of the function it is about, by which a baseline counts it; `None` for what is about no function.
    pub function: Option<String>,
}

/// The findings of one run. Keeps true: what an exemption quiets is counted as its use.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    found: Vec<Finding>,
    used: BTreeSet<ExemptionId>,
}

impl Findings {
    /// Takes a report in, unless an exemption on its function quiets its rule.
    pub(crate) fn push(
        &mut self,
        survey: &Survey,
        report: Diagnostic,
        function: Option<FunctionId>,
    ) {
        let quieting = |function| survey.exemptions.quieting(report.rule, function);
        if let Some(exemption) = function.and_then(quieting) {
            self.quieted(exemption);
            return;
        }
        let function = function.and_then(|id| survey.facts.function(id));
        self.found.push(Finding {
            report,
            function: function.map(|function| function.path.clone()),
        });
    }

    /// Counts the use of an exemption.
    pub(crate) fn quieted(&mut self, exemption: ExemptionId) {
        self.used.insert(exemption);
    }

    /// Whether an exemption quieted something.
    pub(crate) fn has_used(&self, exemption: ExemptionId) -> bool {
        self.used.contains(&exemption)
    }

    /// The findings with the severities that `check.severity` asks for, sorted by place, each once.
    pub(super) fn into_sorted(self, severities: &Severities) -> Vec<Finding> {
        let mut found = self.found;
        found.retain_mut(|finding| {
            let Some(asked) = severities.get(finding.report.rule.code) else {
                return true;
            };
            finding.report.severity = asked.value.unwrap_or(finding.report.severity);
            asked.value.is_some()
        });
        found.sort_by(|a, b| key(&a.report).cmp(&key(&b.report)));
        let mut seen: BTreeSet<(&str, Vec<Span>)> = BTreeSet::new();
        let places = |report: &Diagnostic| report.labels.iter().map(|label| label.span).collect();
        found.retain(|finding| seen.insert((finding.report.rule.code, places(&finding.report))));
        found
    }
}

fn key(report: &Diagnostic) -> (Span, &str, &str) {
    (report.span(), report.rule.code, &report.message)
}
