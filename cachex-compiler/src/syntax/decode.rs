//! Bytes → text: the limits a file meets before anything reads it.

use crate::diagnostics::Diagnostic;
use crate::diagnostics::registry::{INVALID_UTF8, OVERSIZED_FILE};
use crate::source::{FileId, SourceMap, Span};

/// The fact of a file that is not read because of its size.
pub(crate) fn oversized(size: u64, limit: u64) -> String {
    format!("the file has {size} bytes, more than the {limit} that are read")
}

/// Takes the bytes into the source map. What cannot be read is reported and leaves a text to point into.
pub(crate) fn decode(
    path: &str,
    bytes: &[u8],
    limit: u64,
    sources: &mut SourceMap,
) -> Result<FileId, Box<Diagnostic>> {
    let size = bytes.len() as u64;
    if size > limit {
        let file = sources.add(path, "");
        let report = OVERSIZED_FILE.at(Span::new(file, 0..0), oversized(size, limit));
        return Err(Box::new(
            report.help("split it with `include:`, or raise the limit"),
        ));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(sources.add(path, text)),
        Err(error) => Err(Box::new(invalid_utf8(
            path,
            bytes,
            error.valid_up_to(),
            sources,
        ))),
    }
}

/// The text up to the mistake is kept, so that the report can show its line.
fn invalid_utf8(path: &str, bytes: &[u8], at: usize, sources: &mut SourceMap) -> Diagnostic {
    let valid = String::from_utf8_lossy(bytes.get(..at).unwrap_or_default());
    let file = sources.add(path, format!("{valid}\u{fffd}"));
    let byte = bytes.get(at).copied().unwrap_or_default();
    let span = Span::new(file, at..at + '\u{fffd}'.len_utf8());
    INVALID_UTF8
        .at(
            span,
            format!("the file is not UTF-8: byte 0x{byte:02x} belongs to no character"),
        )
        .labelled(span, format!("at byte {at}"))
        .help("save the file as UTF-8")
}
