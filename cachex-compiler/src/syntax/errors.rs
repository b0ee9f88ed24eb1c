//! What the YAML reader stumbled over, in words that help.

use granit_parser::{ErrorKind, ScanError};

use super::NESTING_LIMIT;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::registry::{EXCESSIVE_NESTING, YAML_SYNTAX};
use crate::source::Span;

/// The report of an error of the reader at a place, with the innermost bracket that is still open.
pub(super) fn report(error: &ScanError, span: Span, open: Option<Span>) -> Diagnostic {
    if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
        return too_deep(span);
    }
    let (message, help) = words(error);
    let report = YAML_SYNTAX
        .at(span, message)
        .help_if(help.map(str::to_owned));
    match open.filter(|_| closes_late(error)) {
        Some(open) if open != span => report
            .labelled(span, "reading stopped here")
            .labelled(open, "opened here"),
        _ => report,
    }
}

/// Whether the mistake may be a bracket that was left open far above.
fn closes_late(error: &ScanError) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ExpectedFlowMappingSeparator
            | ErrorKind::ExpectedFlowSequenceSeparator
            | ErrorKind::UnexpectedEofFlowMapping
            | ErrorKind::UnexpectedEofFlowSequence
            | ErrorKind::UnexpectedEofImplicitFlowMapping
            | ErrorKind::MismatchedFlowCollectionEnd { .. }
    )
}

/// The report of a node that is nested too deep.
pub(super) fn too_deep(span: Span) -> Diagnostic {
    EXCESSIVE_NESTING
        .at(
            span,
            format!("lists and mappings nest deeper than {NESTING_LIMIT} levels"),
        )
        .labelled(span, "this is one level too deep")
        .help("write it flatter: no section of the language needs more than seven levels")
}

/// The fact and, for what happens to people, the way out.
fn words(error: &ScanError) -> (String, Option<&'static str>) {
    use ErrorKind as Kind;
    let known = |message: &str, help| (message.to_owned(), Some(help));
    match error.kind() {
        Kind::UnclosedQuotedScalar => known(
            "a quoted text is not closed",
            "close it with the quote that opened it",
        ),
        Kind::InvalidQuotedScalarIndent => known(
            "a quoted text goes on in a line that is not indented",
            "close it with the quote that opened it, or indent the line",
        ),
        Kind::UnclosedFlowCollection { open } => (
            format!("`{open}` is not closed"),
            Some(if *open == '[' {
                "close it with `]`"
            } else {
                "close it with `}`"
            }),
        ),
        Kind::MismatchedFlowCollectionEnd { open, close } => (
            format!("`{open}` is closed by `{close}`"),
            Some("close each bracket with its own kind"),
        ),
        Kind::MisplacedFlowCollectionEnd => known(
            "this bracket closes nothing",
            "take it out, or open it before",
        ),
        Kind::ExpectedFlowMappingSeparator
        | Kind::UnexpectedEofFlowMapping
        | Kind::UnexpectedEofImplicitFlowMapping => known(
            "expected `,` or `}`",
            "separate the entries of `{ … }` by commas and close it with `}`",
        ),
        Kind::ExpectedFlowSequenceSeparator | Kind::UnexpectedEofFlowSequence => known(
            "expected `,` or `]`",
            "separate the items of `[ … ]` by commas and close it with `]`",
        ),
        Kind::MappingValueNotAllowed | Kind::InvalidColonPlacement => known(
            "a `:` with a blank behind it stands inside a text",
            "quote the text if the `:` belongs to it, else begin a new line for the key",
        ),
        Kind::SimpleKeyExpected | Kind::InvalidSimpleKey => known(
            "a key without `:`",
            "write `key: value`, or indent the line if it goes on with the text above",
        ),
        Kind::TabInIndentation | Kind::TabInBlockIndentation | Kind::TabNotAllowed => {
            known("a tab is used to indent", "indent with blanks")
        }
        Kind::InvalidIndentation
        | Kind::ExpectedBlockMappingKey
        | Kind::ExpectedBlockSequenceEntry => known(
            "the indentation fits nothing above",
            "indent the entries of one mapping or list alike",
        ),
        Kind::UnexpectedCharacter { character } => (
            format!("no text can begin with `{}`", character.escape_default()),
            Some("quote the text"),
        ),
        Kind::UnknownQuotedScalarEscape => known(
            "an escape that YAML does not know",
            "write `\\\\` for a backslash, or use single quotes",
        ),
        Kind::CommentNotSeparated => known(
            "a comment directly behind a text",
            "put a blank before the `#`",
        ),
        Kind::UnsupportedYamlMajorVersion => {
            known("a YAML version other than 1", "take the `%YAML` line out")
        }
        _ => (error.info(), None),
    }
}
