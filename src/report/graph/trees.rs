//! Hierarchies as graphs: what parties, components and tasks are made of. A member that is declared elsewhere hangs on a
//! dashed edge.

use super::flows::named;
use super::{Edge, Graph, Look, Node};
use crate::error::QueryError;
use crate::model::{About, ComponentId, Model, PartyId, TaskId, unknown};
use crate::policy::Policy;

/// The hierarchies of a model: of parties, of components, of tasks, as far as it has some. With a name, only what lies
/// beneath the entries of this id or alias.
///
/// ```
/// use rasci::Policy;
/// use rasci::report::graph::{mermaid, trees};
///
/// let policy = Policy::load("policies/anywherenow/operating-model-2.yaml")?;
/// let graphs = trees(&policy, Some("customer"))?;
/// assert!(mermaid(&graphs).contains("Helpdesk"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where no party, component or task is called so; the error names the nearest.
pub fn trees(policy: &Policy, name: Option<&str>) -> Result<Vec<Graph>, QueryError> {
    let model = policy.model();
    let same = |about: &About| name.is_none_or(|name| *about.id == *name || about.aliases.iter().any(|alias| **alias == *name));
    let parties = model.parties().filter(|(_, it)| same(&it.about) && (name.is_some() || it.parent.is_none()));
    let parties = parties.map(|(id, _)| id).collect();
    let components = model.components().filter(|(_, it)| same(&it.about) && top(name, it.parent == Some(ComponentId::SYSTEM)));
    let components = components.map(|(id, _)| id).collect();
    let tasks = model.tasks().filter(|(_, it)| same(&it.about) && top(name, it.parent == Some(TaskId::ALL)));
    let tasks = tasks.map(|(id, _)| id).collect();
    let graphs = [
        Growing::new("Parties").grow(parties, &|id: PartyId| &model.party(id).about, &|id| party_parts(model, id)),
        Growing::new("Components").grow(components, &|id| &model.component(id).about, &|id| {
            model.component(id).parts.iter().map(|part| (*part, false)).collect()
        }),
        Growing::new("Tasks")
            .grow(tasks, &|id| &model.task(id).about, &|id| model.task(id).parts.iter().map(|part| (*part, false)).collect()),
    ];
    let graphs: Vec<Graph> = graphs.into_iter().filter(|graph| !graph.nodes.is_empty()).collect();
    match name {
        Some(name) if graphs.is_empty() => Err(unknown("entry", name, model.about_all().map(|about| about.id.as_ref()))),
        _ => Ok(graphs),
    }
}

fn top(name: Option<&str>, first: bool) -> bool {
    name.is_some() || first
}

fn party_parts(model: &Model, id: PartyId) -> Vec<(PartyId, bool)> {
    let it = model.party(id);
    it.parts.iter().map(|part| (*part, false)).chain(it.members.iter().map(|member| (*member, true))).collect()
}

/// A graph that grows from its roots; an entry that is met again is a node again only where it is not one yet.
struct Growing {
    graph: Graph,
}

impl Growing {
    fn new(title: &str) -> Self {
        Self { graph: Graph { title: title.to_owned(), across: true, nodes: Vec::new(), edges: Vec::new() } }
    }

    fn grow<'m, I: Copy + PartialEq>(
        mut self,
        roots: Vec<I>,
        about: &dyn Fn(I) -> &'m About,
        parts: &dyn Fn(I) -> Vec<(I, bool)>,
    ) -> Graph {
        let mut known: Vec<I> = Vec::new();
        let mut open: Vec<I> = roots.into_iter().rev().collect();
        // Parts first, so that each stands beneath what it is a part of, and then the members.
        while let Some(id) = open.pop() {
            if !known.contains(&id) {
                known.push(id);
                open.extend(parts(id).into_iter().rev().filter(|(_, member)| !member).map(|(part, _)| part));
            }
        }
        for nth in 0.. {
            let Some(id) = known.get(nth).copied() else { break };
            let it = about(id);
            let lines = it.title.is_some().then(|| it.id.to_string()).into_iter().collect();
            self.graph.nodes.push(Node { title: named(it), lines, look: Look::Plain });
            for (part, member) in parts(id) {
                let to = known.iter().position(|other| *other == part).unwrap_or_else(|| {
                    known.push(part);
                    known.len() - 1
                });
                let label = if member { "member".to_owned() } else { String::new() };
                self.graph.edges.push(Edge { from: nth, to, label, dashed: member });
            }
        }
        self.graph
    }
}
