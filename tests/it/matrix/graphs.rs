//! Flows, escalations and hierarchies as graphs: every entry is a node, every part an edge, whatever it is called.

use proptest::prelude::*;
use rasci::report::graph::{Edge, Graph, Look, Node, dot, flow_graph, mermaid, svg, trees};
use rasci::{ComponentId, Policy, TaskId, query::Asked};

use crate::cli::{run, snapshot};
use crate::properties::config;
use crate::strategy::models;

/// Every graph that a model has.
fn graphs(policy: &Policy) -> Vec<Graph> {
    let asked = Asked::default();
    let mut graphs = trees(policy, None).unwrap();
    graphs
        .extend((0..policy.model().flows().len()).map(|flow| flow_graph(policy, &policy.travel(flow, &asked).unwrap()).unwrap()));
    graphs.extend(
        policy.routes(None, None, &asked).iter().filter_map(|route| rasci::report::graph::escalation_graph(policy, route)),
    );
    graphs
}

fn nodes(drawing: &str) -> usize {
    let drawing = roxmltree::Document::parse(drawing).unwrap();
    drawing.descendants().filter(|node| node.attribute("class").is_some_and(|class| class.starts_with("node"))).count()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_entry_is_a_node_and_every_part_an_edge(written in models()) {
        let policy = written.load();
        let model = policy.model();
        let found = trees(&policy, None).unwrap();
        let count = |title: &str| found.iter().filter(|graph| graph.title == title).map(|graph| (graph.nodes.len(), graph.edges.len())).sum::<Pair>();
        let parties = model.parties().map(|(_, it)| it.parts.len() + it.members.len()).sum();
        prop_assert_eq!(count("Parties"), Pair(model.parties().count(), parties));
        let under = |parent: Option<ComponentId>| usize::from(parent != Some(ComponentId::SYSTEM));
        prop_assert_eq!(count("Components"), Pair(model.components().count(), model.components().map(|(_, it)| under(it.parent)).sum()));
        let under = |parent: Option<TaskId>| usize::from(parent != Some(TaskId::ALL));
        prop_assert_eq!(count("Tasks"), Pair(model.tasks().count(), model.tasks().map(|(_, it)| under(it.parent)).sum()));
        let all = graphs(&policy);
        let boxes: usize = all.iter().map(|graph| graph.nodes.len()).sum();
        prop_assert_eq!(nodes(&svg(&all)), boxes);
        prop_assert_eq!(dot(&all).matches(" [label=\"").count(), boxes + all.iter().flat_map(|graph| &graph.edges).filter(|edge| !edge.label.is_empty()).count());
        let arrows: usize = all.iter().map(|graph| graph.edges.len()).sum();
        prop_assert_eq!(mermaid(&all).matches("-->").count() + mermaid(&all).matches(".->").count(), arrows);
    }

    #[test]
    fn any_title_stays_in_its_quotes(title in "\\PC{0,30}") {
        let quoted = serde_json::to_string(&title).unwrap();
        let text = format!("rasci: 1\nid: m\nparties: {{ a: {{ title: {quoted}, parties: {{ b: {{}} }} }} }}\n");
        let Ok(policy) = Policy::parse("m.yaml", &text) else { return Ok(()) };
        let graphs = graphs(&policy);
        prop_assert_eq!(nodes(&svg(&graphs)), 2);
        for text in [dot(&graphs), mermaid(&graphs)] {
            let bare = text.replace("\\\\", "").replace("\\\"", "");
            prop_assert!(bare.lines().all(|line| line.matches('"').count() % 2 == 0), "{}", text);
        }
    }
}

/// A node or a label: left, top, right, bottom.
type Frame = [f64; 4];

fn overlap(one: &Frame, other: &Frame) -> bool {
    one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
}

