//! The one registry of codes: every code, its name, severity and the version it came with.
//!
//! A line here and a Markdown page `rules/<group>/<name>.md` are a rule; its check stands beside the page (rules of
//! CX00, CX01 and the first of CX02 are found while parsing and resolving, so theirs have only the page). The page
//! is at once the rustdoc of the constant, what `cachex explain CX0301` prints and the page in the book. Its first
//! ```` ```yaml ```` block under *Example* must yield exactly the rule's code, the one under *Instead* nothing: a
//! test compiles both. Codes are never renumbered nor reused.

use super::{Diagnostic, Label, Severity};
use crate::source::Span;

/// A code and what belongs to it.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// `CX0301`.
    pub code: &'static str,
    /// The defect as a noun phrase in snake case, `dependency_cycle`.
    pub name: &'static str,
    /// Unless `check.severity` says otherwise.
    pub severity: Severity,
    /// The version of cachex that brought it.
    pub since: &'static str,
    /// The page: what it finds, why it matters, example, instead, when to exempt.
    pub doc: &'static str,
}

impl Rule {
    /// A report of this rule at a place.
    pub fn at(&'static self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            rule: self,
            severity: self.severity,
            message: message.into(),
            labels: vec![Label {
                span,
                text: String::new(),
            }],
            notes: Vec::new(),
            help: None,
            fix: None,
        }
    }
}

/// The rule of a code (`CX0301`) or a name (`dependency_cycle`).
pub fn find(code_or_name: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .copied()
        .find(|rule| rule.code == code_or_name || rule.name == code_or_name)
}

macro_rules! registry {
    ($($code:ident $constant:ident $group:ident/$name:ident $severity:ident $since:literal;)*) => {
        $(
            #[doc = include_str!(concat!("../rules/", stringify!($group), "/", stringify!($name), ".md"))]
            pub static $constant: Rule = Rule {
                code: stringify!($code),
                name: stringify!($name),
                severity: Severity::$severity,
                since: $since,
                doc: include_str!(concat!("../rules/", stringify!($group), "/", stringify!($name), ".md")),
            };
        )*

        /// Every rule, in order of code.
        pub static RULES: &[&Rule] = &[$(&$constant),*];
    };
}

registry! {
    // The file. Found by `syntax` and, as far as the shape of a section goes, by `resolve`.
    CX0005 DUPLICATE_KEY         file/duplicate_key         Error "0.1";
    CX0006 UNKNOWN_KEY           file/unknown_key           Error "0.1";

    // Names. Found by `resolve`.
    CX0103 UNKNOWN_FIELD         names/unknown_field        Error "0.1";

    // Types. Up to CX0219 found by `resolve`, from CX0220 on by `rules`.
}
