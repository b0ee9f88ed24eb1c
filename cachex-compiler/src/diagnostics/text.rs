//! Plain text about a diagnostic, for places that bring their own frame.

use std::fmt::Write as _;

use super::Diagnostic;
use crate::source::{SourceMap, Span};

/// A diagnostic as the text of one `compile_error!`: file, line and column, code, fact, places and help.
pub fn compile_error(report: &Diagnostic, sources: &SourceMap) -> String {
    let mut text = format!(
        "{}: {}[{}]: {}",
        place(report.span(), sources),
        report.severity.name(),
        report.rule.code,
        escape(&report.message)
    );
    for (index, label) in report.labels.iter().enumerate() {
        if index > 0 || !label.text.is_empty() {
            let _ = write!(
                text,
                "\n  {}: {}",
                place(label.span, sources),
                escape(&label.text)
            );
        }
    }
    for note in &report.notes {
        let _ = write!(text, "\n  note: {}", escape(note));
    }
    if let Some(help) = &report.help {
        let _ = write!(text, "\n  help: {}", escape(help));
    }
    text
}

/// `cachex.yaml:12:5`.
fn place(span: Span, sources: &SourceMap) -> String {
    let at = sources.start(span);
    format!(
        "{}:{}:{}",
        escape(sources.path(span.file)),
        at.line,
        at.column
    )
}

/// Text of the user as it may be printed: control and bidirectional characters could rewrite what stands around them.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if is_treacherous(character) {
            out.extend(character.escape_unicode());
        } else {
            out.push(character);
        }
    }
    out
}

fn is_treacherous(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        || character.is_control()
}

/// The candidate a mistyped name most likely means: the nearest within a third of its length, the first of equals.
pub fn suggest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    let limit = (length / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate.chars().count().abs_diff(length) > limit {
            continue;
        }
        let distance = strsim::damerau_levenshtein(name, candidate);
        if distance <= limit && best.is_none_or(|(nearest, _)| distance < nearest) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The choices, where there are few enough to read.
pub(crate) fn one_of(names: &[&str]) -> Option<String> {
    match names {
        [only] => Some(format!("there is only `{only}`")),
        [first @ .., last] if (2..=8).contains(&names.len()) => {
            let first: Vec<String> = first.iter().map(|name| format!("`{name}`")).collect();
            Some(format!("there are {} and `{last}`", first.join(", ")))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::registry::UNKNOWN_FIELD;

    #[test]
    fn a_compile_error_names_file_line_column_and_code() {
        let mut sources = SourceMap::default();
        let file = sources.add("a/cachex.yaml", "x\n  titel");
        let report = UNKNOWN_FIELD
            .at(Span::new(file, 4..9), "`post` has no field `titel`")
            .labelled(Span::new(file, 0..1), "`post` is declared here")
            .help("did you mean `title`?");
        assert_eq!(
            compile_error(&report, &sources),
            "a/cachex.yaml:2:3: error[CX0103]: `post` has no field `titel`\n  \
             a/cachex.yaml:1:1: `post` is declared here\n  help: did you mean `title`?"
        );
    }

    #[test]
    fn the_nearest_name_is_suggested_and_nothing_far_off() {
        assert_eq!(suggest("titel", ["body", "title", "slug"]), Some("title"));
        assert_eq!(suggest("titel", ["body", "slug"]), None);
        assert_eq!(suggest("ab", ["ac", "ad"]), Some("ac"));
    }

    #[test]
    fn what_could_rewrite_a_terminal_is_escaped() {
        assert_eq!(escape("a\u{1b}[2J\u{202e}b"), "a\\u{1b}[2J\\u{202e}b");
    }
}
