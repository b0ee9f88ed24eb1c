//! `cachex-baseline.yaml`: the findings that were there when cachex came, counted by code and function.
//!
//! Keeps true: counts only shrink. Writing a baseline that exists never adds to it, so that a new finding stays one.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use cachex_compiler::analyze::coverage::Finding;
use cachex_compiler::diagnostics::Severity;
use serde::{Deserialize, Serialize};

const HEAD: &str = "# Findings that were there when cachex came: how many of each rule in each function.\n\
    # They only become fewer: `cachex check --baseline write` takes out what was mended.\n";

/// By code, then by the function's path.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Baseline(BTreeMap<String, BTreeMap<String, usize>>);

/// Why a baseline can't be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BaselineError {
    /// It can't be read or written.
    #[error("can't open `{path}`: {1}", path = .0.display())]
    File(PathBuf, std::io::Error),
    /// It is no baseline.
    #[error(
        "`{path}` is no baseline ({1}): remove it, and `cachex check --baseline write` makes one",
        path = .0.display()
    )]
    Malformed(PathBuf, String),
}

/// Where the baseline of a schema lies.
pub(crate) fn path(schema: &Path) -> PathBuf {
    schema.with_file_name("cachex-baseline.yaml")
}

impl Baseline {
    /// Reads one; `None` where there is none.
    pub(crate) fn read(path: &Path) -> Result<Option<Self>, BaselineError> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(BaselineError::File(path.into(), error)),
        };
        let read = serde_yaml::from_str(&text);
        let malformed = |error: serde_yaml::Error| {
            let said = error.to_string();
            let first = said.lines().next().unwrap_or_default();
            let first = first.trim_start_matches("error: ");
            BaselineError::Malformed(path.into(), first.to_owned())
        };
        read.map(Some).map_err(malformed)
    }

    /// Writes it.
    pub(crate) fn write(&self, path: &Path) -> Result<(), BaselineError> {
        let yaml = serde_yaml::to_string(self)
            .map_err(|error| BaselineError::Malformed(path.into(), error.to_string()))?;
        std::fs::write(path, format!("{HEAD}{yaml}"))
            .map_err(|error| BaselineError::File(path.into(), error))
    }

    /// Counts findings.
    pub(crate) fn of(findings: &[Finding]) -> Self {
        let mut counts = Self::default();
        for (code, function) in findings.iter().filter_map(counted) {
            *counts
                .0
                .entry(code)
                .or_default()
                .entry(function)
                .or_default() += 1;
        }
        counts
    }

    /// What both have.
    #[must_use]
    pub(crate) fn shrunk_to(&self, other: &Self) -> Self {
        let mut shrunk = Self::default();
        for (code, functions) in &self.0 {
            for (function, count) in functions {
                let now = other
                    .0
                    .get(code)
                    .and_then(|functions| functions.get(function));
                let count = *now.unwrap_or(&0).min(count);
                if count > 0 {
                    shrunk
                        .0
                        .entry(code.clone())
                        .or_default()
                        .insert(function.clone(), count);
                }
            }
        }
        shrunk
    }

    /// Takes out the findings it counts; returns how many.
    pub(crate) fn take_out(&self, findings: &mut Vec<Finding>) -> usize {
        let (mut left, before) = (self.clone(), findings.len());
        findings.retain(|finding| {
            let Some((code, function)) = counted(finding) else {
                return true;
            };
            let count = left
                .0
                .get_mut(&code)
                .and_then(|functions| functions.get_mut(&function));
            match count {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            }
        });
        before - findings.len()
    }
}

/// Whether a baseline can count a finding.
pub(crate) fn counts(finding: &Finding) -> bool {
    counted(finding).is_some()
}

/// Notes fail nobody's run: they are not counted.
fn counted(finding: &Finding) -> Option<(String, String)> {
    let grave = finding.report.severity > Severity::Note;
    let function = finding.function.clone().filter(|_| grave)?;
    Some((finding.report.rule.code.to_owned(), function))
}
