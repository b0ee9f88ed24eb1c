//! Lines of words.

use std::time::Duration;

use percent_encoding::percent_decode_str;

/// A line that says something.
pub(super) struct Line {
    /// From 1.
    pub(super) number: usize,
    pub(super) indented: bool,
    pub(super) words: Vec<&'static str>,
}

/// The lines of a text; what stands behind a `#` of its own is for readers.
pub(super) fn lines(text: &'static str) -> impl Iterator<Item = Line> {
    (1..).zip(text.lines()).filter_map(|(number, line)| {
        let words = line.split_whitespace();
        let words: Vec<_> = words.take_while(|word| *word != "#").collect();
        let indented = line.starts_with(' ');
        (!words.is_empty()).then_some(Line {
            number,
            indented,
            words,
        })
    })
}

/// It lives as long as the process, as the text does.
pub(super) fn kept<T>(items: Vec<T>) -> &'static [T] {
    items.leak()
}

/// The text behind percent-encoding.
pub(super) fn decoded(text: &'static str) -> &'static str {
    if text.contains('%') {
        let decoded = percent_decode_str(text).decode_utf8_lossy();
        String::leak(decoded.into_owned())
    } else {
        text
    }
}

/// `600s`, `250ms`.
pub(super) fn duration(text: &str) -> Option<Duration> {
    if let Some(millis) = text.strip_suffix("ms") {
        return millis.parse().ok().map(Duration::from_millis);
    }
    let seconds = text.strip_suffix('s')?;
    seconds.parse().ok().map(Duration::from_secs)
}

/// `0+2`: a first one, and how many.
pub(super) fn range(text: &str) -> Option<(u16, u16)> {
    let (first, count) = text.split_once('+')?;
    Some((first.parse().ok()?, count.parse().ok()?))
}

/// The place of a name.
pub(super) fn position(names: &[&str], wanted: &str) -> Option<u16> {
    let place = names.iter().position(|name| *name == wanted)?;
    u16::try_from(place).ok()
}
