//! Where reading goes on after a syntax error.

use super::SECTIONS;

/// The start of the first top-level section behind a byte: a line that begins with a section's name and a colon.
///
/// Only the names of sections count: a line of an unclosed `{` or of a text may well begin in the first column.
pub(super) fn next_section(text: &str, behind: usize) -> Option<usize> {
    let mut from = text.floor_char_boundary(behind.min(text.len()));
    loop {
        from += text.get(from..)?.find('\n')? + 1;
        if is_section(text.get(from..)?) {
            return Some(from);
        }
    }
}

fn is_section(line: &str) -> bool {
    SECTIONS.iter().any(|section| {
        line.strip_prefix(section)
            .is_some_and(|rest| rest.starts_with(':'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_section_begins_a_line() {
        let text = "entities: {\n  caches: x\npost: y\ncaches: z";
        assert_eq!(next_section(text, 3), Some(text.find("caches: z").unwrap()));
        assert_eq!(next_section(text, 40), None);
        assert_eq!(next_section("", 7), None);
    }
}
