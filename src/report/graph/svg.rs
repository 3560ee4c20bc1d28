//! Graphs drawn: nodes in layers, each beneath what leads to it, or to the right of it in trees.

use std::collections::HashMap;
use std::fmt::Write;

use super::middles::Size;
use super::ways::plan;
use super::{Edge, Graph, Look};
use crate::report::svg::text::{BOLD, escaped, line, lines, width};

const EDGE: f64 = 36.0;
const WIDE: f64 = 236.0;
const PAD: f64 = 12.0;
const STEP: f64 = 58.0;

/// A node with its lines and its place.
struct Box {
    title: Vec<String>,
    lines: Vec<String>,
    look: Look,
    x: f64,
    y: f64,
    high: f64,
}

/// The graphs as one drawing, beneath each other, and what their looks mean.
#[must_use]
pub fn svg(graphs: &[Graph]) -> String {
    let mut body = String::new();
    let mut whole = 300.0_f64;
    let mut y = EDGE + 4.0;
    for graph in graphs {
        line(&mut body, "title", EDGE, y + 8.0, &graph.title);
        let boxes = if graph.across { beside(&mut body, graph, y + 34.0) } else { below(&mut body, graph, y + 34.0, &mut whole) };
        for each in &boxes {
            node(&mut body, each);
        }
        whole = boxes.iter().map(|each| each.x + WIDE + EDGE).fold(whole, f64::max);
        whole = whole.max(2.0 * EDGE + width(&graph.title, 18.0 * BOLD));
        y = boxes.iter().map(|each| each.y + each.high).fold(y + 34.0, f64::max) + 48.0;
    }
    y = legend(&mut body, graphs, y - 12.0);
    let title = escaped(&graphs.iter().map(|graph| graph.title.as_str()).collect::<Vec<_>>().join(", "));
    let height = y - 48.0 + EDGE;
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{whole:.0}" height="{height:.0}" viewBox="0 0 {whole:.0} {height:.0}" role="img" aria-label="{title}">
<title>{title}</title>
<style>
text{{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans","DejaVu Sans",sans-serif;fill:#1b1f24}}
.paper{{fill:#fbfbf9;stroke:#dcdfe3}}.title{{font-size:18px;font-weight:650}}.name{{font-size:13px;font-weight:600}}
.line,.label{{font-size:11px;fill:#57606a}}.label{{text-anchor:middle;paint-order:stroke;stroke:#fbfbf9;stroke-width:4px}}
.node,.swatch{{fill:#fff;stroke:#8b939c}}.last{{stroke-width:2.5}}.missing{{stroke:#b2410a;fill:#f8dccb}}
.edge{{fill:none;stroke:#57606a;stroke-width:1.25}}.dashed{{stroke-dasharray:5 4}}.tip{{fill:#57606a}}
@media(prefers-color-scheme:dark){{text{{fill:#e8eaed}}.paper{{fill:#14171b;stroke:#343a42}}.line,.label{{fill:#a3abb5}}.label{{stroke:#14171b}}
.node,.swatch{{fill:#1b1f24;stroke:#6c757f}}.missing{{stroke:#f79f6b;fill:#3a2417}}.edge{{stroke:#a3abb5}}.tip{{fill:#a3abb5}}}}
</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path class="tip" d="M0 0L8 4L0 8z"/></marker></defs>
<rect class="paper" x=".5" y=".5" width="{:.0}" height="{:.0}" rx="10"/>
{body}</svg>
"#,
        whole - 1.0,
        height - 1.0,
    )
}

/// The nodes of a graph, each in its size, in the corner.
fn boxes(graph: &Graph, top: f64) -> Vec<Box> {
    let sized = |node: &super::Node| {
        let title = lines(&node.title, 13.0 * BOLD, WIDE - 2.0 * PAD);
        let rest: Vec<String> = node.lines.iter().flat_map(|text| lines(text, 11.0, WIDE - 2.0 * PAD)).collect();
        let high = 2.0 * PAD - 2.0 + title.iter().map(|_| 17.0).sum::<f64>() + rest.iter().map(|_| 15.0).sum::<f64>();
        Box { title, lines: rest, look: node.look, x: EDGE, y: top, high }
    };
    graph.nodes.iter().map(sized).collect()
}

/// Draws the edges of a graph that goes downwards; its nodes in their places.
fn below(out: &mut String, graph: &Graph, top: f64, whole: &mut f64) -> Vec<Box> {
    let mut boxes = boxes(graph, 0.0);
    let sizes: Vec<Size> = boxes.iter().map(|each| Size { wide: WIDE, high: each.high }).collect();
    let plan = plan(&sizes, &graph.edges);
    for (each, (x, y)) in boxes.iter_mut().zip(&plan.corners) {
        (each.x, each.y) = (x - plan.left + EDGE, y + top);
    }
    let _ = writeln!(out, r#"<g transform="translate({:.1} {top})">"#, EDGE - plan.left);
    for (edge, way) in graph.edges.iter().zip(&plan.ways) {
        path(out, edge, way);
    }
    for ((x, y), text) in &plan.labels {
        line(out, "label", *x, *y, text);
    }
    out.push_str("</g>\n");
    *whole = whole.max(plan.right - plan.left + 2.0 * EDGE);
    boxes
}

fn path(out: &mut String, edge: &Edge, way: &str) {
    let class = if edge.dashed { "edge dashed" } else { "edge" };
    let _ = writeln!(out, r#"<path class="{class}" d="{way}" marker-end="url(#tip)"/>"#);
}

/// Draws the edges of a tree; its nodes from left to right, each in the middle of what hangs on it first.
fn beside(out: &mut String, graph: &Graph, top: f64) -> Vec<Box> {
    let mut boxes = boxes(graph, top);
    let depths = depths(graph);
    let step = graph.edges.iter().map(|edge| width(&edge.label, 11.0)).fold(0.0, f64::max) + STEP;
    for (each, depth) in boxes.iter_mut().zip(&depths) {
        each.x = EDGE + f64::from(*depth) * (WIDE + step);
    }
    let mut y = top;
    let mut middles: HashMap<usize, f64> = HashMap::new();
    let first = |to: usize| graph.edges.iter().find(|edge| edge.to == to).map(|edge| edge.from);
    for nth in (0..boxes.len()).filter(|nth| first(*nth).is_none()) {
        place(graph, &mut boxes, nth, &first, &mut y, &mut middles);
    }
    for edge in &graph.edges {
        let (Some(from), Some(to)) = (boxes.get(edge.from), boxes.get(edge.to)) else { continue };
        let ((x, y), (end, other)) = ((from.x + WIDE, from.y + from.high / 2.0), (to.x, to.y + to.high / 2.0));
        let middle = f64::midpoint(x, end);
        path(out, edge, &format!("M{x:.1} {y:.1}C{middle:.1} {y:.1} {middle:.1} {other:.1} {end:.1} {other:.1}"));
        if !edge.label.is_empty() {
            line(out, "label", middle, f64::midpoint(y, other) - 4.0, &edge.label);
        }
    }
    boxes
}

/// How deep each node hangs, by the longest way.
fn depths(graph: &Graph) -> Vec<u32> {
    let mut depths = vec![0; graph.nodes.len()];
    for nth in 0..graph.nodes.len() {
        let own = depths.get(nth).copied().unwrap_or(0);
        for edge in graph.edges.iter().filter(|edge| edge.from == nth && edge.to > nth) {
            depths.get_mut(edge.to).into_iter().for_each(|depth| *depth = (*depth).max(own + 1));
        }
    }
    depths
}

fn place(
    graph: &Graph,
    boxes: &mut [Box],
    nth: usize,
    first: &dyn Fn(usize) -> Option<usize>,
    y: &mut f64,
    middles: &mut HashMap<usize, f64>,
) {
    let parts: Vec<usize> =
        graph.edges.iter().filter(|edge| edge.from == nth && first(edge.to) == Some(nth)).map(|edge| edge.to).collect();
    let parts: Vec<usize> = parts.into_iter().filter(|part| *part > nth).collect();
    let start = *y;
    for part in &parts {
        place(graph, boxes, *part, first, y, middles);
    }
    let Some(each) = boxes.get_mut(nth) else { return };
    let of_parts: Vec<f64> = parts.iter().filter_map(|part| middles.get(part).copied()).collect();
    let middle = match (of_parts.first(), of_parts.last()) {
        (Some(one), Some(other)) => f64::midpoint(*one, *other),
        _ => start + each.high / 2.0,
    };
    each.y = (middle - each.high / 2.0).max(start);
    *y = y.max(each.y + each.high + 10.0);
    middles.insert(nth, each.y + each.high / 2.0);
}

/// What the looks that occur mean.
fn legend(out: &mut String, graphs: &[Graph], mut y: f64) -> f64 {
    let nodes = |look: Look| graphs.iter().flat_map(|graph| &graph.nodes).any(|node| node.look == look);
    let flows = graphs.iter().filter(|graph| !graph.across);
    let mut item = |swatch: &str, words: &str| {
        let _ = writeln!(out, r#"<g transform="translate({EDGE} {y})">{swatch}</g>"#);
        line(out, "line", EDGE + 36.0, y + 4.0, words);
        y += 19.0;
    };
    if flows.flat_map(|graph| &graph.edges).any(|edge| edge.dashed) {
        item(r#"<path class="edge dashed" d="M0 0H26"/>"#, "the case stays with who has it");
    }
    if nodes(Look::Missing) {
        item(r#"<rect class="swatch missing" y="-6" width="26" height="12" rx="3"/>"#, "nobody, in some case");
    }
    if nodes(Look::Last) {
        item(r#"<rect class="swatch last" y="-6" width="26" height="12" rx="3"/>"#, "it ends here");
    }
    y + 29.0
}

fn node(out: &mut String, each: &Box) {
    let class = match each.look {
        Look::Plain => "node",
        Look::Last => "node last",
        Look::Missing => "node missing",
    };
    let Box { x, y, high, .. } = each;
    let _ = writeln!(out, r#"<rect class="{class}" x="{x:.1}" y="{y:.1}" width="{WIDE}" height="{high:.1}" rx="7"/>"#);
    let mut at = y + PAD + 11.0;
    for text in &each.title {
        line(out, "name", x + PAD, at, text);
        at += 17.0;
    }
    for text in &each.lines {
        line(out, "line", x + PAD, at - 1.0, text);
        at += 15.0;
    }
}
