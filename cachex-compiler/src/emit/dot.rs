//! The graph for Graphviz.

use std::fmt::Write;

use super::drawing::{Kind, Meaning, draw};
use super::mermaid::touches;
use crate::model::Schema;

/// `digraph cachex { … }`, ending in a line break.
pub fn dot(schema: &Schema) -> String {
    let drawing = draw(schema);
    let mut text = String::from(
        "digraph cachex {\n  rankdir=LR;\n  node [fontname=\"sans-serif\", shape=box, style=rounded];\n  edge [fontname=\"sans-serif\", fontsize=10];\n",
    );
    for (index, node) in drawing.nodes.iter().enumerate() {
        let shape = match node.kind {
            Kind::Entity => ", shape=ellipse, style=solid",
            Kind::Cache => "",
        };
        // Writing into a String cannot fail.
        let _ = writeln!(text, "  n{index} [label=\"{}\"{shape}];", node.name);
    }
    for edge in &drawing.edges {
        let (style, label) = match edge.meaning {
            Meaning::Clears => ("solid", edge.labels.join("\\n")),
            Meaning::Touches => ("dashed", touches(&edge.labels)),
            Meaning::Builds => ("bold", String::new()),
        };
        let _ = writeln!(
            text,
            "  n{} -> n{} [style={style}, label=\"{label}\"];",
            edge.from, edge.to
        );
    }
    text.push_str("}\n");
    text
}
