//! Events → tree, from one section on until the end or the first syntax error.

use std::borrow::Cow;

use granit_parser::{Event, Parser, ScalarStyle, StructureStyle};

use super::anchors::Anchors;
use super::keys::{entry, unique};
use super::{Entry, NESTING_LIMIT, Node, Scalar, Value, errors, split};
use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::{UNSUPPORTED_YAML, YAML_SYNTAX};
use crate::source::{FileId, Span};

/// Reads the text from one section on, until its end or the first syntax error.
pub(super) struct Builder<'s, 'o> {
    text: &'s str,
    file: FileId,
    /// Where in the file reading began.
    from: usize,
    open: Vec<Open<'s>>,
    root: Option<Node<'s>>,
    anchors: Anchors<'s>,
    out: &'o mut Diagnostics,
}

/// A list or mapping whose end was not reached yet.
struct Open<'s> {
    start: Span,
    flow: bool,
    anchor: usize,
    inner: Inner<'s>,
}

enum Inner<'s> {
    Sequence(Vec<Node<'s>>),
    Mapping {
        entries: Vec<Entry<'s>>,
        key: Option<Node<'s>>,
    },
}

impl<'s, 'o> Builder<'s, 'o> {
    pub(super) fn new(text: &'s str, file: FileId, from: usize, out: &'o mut Diagnostics) -> Self {
        Self {
            text,
            file,
            from,
            open: Vec::new(),
            root: None,
            anchors: Anchors::default(),
            out,
        }
    }

    /// Reads all events. Returns where the section that holds a syntax error begins, if there is one.
    pub(super) fn read(&mut self) -> Option<usize> {
        let options = granit_parser::options! {
            emit_comments: false,
            emit_unresolved_aliases: true,
            flow_nesting_limit: NESTING_LIMIT,
            block_nesting_limit: NESTING_LIMIT,
        };
        let text = self.text.get(self.from..).unwrap_or_default();
        for event in Parser::new_from_str_with_options(text, options) {
            match event {
                Ok((event, span)) => {
                    if let Some(tag) = event.tag() {
                        let place = span.tag_span().and_then(|tag| tag.byte_range());
                        self.refuse_tag(
                            &tag.original(),
                            place.or(span.byte_range()).unwrap_or_default(),
                        );
                    }
                    let span = self.span(span.byte_range().unwrap_or_default());
                    if !self.take(event, span) {
                        return None;
                    }
                }
                Err(error) => {
                    let at = error.marker().byte_offset().unwrap_or(text.len());
                    let span = self.character(at);
                    let open = self
                        .open
                        .last()
                        .filter(|open| open.flow)
                        .map(|open| open.start);
                    self.out.push(errors::report(&error, span, open));
                    return Some(self.section_start(at));
                }
            }
        }
        None
    }

