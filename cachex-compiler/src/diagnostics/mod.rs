//! Diagnostics. (The front engineer completes this.)

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Informs.
    Note,
    /// Does not fail a run unless denied.
    Warning,
    /// Fails the run.
    Error,
}
