//! Lines of Rust, indented and broken as rustfmt would.
//!
//! Knows no schema. Keeps true: whatever it is given ends up in the text, in order.

use std::fmt;

/// The text under construction.
pub(super) struct Text {
    out: String,
    indent: usize,
}

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
    }

    /// Text that is broken and indented already.
    pub(super) fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// An empty line, which sets one item off from the last.
    pub(super) fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("{\n") {
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
            self.margin();
            self.out.push_str("///");
            if !line.trim().is_empty() {
                self.out.push(' ');
                self.out.push_str(line.trim());
            }
            self.out.push('\n');
        }
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
        let texts: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
        let inner = texts.join(", ");
        if self.fits(open.len() + inner.len() + close.len()) {
            self.margin();
            self.out.push_str(open);
            self.out.push_str(&inner);
            self.out.push_str(close);
            self.out.push('\n');
            return;
        }
        self.block(open.trim_end(), close.trim_start(), |text| {
            for item in texts {
                text.item(item);
            }
        });
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
        self.out.extend(std::iter::repeat_n(' ', self.indent));
    }
}

/// A text as a Rust string literal.
pub(super) fn quoted(text: &str) -> impl fmt::Display {
    fmt::from_fn(move |f| write!(f, "{text:?}"))
}