/// The points along a path of moves, straight lines down or up, and curves.
fn points(path: &str) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> = Vec::new();
    let starts: Vec<usize> = path.match_indices(char::is_alphabetic).map(|(at, _)| at).chain([path.len()]).collect();
    for ends in starts.windows(2) {
        let part = &path[ends[0]..ends[1]];
        let numbers: Vec<f64> = part[1..].split([' ', ',']).map(|number| number.parse().unwrap()).collect();
        let here = points.last().copied().unwrap_or_default();
        match (&part[..1], numbers.as_slice()) {
            ("M", [x, y]) => points.push((*x, *y)),
            ("V", [to]) => points.extend((1..=20).map(|step| (here.0, here.1 + (to - here.1) * f64::from(step) / 20.0))),
            ("C", [first @ .., last_x, last_y]) if first.len() == 4 => points.extend((1..=20).map(|step| {
                let (part, rest) = (f64::from(step) / 20.0, 1.0 - f64::from(step) / 20.0);
                let at = |one: f64, other: f64, third: f64, last: f64| {
                    one * rest.powi(3)
                        + 3.0 * other * part * rest.powi(2)
                        + 3.0 * third * part.powi(2) * rest
                        + last * part.powi(3)
                };
                (at(here.0, first[0], first[2], *last_x), at(here.1, first[1], first[3], *last_y))
            })),
            _ => panic!("{part}"),
        }
    }
    points
}

/// A graph of any shape, with loops, edges to the same node, several between two, and labels.
fn any_graph() -> impl Strategy<Value = Graph> {
    let edges = |count: usize| proptest::collection::vec((0..count, 0..count, "([a-z]{1,9} ?){0,5}", any::<bool>()), 0..14);
    let graph = (1..9_usize)
        .prop_flat_map(move |count| (proptest::collection::vec(("[A-Z][a-z ]{0,40}", "[a-z ]{0,60}"), count), edges(count)));
    graph.prop_map(|(nodes, edges)| Graph {
        title: "Any".to_owned(),
        across: false,
        nodes: nodes.into_iter().map(|(title, text)| Node { title, lines: vec![text], look: Look::Plain }).collect(),
        edges: edges
            .into_iter()
            .map(|(from, to, label, dashed)| Edge { from, to, label: label.trim().to_owned(), dashed })
            .collect(),
    })
}

proptest! {
    #![proptest_config(config())]

    /// No edge runs behind a node, no node or label stands on another, and each edge leads from its node to the other.
    #[test]
    fn a_graph_is_drawn_in_the_clear(graph in any_graph()) {
        let text = svg(std::slice::from_ref(&graph));
        let drawing = roxmltree::Document::parse(&text).unwrap();
        let number = |node: &roxmltree::Node<'_, '_>, name: &str| node.attribute(name).unwrap().parse::<f64>().unwrap();
        let of = |class: &'static str| drawing.descendants().filter(move |node| node.attribute("class").is_some_and(|it| it.split(' ').next() == Some(class)));
        let shift = of("edge").chain(of("label")).next().and_then(|node| node.parent_element()).and_then(|group| group.attribute("transform").map(str::to_owned));
        let shift: Vec<f64> = shift.map_or(vec![0.0, 0.0], |shift| shift.trim_start_matches("translate(").trim_end_matches(')').split(' ').map(|number| number.parse().unwrap()).collect());
        let boxes: Vec<Frame> = of("node").map(|node| {
            let (x, y) = (number(&node, "x") - shift[0], number(&node, "y") - shift[1]);
            [x, y, x + number(&node, "width"), y + number(&node, "height")]
        }).collect();
        let labels: Vec<Frame> = of("label").map(|node| {
            let (x, y, half) = (number(&node, "x"), number(&node, "y"), node.text().unwrap_or_default().chars().map(|_| 2.7).sum::<f64>());
            [x - half, y - 9.0, x + half, y + 2.0]
        }).collect();
        let whole = number(&drawing.root_element(), "width") - shift[0];
        for frame in boxes.iter().chain(&labels) {
            prop_assert!(frame[0] >= -shift[0] && frame[2] <= whole, "{frame:?} of {whole}: {text}");
        }
        let all: Vec<&Frame> = boxes.iter().chain(&labels).collect();
        for (nth, one) in all.iter().enumerate() {
            prop_assert!(all.iter().skip(nth + 1).all(|other| !overlap(one, other)), "{one:?}: {text}");
        }
        let edges = of("edge").filter(|node| node.has_attribute("marker-end"));
        for (node, edge) in edges.zip(&graph.edges) {
            let way = points(node.attribute("d").unwrap());
            let near = |frame: &Frame, (x, y): (f64, f64)| frame[0] - 0.2 <= x && x <= frame[2] + 0.2 && frame[1] - 0.2 <= y && y <= frame[3] + 0.2;
            prop_assert!(near(&boxes[edge.from], way[0]) && near(&boxes[edge.to], *way.last().unwrap()), "{edge:?}: {text}");
            for (x, y) in way {
                let behind = boxes.iter().any(|frame| frame[0] + 1.0 < x && x < frame[2] - 1.0 && frame[1] + 1.0 < y && y < frame[3] - 1.0);
                prop_assert!(!behind, "{edge:?} at {x} {y}: {text}");
            }
        }
    }
}

