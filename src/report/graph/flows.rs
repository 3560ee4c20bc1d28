//! How a case travels, and up whom, as graphs.

use super::{Edge, Graph, Look, Node};
use crate::document::Letter;
use crate::matrix::tidy;
use crate::model::{About, Flow, Model, PartyId, When};
use crate::policy::Policy;
use crate::query::{Handing, Route, Rung, Stop, StopCase, Travel};
use crate::words::alternatives;

/// A flow as a graph: a node for each step with who acts, an edge for each step that may follow. An edge is dashed where
/// the case stays with who has it.
///
/// ```
/// # use rasci::{Policy, query::Asked};
/// # use rasci::report::graph::{dot, flow_graph};
/// let policy = Policy::load("policies/mydre/core-support-team.yaml")?;
/// let travel = policy.travel(0, &Asked::default()).expect("a flow");
/// let graph = flow_graph(&policy, &travel).expect("of this policy");
/// assert_eq!(graph.nodes.len(), 3);
/// assert!(dot(&[graph]).starts_with("digraph"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn flow_graph(policy: &Policy, travel: &Travel) -> Option<Graph> {
    let model = policy.model();
    let flow: &Flow = model.flows().get(travel.flow)?;
    let node = |(step, stop): (&crate::model::Step, &Stop)| {
        let mut lines: Vec<String> = stop.cell.iter().map(|cell| place(model, *cell)).collect();
        lines.extend(acting(model, &stop.cases));
        let nobody = stop.cases.iter().any(|case| case.acts().is_empty());
        let look = match (nobody, step.then.is_empty()) {
            (true, _) => Look::Missing,
            (false, true) => Look::Last,
            (false, false) => Look::Plain,
        };
        Node { title: named(&step.about), lines, look }
    };
    let edge = |handover: &crate::query::Handover| {
        let lost = handover.cases.iter().filter(|case| case.handing == Handing::Lost).count();
        let label = match handover.cases.as_slice() {
            [_, ..] if lost == handover.cases.len() => "comes to nobody".to_owned(),
            _ if lost > 0 => "may come to nobody".to_owned(),
            cases => match together(model, cases.iter().map(|case| &case.when)) {
                when if when.is_empty() => String::new(),
                when => alternatives(model, &when),
            },
        };
        let stays = !handover.cases.is_empty() && handover.cases.iter().all(|case| case.handing == Handing::Stays);
        Edge { from: handover.from, to: handover.to, label, dashed: stays }
    };
    Some(Graph {
        title: named(&flow.about),
        across: false,
        nodes: flow.steps.iter().zip(&travel.stops).map(node).collect(),
        edges: travel.handovers.iter().map(edge).collect(),
    })
}

/// An escalation as a graph: a node for each party with what it holds, an edge to the one it hands over to.
#[must_use]
pub fn escalation_graph(policy: &Policy, route: &Route) -> Option<Graph> {
    let model = policy.model();
    let escalation = model.escalations().get(route.escalation)?;
    let node = |rung: &Rung| {
        let lines: Vec<String> =
            rung.cases.iter().map(|case| format!("{}{}", letters(&case.letters), when(model, &case.when))).collect();
        let missing = rung.cases.iter().any(|case| case.letters.is_empty());
        Node { title: party(model, rung.party), lines, look: if missing { Look::Missing } else { Look::Plain } }
    };
    let steps = (1..route.rungs.len()).map(|to| Edge { from: to - 1, to, label: String::new(), dashed: false });
    Some(Graph {
        title: format!("Escalation: {}", escalation.id),
        across: false,
        nodes: route.rungs.iter().map(node).collect(),
        edges: steps.collect(),
    })
}

pub(super) fn named(about: &About) -> String {
    about.title.as_deref().unwrap_or(&about.id).trim().to_owned()
}

fn party(model: &Model, id: PartyId) -> String {
    named(&model.party(id).about)
}

/// `restore at sbc`, by ids, as the command line takes them.
fn place(model: &Model, cell: crate::matrix::Cell) -> String {
    let task = &model.task(cell.task).about.id;
    match cell.component {
        crate::model::ComponentId::SYSTEM => task.to_string(),
        component => format!("{task} at {}", model.component(component).about.id),
    }
}

/// Who acts, each once, whatever says so.
fn acting(model: &Model, cases: &[StopCase]) -> Vec<String> {
    let mut said: Vec<&[PartyId]> = Vec::new();
    for acts in cases.iter().map(StopCase::acts) {
        if !said.contains(&acts) {
            said.push(acts);
        }
    }
    let line = |acts: &[PartyId]| {
        let whens = cases.iter().filter(|case| case.acts() == acts).map(|case| &case.when);
        let names = acts.iter().map(|id| party(model, *id)).collect::<Vec<_>>().join(", ");
        let words = if acts.is_empty() { "nobody acts".to_owned() } else { format!("{}: {names}", Letter::Responsible.as_str()) };
        format!("{words}{}", when(model, &together(model, whens)))
    };
    said.into_iter().map(line).collect()
}

/// When one of these cases holds; of a case that always does there is no other.
fn together<'c>(model: &Model, whens: impl Iterator<Item = &'c When>) -> When {
    tidy(model, &whens.flatten().cloned().collect()).unwrap_or_default()
}

fn letters(letters: &[Letter]) -> String {
    let words: Vec<&str> = letters.iter().map(|letter| letter.as_str()).collect();
    if words.is_empty() { "holds nothing".to_owned() } else { format!("holds {}", words.join(", ")) }
}

fn when(model: &Model, when: &When) -> String {
    if when.is_empty() { String::new() } else { format!(" when {}", alternatives(model, when)) }
}
