//! Lines of Rust, indented and broken as rustfmt would.
//!
//! Knows no schema. Keeps true: whatever it is given ends up in the text, in order.

use std::fmt;

/// The text under construction.
pub(super) struct Text {
    out: String,
    indent: usize,
    /// Whether something was written, though it may have been handed over.
    begun: bool,
}

/// What is handed over at once, in bytes.
const PART: usize = 1 << 18;

/// Lines are broken where they get longer.
const WIDTH: usize = 100;

/// The head of a function.
pub(super) struct Function<'a> {
    /// `pub fn author`, with generics.
    pub(super) name: &'a str,
    /// `self`, `id: Id`.
    pub(super) arguments: &'a [String],
    /// The type; empty for none.
    pub(super) returns: &'a str,
    /// The bounds behind `where`.
    pub(super) bounds: &'a [String],
}

impl Text {
    pub(super) fn new() -> Self {
        Self {
            out: String::new(),
            indent: 0,
            begun: false,
        }
    }

    /// Hands over what was written, whole items, once it is worth it.
    pub(super) fn hand_over(&mut self, take: &mut dyn FnMut(String)) {
        if self.out.len() >= PART {
            take(std::mem::take(&mut self.out));
        }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    /// One line.
    pub(super) fn line(&mut self, line: &str) {
        self.margin();
        self.out.push_str(line);
        self.out.push('\n');
        self.begun = true;
    }

    /// Text that is broken and indented already.
    pub(super) fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// An empty line, which sets one item off from the last.
    pub(super) fn gap(&mut self) {
        if self.begun && !self.out.ends_with("{\n") {
            self.out.push('\n');
        }
    }

    /// A line that opens a block, the block, and the line that closes it.
    pub(super) fn block(&mut self, open: &str, close: &str, within: impl FnOnce(&mut Self)) {
        self.line(open);
        self.indent += 4;
        within(self);
        self.indent -= 4;
        self.line(close);
    }

    /// A documentation comment; an empty text has none.
    pub(super) fn doc(&mut self, doc: &str) {
        for line in doc.trim().lines() {
            self.doc_line(line.trim());
        }
    }

    fn doc_line(&mut self, line: &str) {
        self.margin();
        self.out
            .push_str(if line.is_empty() { "///" } else { "/// " });
        self.out.push_str(line);
        self.out.push('\n');
        self.begun = true;
    }

    /// A description from the schema above what the code says of itself.
    pub(super) fn described(&mut self, description: Option<&str>, doc: &str) {
        if let Some(description) = description {
            self.doc(description);
            self.line("///");
        }
        self.doc(doc);
    }

    /// A list on one line, where it fits, else one item a line: `open a, b close`.
    pub(super) fn list<Item: AsRef<str>>(&mut self, open: &str, items: &[Item], close: &str) {
        let mut width = open.len() + close.len();
        for item in items {
            width += item.as_ref().len() + ", ".len();
        }
        if !items.is_empty() {
            width -= ", ".len();
        }
        if !self.fits(width) {
            return self.block(open.trim_end(), close.trim_start(), |text| {
                for item in items {
                    text.item(item.as_ref());
                }
            });
        }
        self.margin();
        self.out.push_str(open);
        let mut separator = "";
        for item in items {
            self.out.push_str(separator);
            self.out.push_str(item.as_ref());
            separator = ", ";
        }
        self.out.push_str(close);
        self.out.push('\n');
    }

    /// A function of one expression.
    pub(super) fn function(&mut self, function: &Function<'_>, body: &str) {
        let returns = match function.returns {
            "" => String::new(),
            returns => format!(" -> {returns}"),
        };
        let name = format!("{}(", function.name);
        if function.bounds.is_empty() {
            self.list(&name, function.arguments, &format!("){returns} {{"));
        } else {
            self.list(&name, function.arguments, &format!("){returns}"));
            self.line("where");
            self.indent += 4;
            for bound in function.bounds {
                self.item(bound);
            }
            self.indent -= 4;
            self.line("{");
        }
        self.indent += 4;
        self.line(body);
        self.indent -= 4;
        self.line("}");
    }

    fn item(&mut self, item: &str) {
        self.margin();
        self.out.push_str(item);
        self.out.push_str(",\n");
    }

    fn fits(&self, width: usize) -> bool {
        self.indent + width <= WIDTH
    }

    fn margin(&mut self) {
        const BLANKS: &str = "                                ";
        let mut left = self.indent;
        while left > 0 {
            let some = left.min(BLANKS.len());
            self.out.push_str(BLANKS.get(..some).unwrap_or_default());
            left -= some;
        }
    }
}

/// A text as a Rust string literal.
pub(super) fn quoted(text: &str) -> impl fmt::Display {
    fmt::from_fn(move |f| write!(f, "{text:?}"))
}

#[cfg(test)]
mod tests {
    use super::{PART, Text};

    #[test]
    fn parts_are_the_text_cut_between_items() {
        let item = "x".repeat(PART / 3);
        let (mut whole, mut cut, mut parts) = (Text::new(), Text::new(), Vec::new());
        for _ in 0..8 {
            for out in [&mut whole, &mut cut] {
                out.gap();
                out.line(&item);
            }
            cut.hand_over(&mut |part| parts.push(part));
        }
        parts.push(cut.finish());
        assert_eq!(parts.len(), 3);
        assert_eq!(parts.concat(), whole.finish());
    }
}
