//! Graphs in the language of Mermaid, which GitHub and others draw where Markdown has them.

use std::fmt::Write;

use super::{Graph, Look};

/// The graphs as one Mermaid flowchart, each in a frame of its own.
#[must_use]
pub fn mermaid(graphs: &[Graph]) -> String {
    let across = graphs.iter().any(|graph| graph.across);
    let direction = if across { "LR" } else { "TB" };
    let mut text = format!("flowchart {direction}\n");
    for (nth, graph) in graphs.iter().enumerate() {
        let _ = writeln!(text, "  subgraph g{nth}[\"{}\"]\n    direction {direction}", escaped(&graph.title));
        for (place, node) in graph.nodes.iter().enumerate() {
            let label =
                std::iter::once(&node.title).chain(&node.lines).map(|line| escaped(line)).collect::<Vec<_>>().join("<br/>");
            let (open, close) = if node.look == Look::Last { ("([", "])") } else { ("[", "]") };
            let class = if node.look == Look::Missing { ":::missing" } else { "" };
            let _ = writeln!(text, "    n{nth}_{place}{open}\"{label}\"{close}{class}");
        }
        for edge in &graph.edges {
            let line = if edge.dashed { "-.->" } else { "-->" };
            let label = if edge.label.is_empty() { String::new() } else { format!("|\"{}\"|", escaped(&edge.label)) };
            let _ = writeln!(text, "    n{nth}_{} {line}{label} n{nth}_{}", edge.from, edge.to);
        }
        text.push_str("  end\n");
    }
    if graphs.iter().flat_map(|graph| &graph.nodes).any(|node| node.look == Look::Missing) {
        text.push_str("  classDef missing fill:#f8dccb,stroke:#b2410a,color:#1b1f24\n");
    }
    text
}

/// Text between quotes, where `#35;` stands for `#` and so on: neither Markdown nor HTML.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' | '#' | '<' | '>' | '&' | '`' | '\\' | ';' | '*' | '_' | '{' | '}' | '[' | ']' | '|' | '~' | '%' | '$' | '@' => {
                let _ = write!(escaped, "#{};", u32::from(character));
            }
            character if character.is_control() => escaped.push(' '),
            character => escaped.push(character),
        }
    }
    // A label of digits and a full stop would be read as a list.
    escaped.replacen(". ", "#46; ", 1)
}
