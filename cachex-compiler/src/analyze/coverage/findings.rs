//! Where the rules put what they find, and where exemptions take it out again.

use std::collections::BTreeSet;

use super::{ExemptionId, Survey};
use crate::analyze::FunctionId;
use crate::diagnostics::{Diagnostic, Diagnostics};

/// The findings of one run. Keeps true: what an exemption quiets is counted as its use.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// What is reported.
    pub(crate) reports: Diagnostics,
    used: BTreeSet<ExemptionId>,
}

impl Findings {
    /// Takes a report in, unless an exemption on one of the functions quiets its rule.
    pub(crate) fn push(
        &mut self,
        survey: &Survey,
        report: Diagnostic,
        functions: impl IntoIterator<Item = FunctionId>,
    ) {
        let quieting = |function| survey.exemptions.quieting(report.rule, function);
        match functions.into_iter().find_map(quieting) {
            Some(exemption) => self.quieted(exemption),
            None => self.reports.push(report),
        }
    }

    /// Counts the use of an exemption.
    pub(crate) fn quieted(&mut self, exemption: ExemptionId) {
        self.used.insert(exemption);
    }

    /// Whether an exemption quieted something.
    pub(crate) fn has_used(&self, exemption: ExemptionId) -> bool {
        self.used.contains(&exemption)
    }
}
