//! Events → tree.

use std::borrow::Cow;
use std::collections::BTreeMap;

use granit_parser::{Event, Parser, ScalarStyle, StructureStyle};

use super::{
    ALIAS_LIMIT, Document, Entry, NESTING_LIMIT, Node, SECTIONS, SYNTAX_ERRORS, Scalar, Value,
    errors, recover, split,
};
use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::{
    ALIAS_BOMB, DUPLICATE_KEY, MERGE_KEY, UNSUPPORTED_YAML, YAML_SYNTAX,
};
use crate::source::{FileId, Span};

/// Reads a file. What could not be read is reported and left out.
pub(crate) fn parse<'s>(text: &'s str, file: FileId, out: &mut Diagnostics) -> Document<'s> {
    let mut document = Document::default();
    let mut from = 0;
    for _ in 0..SYNTAX_ERRORS {
        let mut builder = Builder::new(text, file, from, out);
        let stopped = builder.read();
        let (root, broken) = builder.finish();
        merge(&mut document, root, out);
        let Some(section) = stopped else {
            return document;
        };
        // Without a name any section may be the one that was cut short.
        match broken {
            Some(section) => document.broken.push(section),
            None => document.broken.extend(SECTIONS.map(Cow::Borrowed)),
        }
        let Some(next) = recover::next_section(text, section) else {
            return document;
        };
        from = next;
    }
    document
}

/// Takes the sections read after a syntax error to those read before it.
fn merge<'s>(document: &mut Document<'s>, root: Option<Node<'s>>, out: &mut Diagnostics) {
    let Some(root) = root else { return };
    match (&mut document.root, root) {
        (
            Some(Node {
                span,
                value: Value::Mapping(entries),
            }),
            Node {
                span: rest,
                value: Value::Mapping(more),
            },
        ) => {
            *span = span.to(rest);
            entries.extend(more);
            let all = std::mem::take(entries);
            *entries = unique(all, out);
        }
        (Some(_), _) => {}
        (empty, root) => *empty = Some(root),
    }
}

/// Reads the text from one section on, until its end or the first syntax error.
struct Builder<'s, 'o> {
    text: &'s str,
    file: FileId,
    /// Where in the file reading began.
    from: usize,
    open: Vec<Open<'s>>,
    root: Option<Node<'s>>,
    /// Nodes with an anchor, by the reader's number.
    anchors: BTreeMap<usize, Node<'s>>,
    /// Nodes that aliases may still add.
    allowance: usize,
    /// Whether aliases asked for more.
    exhausted: bool,
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
    fn new(text: &'s str, file: FileId, from: usize, out: &'o mut Diagnostics) -> Self {
        Self {
            text,
            file,
            from,
            open: Vec::new(),
            root: None,
            anchors: BTreeMap::new(),
            allowance: ALIAS_LIMIT,
            exhausted: false,
            out,
        }
    }

