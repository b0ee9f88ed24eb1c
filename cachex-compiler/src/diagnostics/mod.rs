//! What is reported to the user: diagnostics, their codes, and how they are shown.
//!
//! Owns the shape of a message and the registry of all codes. Knows nothing of what is checked. A user's mistake is
//! a [`Diagnostic`], never an `Err`.

mod github;
#[cfg(feature = "human")]
mod human;
mod json;
mod kin;
pub mod registry;
mod sarif;
mod sink;
mod text;

pub use github::github;
#[cfg(feature = "human")]
pub use human::{Look, human, human_within};
pub use json::json;
pub use kin::{Kin, for_people};
pub use registry::Rule;
pub use sarif::sarif;
pub use sink::Diagnostics;
pub(crate) use text::one_of;
pub use text::{compile_error, escape, suggest};

use crate::source::Span;

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

impl Severity {
    /// As shown and as written in `check.severity`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One report about one mistake.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The rule that was broken.
    pub rule: &'static Rule,
    /// The rule's, unless `check.severity` says otherwise.
    pub severity: Severity,
    /// The fact: one lower-case sentence without a full stop, names in backticks.
    pub message: String,
    /// The places, the first of which is the report's own. Each says what it contributes.
    pub labels: Vec<Label>,
    /// What else is worth knowing, a line each.
    pub notes: Vec<String>,
    /// An action that works when followed.
    pub help: Option<String>,
    /// The action as an edit, where a machine can do it.
    pub fix: Option<Fix>,
    /// What people are shown of it where there are several of its kind.
    pub kin: Option<Kin>,
}

/// A place and what it contributes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What this place contributes; may be empty for the first.
    pub text: String,
}

/// Text that takes the place of a span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub text: String,
}

impl Diagnostic {
    /// Where the report stands: the span of its first label.
    pub fn span(&self) -> Span {
        self.labels
            .first()
            .map(|label| label.span)
            .unwrap_or_default()
    }

    /// Says what a place contributes. For the report's own place this fills its label.
    pub fn label(&mut self, span: Span, text: impl Into<String>) {
        let text = text.into();
        match self.labels.first_mut() {
            Some(first) if first.span == span && first.text.is_empty() => first.text = text,
            _ => self.labels.push(Label { span, text }),
        }
    }

    /// [`Self::label`], in a chain.
    #[must_use]
    pub fn labelled(mut self, span: Span, text: impl Into<String>) -> Self {
        self.label(span, text);
        self
    }

    /// Adds what else is worth knowing.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Says what to do when there is something to say.
    #[must_use]
    pub fn help_if(mut self, text: Option<String>) -> Self {
        self.help = text.or(self.help);
        self
    }

    /// Gives the help as an edit.
    #[must_use]
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Self {
        self.fix = Some(Fix {
            span,
            text: text.into(),
        });
        self
    }
}
