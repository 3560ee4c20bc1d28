//! Graphs drawn: nodes in layers, each beneath what leads to it, or to the right of it in trees.

use std::collections::HashMap;
use std::fmt::Write;

use super::{Graph, Look};
use crate::report::svg::text::{escaped, line, lines};

const EDGE: f64 = 36.0;
const WIDE: f64 = 236.0;
const PAD: f64 = 12.0;
const GAP: f64 = 26.0;
const STEP: f64 = 58.0;
/// So far beside its nodes an edge goes around them.
const AROUND: f64 = 44.0;

/// A node with its lines and its place.
struct Box {
    title: Vec<String>,
    lines: Vec<String>,
    look: Look,
    layer: usize,
    x: f64,
    y: f64,
    high: f64,
}

/// The graphs as one drawing, beneath each other.
#[must_use]
pub fn svg(graphs: &[Graph]) -> String {
    let mut body = String::new();
    let mut whole = 360.0_f64;
    let mut y = EDGE + 4.0;
    for graph in graphs {
        line(&mut body, "title", EDGE, y + 8.0, &graph.title);
        let boxes = laid_out(graph, y + 34.0);
        edges(&mut body, graph, &boxes);
        for each in &boxes {
            node(&mut body, each);
        }
        whole = boxes.iter().map(|each| each.x + WIDE + EDGE + AROUND).fold(whole, f64::max);
        y = boxes.iter().map(|each| each.y + each.high).fold(y + 34.0, f64::max) + 48.0;
    }
    let title = escaped(&graphs.iter().map(|graph| graph.title.as_str()).collect::<Vec<_>>().join(", "));
    let height = y - 48.0 + EDGE;
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{whole:.0}" height="{height:.0}" viewBox="0 0 {whole:.0} {height:.0}" role="img" aria-label="{title}">
<title>{title}</title>
<style>
text{{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans","DejaVu Sans",sans-serif;fill:#1b1f24}}
.paper{{fill:#fbfbf9;stroke:#dcdfe3}}.title{{font-size:18px;font-weight:650}}.name{{font-size:13px;font-weight:600}}
.line,.label{{font-size:11px;fill:#57606a}}.label{{text-anchor:middle;paint-order:stroke;stroke:#fbfbf9;stroke-width:4px}}
.node{{fill:#fff;stroke:#8b939c}}.last{{stroke-width:2.5}}.missing{{stroke:#b2410a;fill:#f8dccb}}
.edge{{fill:none;stroke:#57606a;stroke-width:1.25}}.dashed{{stroke-dasharray:5 4}}.tip{{fill:#57606a}}
@media(prefers-color-scheme:dark){{text{{fill:#e8eaed}}.paper{{fill:#14171b;stroke:#343a42}}.line,.label{{fill:#a3abb5}}.label{{stroke:#14171b}}
.node{{fill:#1b1f24;stroke:#6c757f}}.missing{{stroke:#f79f6b;fill:#3a2417}}.edge{{stroke:#a3abb5}}.tip{{fill:#a3abb5}}}}
</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path class="tip" d="M0 0L8 4L0 8z"/></marker></defs>
<rect class="paper" x=".5" y=".5" width="{:.0}" height="{:.0}" rx="10"/>
{body}</svg>
"#,
        whole - 1.0,
        height - 1.0,
    )
}

fn laid_out(graph: &Graph, top: f64) -> Vec<Box> {
    let layers = layers(graph);
    let sized = |(nth, node): (usize, &super::Node)| {
        let title = lines(&node.title, 15.0, WIDE - 2.0 * PAD);
        let rest: Vec<String> = node.lines.iter().flat_map(|text| lines(text, 11.5, WIDE - 2.0 * PAD)).collect();
        let high = 2.0 * PAD - 2.0 + title.iter().map(|_| 17.0).sum::<f64>() + rest.iter().map(|_| 15.0).sum::<f64>();
        Box { title, lines: rest, look: node.look, layer: layers.get(&nth).copied().unwrap_or(0), x: EDGE, y: top, high }
    };
    let mut boxes: Vec<Box> = graph.nodes.iter().enumerate().map(sized).collect();
    if graph.across {
        across(graph, &mut boxes, top);
    } else {
        downwards(graph, &mut boxes, top);
    }
    boxes
}

/// How far each node lies from where the graph begins, by the longest way that goes round nothing.
fn layers(graph: &Graph) -> HashMap<usize, usize> {
    let mut layers: HashMap<usize, usize> = HashMap::new();
    // An edge to a node that stands earlier goes back, and moves nothing.
    for nth in 0..graph.nodes.len() {
        let own = *layers.entry(nth).or_insert(0);
        for edge in graph.edges.iter().filter(|edge| edge.from == nth && edge.to > nth) {
            let layer = layers.entry(edge.to).or_insert(0);
            *layer = (*layer).max(own + 1);
        }
    }
    layers
}

/// Layers beneath each other, each in the middle.
fn downwards(graph: &Graph, boxes: &mut [Box], top: f64) {
    let deepest = boxes.iter().map(|each| each.layer).max().unwrap_or(0);
    let count = |layer: usize| boxes.iter().filter(|each| each.layer == layer).map(|_| WIDE + GAP).sum::<f64>() - GAP;
    let widths: Vec<f64> = (0..=deepest).map(count).collect();
    let widest = widths.iter().copied().fold(0.0, f64::max);
    let layer_of = |nth: usize| boxes.get(nth).map(|each| each.layer);
    // What skips a layer goes around it on the left.
    let skips = graph.edges.iter().any(|edge| layer_of(edge.to) > layer_of(edge.from).map(|layer| layer + 1));
    let left = if skips { EDGE + AROUND } else { EDGE };
    let room = |layer: usize| {
        let of = graph.edges.iter().filter(|edge| layer_of(edge.from) == Some(layer) && !edge.label.is_empty());
        of.map(|edge| lines(&edge.label, 11.5, WIDE).iter().map(|_| 14.0).sum::<f64>()).fold(0.0, f64::max)
    };
    let rooms: Vec<f64> = (0..=deepest).map(room).collect();
    let mut y = top;
    for ((layer, width), room) in widths.iter().enumerate().zip(&rooms) {
        let mut x = left + (widest - width) / 2.0;
        let mut high = 0.0_f64;
        for each in boxes.iter_mut().filter(|each| each.layer == layer) {
            (each.x, each.y) = (x, y);
            x += WIDE + GAP;
            high = high.max(each.high);
        }
        y += high + STEP + room;
    }
}

/// A tree from left to right: each node in the middle of what hangs on it, as far as it hangs on this one first.
fn across(graph: &Graph, boxes: &mut [Box], top: f64) {
    let mut y = top;
    let mut middles: HashMap<usize, f64> = HashMap::new();
    let first = |to: usize| graph.edges.iter().find(|edge| edge.to == to).map(|edge| edge.from);
    for nth in (0..boxes.len()).filter(|nth| first(*nth).is_none()) {
        place(graph, boxes, nth, &first, &mut y, &mut middles);
    }
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
    each.x = EDGE + (0..each.layer).map(|_| WIDE + STEP).sum::<f64>();
    let of_parts: Vec<f64> = parts.iter().filter_map(|part| middles.get(part).copied()).collect();
    let middle = match (of_parts.first(), of_parts.last()) {
        (Some(one), Some(other)) => f64::midpoint(*one, *other),
        _ => start + each.high / 2.0,
    };
    each.y = (middle - each.high / 2.0).max(start);
    *y = y.max(each.y + each.high + 10.0);
    middles.insert(nth, each.y + each.high / 2.0);
}

fn edges(out: &mut String, graph: &Graph, boxes: &[Box]) {
    for edge in &graph.edges {
        let (Some(from), Some(to)) = (boxes.get(edge.from), boxes.get(edge.to)) else { continue };
        let class = if edge.dashed { "edge dashed" } else { "edge" };
        let (path, x, y) = if graph.across { beside(from, to) } else { below(from, to) };
        let _ = writeln!(out, r#"<path class="{class}" d="{path}" marker-end="url(#tip)"/>"#);
        if !edge.label.is_empty() {
            for (text, nth) in lines(&edge.label, 11.5, WIDE).iter().zip(0..) {
                line(out, "label", x, y + f64::from(nth) * 14.0, text);
            }
        }
    }
}

/// An edge downwards; back upwards, around the right side.
fn below(from: &Box, to: &Box) -> (String, f64, f64) {
    let (x, other) = (from.x + WIDE / 2.0, to.x + WIDE / 2.0);
    if to.layer > from.layer + 1 {
        let (top, bottom, far) = (from.y + from.high / 2.0, to.y + to.high / 2.0, from.x.min(to.x) - AROUND);
        let path = format!("M{:.1} {top:.1}C{far:.1} {top:.1} {far:.1} {bottom:.1} {:.1} {bottom:.1}", from.x, to.x);
        return (path, far + 12.0, f64::midpoint(top, bottom));
    }
    if to.layer > from.layer {
        let (top, bottom) = (from.y + from.high, to.y);
        let middle = f64::midpoint(top, bottom);
        return (
            format!("M{x:.1} {top:.1}C{x:.1} {middle:.1} {other:.1} {middle:.1} {other:.1} {bottom:.1}"),
            f64::midpoint(x, other),
            middle + 4.0,
        );
    }
    let (right, end) = (from.x + WIDE, to.x + WIDE);
    let (top, bottom) = (from.y + from.high / 2.0, to.y + to.high / 2.0);
    let far = right.max(end) + AROUND;
    (
        format!("M{right:.1} {top:.1}C{far:.1} {top:.1} {far:.1} {bottom:.1} {end:.1} {bottom:.1}"),
        far - 12.0,
        f64::midpoint(top, bottom),
    )
}

/// An edge to the right.
fn beside(from: &Box, to: &Box) -> (String, f64, f64) {
    let (x, y) = (from.x + WIDE, from.y + from.high / 2.0);
    let (end, other) = (to.x, to.y + to.high / 2.0);
    let middle = f64::midpoint(x, end);
    (
        format!("M{x:.1} {y:.1}C{middle:.1} {y:.1} {middle:.1} {other:.1} {end:.1} {other:.1}"),
        middle,
        f64::midpoint(y, other) - 4.0,
    )
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
