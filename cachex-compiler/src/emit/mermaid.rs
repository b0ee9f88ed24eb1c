//! The graph as Mermaid, which many forges draw in Markdown.

use std::fmt::Write;

use super::drawing::{Drawing, Kind, Meaning, draw};
use crate::model::Schema;

/// `flowchart LR …`, ending in a line break.
pub fn mermaid(schema: &Schema) -> String {
    let drawing = draw(schema);
    let mut text = String::from("flowchart LR\n");
    for node in 0..drawing.nodes.len() {
        declare(&mut text, &drawing, node);
    }
    for edge in &drawing.edges {
        let (line, label) = match edge.meaning {
            Meaning::Clears => ("-->", edge.labels.join(", ")),
            Meaning::Touches => ("-.->", touches(&edge.labels)),
            Meaning::Builds => ("==>", String::new()),
        };
        let label = match label.as_str() {
            "" => String::new(),
            label => format!("|\"{label}\"|"),
        };
        let (from, to) = (id(&drawing, edge.from), id(&drawing, edge.to));
        // Writing into a String cannot fail.
        let _ = writeln!(text, "  {from} {line}{label} {to}");
    }
    text
}

fn declare(text: &mut String, drawing: &Drawing, node: usize) {
    let id = id(drawing, node);
    if let Some(node) = drawing.nodes.get(node) {
        let _ = match node.kind {
            Kind::Entity => writeln!(text, "  {id}([{}])", node.name),
            Kind::Cache => writeln!(text, "  {id}[{}]", node.name),
        };
    }
}

/// Prefixed, since `end` and others are words of Mermaid, and an entity and a cache may share a name.
fn id(drawing: &Drawing, node: usize) -> String {
    drawing
        .nodes
        .get(node)
        .map_or_else(String::new, |node| match node.kind {
            Kind::Entity => format!("entity_{}", node.name),
            Kind::Cache => format!("cache_{}", node.name),
        })
}

pub(super) fn touches(labels: &[String]) -> String {
    match labels {
        [] => "touches".to_owned(),
        labels => format!("touches: {}", labels.join(", ")),
    }
}
