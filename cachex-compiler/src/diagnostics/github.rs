//! Diagnostics as GitHub Actions annotations: one workflow command a line, shown beside the line in a pull request.

use std::fmt::Write as _;

use super::{Diagnostic, Severity, escape};
use crate::source::SourceMap;

/// All reports in the order given.
pub fn github(reports: &[Diagnostic], sources: &SourceMap) -> String {
    let mut text = String::new();
    for report in reports {
        let (start, end) = (sources.start(report.span()), sources.end(report.span()));
        let _ = writeln!(
            text,
            "::{} file={},line={},col={},endLine={},endColumn={},title={}::{}",
            level(report.severity),
            property(sources.path(report.span().file)),
            start.line,
            start.column,
            end.line,
            end.column,
            property(&format!("{} {}", report.rule.code, report.rule.name)),
            data(&body(report, sources))
        );
    }
    text
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

/// The fact, the other places with their lines, notes and help.
fn body(report: &Diagnostic, sources: &SourceMap) -> String {
    let mut text = escape(&report.message);
    for label in report.labels.iter().filter(|label| !label.text.is_empty()) {
        let line = sources.start(label.span).line;
        let path = escape(sources.path(label.span.file));
        let _ = write!(text, "\n{path}:{line}: {}", escape(&label.text));
    }
    for note in &report.notes {
        let _ = write!(text, "\nnote: {}", escape(note));
    }
    if let Some(help) = &report.help {
        let _ = write!(text, "\nhelp: {}", escape(help));
    }
    text
}

/// Line breaks would end the command.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// `:` and `,` end a property.
fn property(text: &str) -> String {
    data(&escape(text)).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::registry::UNKNOWN_FIELD;
    use crate::source::Span;

    #[test]
    fn a_report_is_one_line_whatever_is_in_it() {
        let mut sources = SourceMap::default();
        let file = sources.add("a,b:c.yaml", "x\n  titel");
        let report = UNKNOWN_FIELD
            .at(Span::new(file, 4..9), "100 % no field")
            .help("write `title`");
        assert_eq!(
            github(&[report], &sources),
            "::error file=a%2Cb%3Ac.yaml,line=2,col=3,endLine=2,endColumn=8,title=CX0103 unknown_field\
             ::100 %25 no field%0Ahelp: write `title`\n"
        );
    }
}