    /// Reads all events. Returns where the section that holds a syntax error begins, if there is one.
    fn read(&mut self) -> Option<usize> {
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
        self.remember(anchor, &node);
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
        self.remember(anchor, &node);
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

    fn remember(&mut self, anchor: usize, node: &Node<'s>) {
        // The copy counts: nested anchors would otherwise be copied once for each level.
        if anchor != 0 && self.spend(node) {
            self.anchors.insert(anchor, node.clone());
        }
    }

    fn alias(&mut self, anchor: usize, span: Span) {
        let node = match self.anchors.get(&anchor).cloned() {
            Some(node) if self.open.len() + height(&node) > NESTING_LIMIT => {
                self.out.push(errors::too_deep(span));
                None
            }
            Some(node) if self.spend(&node) => Some(node),
            None if self.open.iter().any(|open| open.anchor == anchor) => {
                let report = ALIAS_BOMB.at(span, "this alias stands inside the value it repeats");
                self.out.push(report.help("write the value out"));
                None
            }
            _ => {
                self.too_many_aliases(span);
                None
            }
        };
        self.place(node.unwrap_or(Node {
            span,
            value: Value::Invalid,
        }));
    }

    /// Said once: all further ones have the same cause.
    fn too_many_aliases(&mut self, span: Span) {
        if !std::mem::replace(&mut self.exhausted, true) {
            let message = format!("aliases add more than {ALIAS_LIMIT} values to the file");
            let report = ALIAS_BOMB.at(span, message).labelled(span, "with this one");
            self.out.push(report.help("write the values out"));
        }
    }

    /// Takes a node's size off what aliases may add.
    fn spend(&mut self, node: &Node<'s>) -> bool {
        let left = self.allowance.checked_sub(size(node));
        self.allowance = left.unwrap_or(0);
        left.is_some()
    }

    /// What was read, with the names of the sections that were cut short. Of an unfinished section only the
    /// declarations read to their end are kept: half a cache would be reported for what it lacks.
    fn finish(mut self) -> (Option<Node<'s>>, Option<Cow<'s, str>>) {
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

/// A key and its value; nothing where the key is none.
fn entry<'s>(key: Node<'s>, value: Node<'s>, out: &mut Diagnostics) -> Option<Entry<'s>> {
    match key.value {
        Value::Scalar(scalar) if scalar.plain && scalar.text == "<<" => {
            let report = MERGE_KEY.at(key.span, "merge keys `<<` are not read");
            out.push(report.help("write the merged keys out, or use `defaults`"));
            None
        }
        Value::Scalar(key) => Some(Entry { key, value }),
        Value::Invalid => None,
        Value::Sequence(_) | Value::Mapping(_) => {
            let report =
                UNSUPPORTED_YAML.at(key.span, "a list or mapping stands where a key is expected");
            out.push(
                report.help("use a text as the key, quoted where it holds brackets or braces"),
            );
            None
        }
    }
}

/// Reports keys that stand twice and keeps the first of each.
fn unique<'s>(entries: Vec<Entry<'s>>, out: &mut Diagnostics) -> Vec<Entry<'s>> {
    let twice = repeated(&entries);
    if twice.is_empty() {
        return entries;
    }
    for (again, first) in &twice {
        if let (Some(again), Some(first)) = (entries.get(*again), entries.get(*first)) {
            out.push(duplicate(&again.key, first.key.span));
        }
    }
    let is_first = |index: &usize| {
        twice
            .binary_search_by_key(index, |(again, _)| *again)
            .is_err()
    };
    let numbered = entries.into_iter().enumerate();
    numbered
        .filter(|(index, _)| is_first(index))
        .map(|(_, entry)| entry)
        .collect()
}

/// The entries whose key stood before, each with the entry that has it first.
fn repeated(entries: &[Entry<'_>]) -> Vec<(usize, usize)> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut twice = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let first = *seen.entry(&entry.key.text).or_insert(index);
        if first != index {
            twice.push((index, first));
        }
    }
    twice
}

fn duplicate(key: &Scalar<'_>, first: Span) -> crate::diagnostics::Diagnostic {
    DUPLICATE_KEY
        .at(
            key.span,
            format!("the key `{}` stands twice in one mapping", key.text),
        )
        .labelled(key.span, "here again")
        .labelled(first, "first here")
        .help("keep one of them")
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

/// How many nodes a node holds, itself included.
fn size(node: &Node<'_>) -> usize {
    match &node.value {
        Value::Scalar(_) | Value::Invalid => 1,
        Value::Sequence(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Mapping(entries) => {
            1 + entries
                .iter()
                .map(|entry| 1 + size(&entry.value))
                .sum::<usize>()
        }
    }
}

/// How many levels of lists and mappings a node has.
fn height(node: &Node<'_>) -> usize {
    match &node.value {
        Value::Scalar(_) | Value::Invalid => 0,
        Value::Sequence(items) => 1 + items.iter().map(height).max().unwrap_or(0),
        Value::Mapping(entries) => {
            1 + entries
                .iter()
                .map(|entry| height(&entry.value))
                .max()
                .unwrap_or(0)
        }
    }
}