    /// Takes an event. False where nothing more is to be read.
    fn take(&mut self, event: Event<'s>, span: Span) -> bool {
        match event {
            Event::DocumentStart(..) if self.root.is_some() => {
                let report = UNSUPPORTED_YAML.at(span, "the file holds a second YAML document");
                self.out
                    .push(report.help("keep one document to a file; `include:` joins files"));
                return false;
            }
            Event::Scalar(text, style, anchor, _) => self.scalar(text, style, anchor, span),
            Event::SequenceStart(style, anchor, _) => {
                self.begin(span, style, anchor, Inner::Sequence(Vec::new()));
            }
            Event::MappingStart(style, anchor, _) => {
                self.begin(
                    span,
                    style,
                    anchor,
                    Inner::Mapping {
                        entries: Vec::new(),
                        key: None,
                    },
                );
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::UnresolvedAlias(name) => {
                let message = format!("no anchor `&{name}` stands before this alias");
                self.out.push(
                    YAML_SYNTAX
                        .at(span, message)
                        .help("name an anchor, or write the value out"),
                );
                self.place(Node {
                    span,
                    value: Value::Invalid,
                });
            }
            _ => {}
        }
        true
    }

    fn refuse_tag(&mut self, tag: &str, place: std::ops::Range<usize>) {
        let report = UNSUPPORTED_YAML.at(
            self.span(place),
            format!("the tag `{tag}` has no meaning here"),
        );
        self.out.push(report.help("take the tag out"));
    }

    fn scalar(&mut self, text: Cow<'s, str>, style: ScalarStyle, anchor: usize, span: Span) {
        let plain = matches!(style, ScalarStyle::Plain);
        // The reader gives `~` for a value that is not there.
        let text = if span.start == span.end && plain {
            Cow::Borrowed("")
        } else {
            text
        };
        let node = Node {
            span,
            value: Value::Scalar(Scalar { text, span, plain }),
        };
        self.anchors.remember(anchor, &node);
        self.place(node);
    }

    fn begin(&mut self, start: Span, style: StructureStyle, anchor: usize, inner: Inner<'s>) {
        let flow = matches!(style, StructureStyle::Flow);
        self.open.push(Open {
            start,
            flow,
            anchor,
            inner,
        });
    }

    /// Closes the innermost list or mapping.
    fn end(&mut self, end: Span) {
        let Some(open) = self.open.pop() else { return };
        let anchor = open.anchor;
        let node = self.close(open, end);
        self.anchors.remember(anchor, &node);
        self.place(node);
    }

    fn close(&mut self, open: Open<'s>, end: Span) -> Node<'s> {
        let Open {
            start, flow, inner, ..
        } = open;
        let value = match inner {
            Inner::Sequence(items) if flow => {
                Value::Sequence(split::join_items(items, self.text, self.out))
            }
            Inner::Sequence(items) => Value::Sequence(items),
            Inner::Mapping { entries, .. } if flow => {
                let entries = split::join_entries(entries, self.text, self.out);
                Value::Mapping(unique(entries, self.out))
            }
            Inner::Mapping { entries, .. } => Value::Mapping(unique(entries, self.out)),
        };
        // A block ends where the next token begins, perhaps lines below: its last child says where its text ends.
        let end = if flow {
            end
        } else {
            last_child(&value).unwrap_or(start)
        };
        Node {
            span: start.to(end),
            value,
        }
    }

    /// Puts a node where it belongs: into the open list or mapping, or to the root.
    fn place(&mut self, node: Node<'s>) {
        match self.open.last_mut().map(|open| &mut open.inner) {
            None => self.root = self.root.take().or(Some(node)),
            Some(Inner::Sequence(items)) => items.push(node),
            Some(Inner::Mapping { entries, key }) => match key.take() {
                None => *key = Some(node),
                Some(key) => entries.extend(entry(key, node, self.out)),
            },
        }
    }

    fn alias(&mut self, anchor: usize, span: Span) {
        let value = Value::Invalid;
        let unknown = Node { span, value };
        let node = match self.anchors.repeat(anchor, self.open.len()) {
            Ok(node) => node,
            Err(why) => {
                let inside = self.open.iter().any(|open| open.anchor == anchor);
                self.out.extend(self.anchors.refusal(why, span, inside));
                unknown
            }
        };
        self.place(node);
    }

    /// What was read, with the names of the sections that were cut short. Of an unfinished section only the
    /// declarations read to their end are kept: half a cache would be reported for what it lacks.
    pub(super) fn finish(mut self) -> (Option<Node<'s>>, Option<Cow<'s, str>>) {
        let broken = match self.open.first().map(|open| &open.inner) {
            Some(Inner::Mapping { key: Some(key), .. }) => name(key),
            _ => None,
        };
        self.open.truncate(2);
        while let Some(open) = self.open.pop() {
            let node = self.close(open, Span::default());
            self.place(node);
        }
        (self.root, broken)
    }

    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, range.start + self.from..range.end + self.from)
    }

    /// The character at a byte of what is read.
    fn character(&self, at: usize) -> Span {
        let at = self.text.floor_char_boundary(at + self.from);
        let length = self
            .text
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
        Span::new(self.file, at..at + length)
    }

    /// Where the top-level section begins that a byte of what is read belongs to: an unclosed bracket is noticed
    /// far behind it, and the sections between are to be read.
    fn section_start(&self, at: usize) -> usize {
        match self.open.first().map(|open| &open.inner) {
            Some(Inner::Mapping { key: Some(key), .. }) => key.span.start as usize,
            _ => at + self.from,
        }
    }
}

fn name<'s>(key: &Node<'s>) -> Option<Cow<'s, str>> {
    match &key.value {
        Value::Scalar(scalar) => Some(scalar.text.clone()),
        _ => None,
    }
}

fn last_child(value: &Value<'_>) -> Option<Span> {
    match value {
        Value::Sequence(items) => items.last().map(|item| item.span),
        Value::Mapping(entries) => entries
            .last()
            .map(|entry| entry.key.span.to(entry.value.span)),
        Value::Scalar(_) | Value::Invalid => None,
    }
}
