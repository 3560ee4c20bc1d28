//! Membership as a graph: parties that contain themselves, found with petgraph.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use petgraph::algo::kosaraju_scc;
use petgraph::graphmap::DiGraphMap;

/// One way a party contains another, as places in the vocabulary.
pub(super) type Edge = (usize, usize);

/// Every circle of containment, each as the places in it, in the order in which they contain each other.
pub(super) fn circles(parties: usize, edges: &[Edge]) -> Vec<Vec<usize>> {
    let mut graph: DiGraphMap<usize, ()> = DiGraphMap::with_capacity(parties, edges.len());
    for party in 0..parties {
        graph.add_node(party);
    }
    for (container, part) in edges {
        graph.add_edge(*container, *part, ());
    }
    let round = |group: &Vec<usize>| group.len() > 1 || group.first().is_some_and(|party| graph.contains_edge(*party, *party));
    // Of petgraph's two this is the one without recursion: a chain of parties may be longer than the stack.
    kosaraju_scc(&graph).into_iter().filter(round).filter_map(|group| circle(&graph, &group)).collect()
}

/// One circle through the first-declared party of a group in which each reaches each.
fn circle(graph: &DiGraphMap<usize, ()>, group: &[usize]) -> Option<Vec<usize>> {
    let start = *group.iter().min()?;
    let group: HashSet<usize> = group.iter().copied().collect();
    let mut came_from: HashMap<usize, usize> = HashMap::new();
    let mut next = 0;
    let mut reached = vec![start];
    while let Some(party) = reached.get(next).copied() {
        next += 1;
        for part in graph.neighbors(party).filter(|part| group.contains(part)) {
            if part == start {
                let mut path = vec![party];
                while let Some(before) = path.last().and_then(|last| came_from.get(last)) {
                    path.push(*before);
                }
                path.reverse();
                return Some(path);
            }
            if let Entry::Vacant(first) = came_from.entry(part) {
                first.insert(party);
                reached.push(part);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::circles;

    #[test]
    fn a_circle_is_told_once_from_its_first_party() {
        assert_eq!(circles(5, &[(0, 1), (1, 2), (2, 0), (3, 4)]), [vec![0, 1, 2]]);
        assert_eq!(circles(2, &[(1, 1)]), [vec![1]]);
        assert!(circles(3, &[(0, 1), (0, 2), (1, 2)]).is_empty());
    }
}
