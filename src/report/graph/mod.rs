//! Flows, escalations and hierarchies as graphs, and graphs as DOT, as Mermaid and as SVG.
//!
//! A [`Graph`] is nodes of a few lines each, and edges between them; the writers know nothing of models.

mod dot;
mod flows;
mod layers;
mod mermaid;
mod middles;
mod svg;
mod trees;
mod ways;

pub use dot::dot;
pub use flows::{escalation_graph, flow_graph};
pub use mermaid::mermaid;
pub use svg::svg;
pub use trees::trees;

/// A graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    /// What it shows.
    pub title: String,
    /// Whether it is read from left to right, as trees are; otherwise from above.
    pub across: bool,
    /// Its nodes.
    pub nodes: Vec<Node>,
    /// Its edges.
    pub edges: Vec<Edge>,
}

/// A node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is called.
    pub title: String,
    /// What else is to be said of it, a line each.
    pub lines: Vec<String>,
    /// What it looks like.
    pub look: Look,
}

/// What a node looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// As most do.
    Plain,
    /// As one with which a graph ends.
    Last,
    /// As one where something is missing.
    Missing,
}

/// An edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// The place of the node it leaves.
    pub from: usize,
    /// The place of the node it reaches.
    pub to: usize,
    /// What stands beside it; nothing where it is empty.
    pub label: String,
    /// Whether it is drawn with dashes.
    pub dashed: bool,
}
