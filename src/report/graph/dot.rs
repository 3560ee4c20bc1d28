//! Graphs in the language of Graphviz.

use std::fmt::Write;

use super::{Graph, Look};

/// The graphs as one DOT text, each in a frame of its own.
#[must_use]
pub fn dot(graphs: &[Graph]) -> String {
    let across = graphs.iter().any(|graph| graph.across);
    let mut text = format!(
        "digraph rasci {{\n  rankdir={};\n  fontname=\"Helvetica,Arial,sans-serif\";\n  node [shape=box, style=\"rounded,filled\", fillcolor=\"#f3f4f2\", color=\"#8b939c\", fontname=\"Helvetica,Arial,sans-serif\", fontsize=11, margin=\"0.16,0.09\"];\n  edge [color=\"#57606a\", fontname=\"Helvetica,Arial,sans-serif\", fontsize=10, arrowsize=0.7];\n",
        if across { "LR" } else { "TB" }
    );
    for (nth, graph) in graphs.iter().enumerate() {
        let _ = writeln!(
            text,
            "  subgraph cluster_{nth} {{\n    label={}; color=\"#dcdfe3\"; fontsize=13; margin=14;",
            quoted(&graph.title)
        );
        for (place, node) in graph.nodes.iter().enumerate() {
            let label = std::iter::once(&node.title).chain(&node.lines).map(|line| escaped(line)).collect::<Vec<_>>().join("\\n");
            let look = match node.look {
                Look::Plain => "",
                Look::Last => ", peripheries=2",
                Look::Missing => ", fillcolor=\"#f8dccb\", color=\"#b2410a\"",
            };
            let _ = writeln!(text, "    n{nth}_{place} [label=\"{label}\"{look}];");
        }
        for edge in &graph.edges {
            let label = if edge.label.is_empty() { String::new() } else { format!("label={}", quoted(&edge.label)) };
            let style = if edge.dashed { "style=dashed" } else { "" };
            let attributes = [label.as_str(), style].into_iter().filter(|each| !each.is_empty()).collect::<Vec<_>>().join(", ");
            let attributes = if attributes.is_empty() { attributes } else { format!(" [{attributes}]") };
            let _ = writeln!(text, "    n{nth}_{} -> n{nth}_{}{attributes};", edge.from, edge.to);
        }
        text.push_str("  }\n");
    }
    text.push_str("}\n");
    text
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// Text between quotes: no escape of DOT, no entity of HTML, no control character.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' | '\\' => escaped.extend(['\\', character]),
            '&' => escaped.push_str("&amp;"),
            character if character.is_control() => escaped.push(' '),
            character => escaped.push(character),
        }
    }
    escaped
}
