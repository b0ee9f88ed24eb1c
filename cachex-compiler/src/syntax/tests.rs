//! The tree against another reader of YAML, and what it makes of broken files.

use serde_json::Value as Json;

use super::{Document, Node, Value, parse};
use crate::diagnostics::Diagnostics;
use crate::source::FileId;

fn read(text: &str) -> (Document<'_>, Vec<&'static str>) {
    let mut out = Diagnostics::default();
    let document = parse(text, FileId::default(), &mut out);
    let codes = out
        .into_sorted()
        .iter()
        .map(|report| report.rule.code)
        .collect();
    (document, codes)
}

/// A tree as JSON, all scalars as text: what they are is for the key they stand under to say.
fn plain(node: &Node<'_>) -> Json {
    match &node.value {
        Value::Invalid => panic!("an invalid node at {:?}", node.span),
        Value::Scalar(_) if node.is_null() => Json::Null,
        Value::Scalar(scalar) => Json::String(scalar.text.to_string()),
        Value::Sequence(items) => items.iter().map(plain).collect(),
        Value::Mapping(entries) => entries
            .iter()
            .map(|entry| (entry.key.text.to_string(), plain(&entry.value)))
            .collect(),
    }
}

/// The other reader's tree with its numbers and truth values as text.
fn as_text(value: Json) -> Json {
    match value {
        Json::Bool(value) => Json::String(value.to_string()),
        Json::Number(value) => Json::String(value.to_string()),
        Json::Array(items) => items.into_iter().map(as_text).collect(),
        Json::Object(entries) => entries
            .into_iter()
            .map(|(key, value)| (key, as_text(value)))
            .collect(),
        other => other,
    }
}

fn reads_alike(text: &str) {
    // `off` is text, as YAML 1.2 has it.
    let options = serde_yaml::options! { strict_booleans: true };
    let oracle: Json = serde_yaml::from_str_with_options(text, options).unwrap();
    let (document, codes) = read(text);
    assert_eq!(codes, Vec::<&str>::new());
    assert_eq!(plain(&document.root.unwrap()), as_text(oracle));
}

#[test]
fn a_valid_schema_reads_as_with_another_reader() {
    reads_alike(include_str!("../../tests/language/example.yaml"));
    reads_alike(include_str!("../../tests/language/check.yaml"));
    reads_alike(include_str!("../../../schemas/blog.yaml"));
}

#[test]
fn the_forms_of_yaml_read_as_with_another_reader() {
    reads_alike("a: |\n  one\n  two\nb: >-\n  folded\n  text\nc: 'it''s'\nd: \"\\u00e4\\n\"\n");
    reads_alike("a: &x [p, q]\nb: *x\nc: { d: , e: ~ }\n? f\n: g\n");
    reads_alike("%YAML 1.2\n---\na:\n- b\n- - c\n  - d\n...\n");
    reads_alike("{\n\t\"a\": [\"b\", {\"c\": \"d\\/e\"}],\n\t\"f\": null\n}\n");
    reads_alike("\u{feff}a: b\r\nc: d\r\n");
}

#[test]
fn every_node_knows_its_place() {
    let text = "ä: [b, \"c\"]\nd:\n  e: f\n";
    let (document, _) = read(text);
    let root = document.root.unwrap();
    let Value::Mapping(entries) = &root.value else {
        panic!()
    };
    let slice = |node: &Node<'_>| &text[node.span.range()];
    assert_eq!(slice(&entries[0].value), "[b, \"c\"]");
    assert_eq!(slice(&entries[1].value), "e: f");
    assert_eq!(slice(&root), text.trim_end());
}

#[test]
fn a_part_of_a_text_knows_its_place() {
    let text = "a: \"post.update(title)\"\nb: \"x\\u0079z\"\n";
    let (document, _) = read(text);
    let Some(Node {
        value: Value::Mapping(entries),
        ..
    }) = &document.root
    else {
        panic!()
    };
    let Value::Scalar(pattern) = &entries[0].value.value else {
        panic!()
    };
    let title = &pattern.text[12..17];
    assert_eq!(&text[pattern.place_of(title).range()], "title");
    // Behind an escape nothing is where it seems: the whole text is named.
    let Value::Scalar(escaped) = &entries[1].value.value else {
        panic!()
    };
    assert_eq!(
        &text[escaped.place_of(&escaped.text[2..]).range()],
        "\"x\\u0079z\""
    );
}

#[test]
fn reading_resumes_at_the_next_section() {
    let (document, codes) =
        read("namespace: [a\nentities:\n  post: { id: uuid\ncaches:\n  a: b\ncheck: {}\n");
    assert_eq!(codes, ["CX0004", "CX0004"]);
    assert_eq!(document.broken, ["namespace", "entities"]);
    assert!(document.key("caches").is_some() && document.key("check").is_some());
}

#[test]
fn a_cut_section_keeps_its_whole_declarations() {
    let (document, _) = read("caches:\n  a: { key: x }\n  b:\n    key: \"y\n");
    let Some(Node {
        value: Value::Mapping(entries),
        ..
    }) = &document.root
    else {
        panic!()
    };
    assert_eq!(
        plain(&entries[0].value),
        serde_json::json!({ "a": { "key": "x" } })
    );
}
