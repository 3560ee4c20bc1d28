//! Flows, escalations and hierarchies as graphs: every entry is a node, every part an edge, whatever it is called.

use proptest::prelude::*;
use rasci::report::graph::{Graph, dot, flow_graph, mermaid, svg, trees};
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

/// Nodes and edges.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
struct Pair(usize, usize);

impl std::iter::Sum<(usize, usize)> for Pair {
    fn sum<I: Iterator<Item = (usize, usize)>>(all: I) -> Self {
        all.fold(Self(0, 0), |sum, pair| Self(sum.0 + pair.0, sum.1 + pair.1))
    }
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
