//! petgraph: tasks, components and parties are nodes, and a question is a walk upwards that looks at the edges of each task.

use petgraph::graph::{DiGraph, NodeIndex};

use super::{Party, Peer};
use crate::facts::{Ask, Facts};

enum Edge {
    /// To the place above.
    PartOf,
    /// From a task to a party that holds the letter at the component.
    Holds { letter: usize, component: NodeIndex },
}

pub struct Petgraph<'f> {
    graph: DiGraph<(), Edge>,
    tasks: Vec<NodeIndex>,
    components: Vec<NodeIndex>,
    parties: Vec<NodeIndex>,
    first_party: usize,
    asks: &'f [Ask],
}

impl<'f> Petgraph<'f> {
    pub fn new(facts: &Facts, asks: &'f [Ask]) -> Self {
        let mut graph = DiGraph::new();
        let mut nodes = |count: usize| (0..count).map(|_| graph.add_node(())).collect::<Vec<_>>();
        let (tasks, components) = (nodes(facts.tasks.names.len()), nodes(facts.components.names.len()));
        let parties = nodes(facts.parties.len());
        for (tree, nodes) in [(&facts.tasks, &tasks), (&facts.components, &components)] {
            for place in 0..nodes.len() {
                if let Some(above) = tree.path(place).nth(1) {
                    graph.add_edge(nodes[place], nodes[above], Edge::PartOf);
                }
            }
        }
        for said in &facts.said {
            for party in &said.parties {
                let holds = Edge::Holds { letter: said.letter, component: components[said.component] };
                graph.add_edge(tasks[said.task], parties[*party], holds);
            }
        }
        Self { graph, first_party: tasks.len() + components.len(), tasks, components, parties, asks }
    }

    fn above(&self, place: NodeIndex) -> Option<NodeIndex> {
        use petgraph::visit::EdgeRef;
        self.graph.edges(place).find(|edge| matches!(edge.weight(), Edge::PartOf)).map(|edge| edge.target())
    }

    fn holders(&self, ask: &Ask, mut see: impl FnMut(NodeIndex)) {
        use petgraph::visit::EdgeRef;
        let mut path = [NodeIndex::end(); 8];
        let upwards = std::iter::successors(Some(self.components[ask.component]), |place| self.above(*place));
        path.iter_mut().zip(upwards).for_each(|(place, component)| *place = component);
        let mut task = Some(self.tasks[ask.task]);
        while let Some(here) = task {
            // How near the component of an edge is, if it counts.
            let near = |edge: &Edge| match edge {
                Edge::Holds { letter, component } if *letter == ask.letter => path.iter().position(|place| place == component),
                _ => None,
            };
            if let Some(nearest) = self.graph.edges(here).filter_map(|edge| near(edge.weight())).min() {
                let deciding = self.graph.edges(here).filter(|edge| near(edge.weight()) == Some(nearest));
                return deciding.for_each(|edge| see(edge.target()));
            }
            task = self.above(here);
        }
    }
}

impl Peer for Petgraph<'_> {
    fn who(&mut self, nth: usize, mut see: impl FnMut(Party<'_>)) {
        self.holders(&self.asks[nth], |party| see(Party::Number(party.index() - self.first_party)));
    }

    fn holds(&mut self, nth: usize) -> bool {
        let ask = &self.asks[nth];
        let (asked, mut found) = (self.parties[ask.party], false);
        self.holders(ask, |party| found |= party == asked);
        found
    }
}