/// Nodes and edges.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
struct Pair(usize, usize);

impl std::iter::Sum<(usize, usize)> for Pair {
    fn sum<I: Iterator<Item = (usize, usize)>>(all: I) -> Self {
        all.fold(Self(0, 0), |sum, pair| Self(sum.0 + pair.0, sum.1 + pair.1))
    }
}

/// A flow of three steps: somebody may be there at the second, and nobody is at the third.
const LOST: &str = "rasci: 1
id: m
context: { p: [a, b], q: [c, d] }
parties: { x: {}, y: {} }
tasks:
  t: { assign: [{ R: x, when: { q: c } }, { R: x, when: { q: d }, id: other }] }
  u: { assign: [{ R: y, when: { p: a } }] }
  v: {}
flows:
  f:
    steps:
      - { id: first, task: t, then: [second, third, fourth] }
      - { id: second, task: u }
      - { id: third, task: v }
      - { id: fourth, task: t, when: { p: b } }
";

#[test]
fn a_graph_of_a_flow_says_who_acts_and_what_is_lost() {
    let policy = Policy::parse("m.yaml", LOST).unwrap();
    let graph = flow_graph(&policy, &policy.travel(0, &Asked::default()).unwrap()).unwrap();
    let lines: Vec<&[String]> = graph.nodes.iter().map(|node| node.lines.as_slice()).collect();
    assert_eq!(lines[0], ["t", "R: x"], "once, whichever assignment says so");
    assert_eq!(lines[1], ["u", "R: y when p is a", "nobody acts when p is b"]);
    assert_eq!(lines[2], ["v", "nobody acts"]);
    assert_eq!(lines[3], ["t", "R: x when p is b"]);
    let labels: Vec<&str> = graph.edges.iter().map(|edge| edge.label.as_str()).collect();
    assert_eq!(labels, ["may come to nobody", "comes to nobody", "p is b"]);
    let dashed: Vec<bool> = graph.edges.iter().map(|edge| edge.dashed).collect();
    assert_eq!(dashed, [false, false, true], "the case stays only where both steps are of the same party");
}

#[test]
fn drawings_as_they_are_written() {
    let mut text = String::new();
    for args in [
        &["show", "m.yaml", "--format", "dot"][..],
        &["show", "m.yaml", "customer", "--format", "mermaid"],
        &["show", "m.yaml", "sbc", "--format", "svg"],
    ] {
        let ran = run(args);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        text.push_str(&["$ rasci ", &args.join(" "), "\n", &ran.out, "\n"].concat());
    }
    snapshot("graphs", &text);
    run(&["show", "m.yaml", "vendr", "--format", "dot"]).refused("did you mean `vendor`?");
    run(&["show", "m.yaml"]).refused("name the entry to show");
}
