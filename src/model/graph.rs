//! Membership as a graph: parties that contain themselves, found with petgraph.

use petgraph::algo::tarjan_scc;
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
    tarjan_scc(&graph).into_iter().filter(round).filter_map(|group| circle(&graph, &group)).collect()
}

/// One circle through the first-declared party of a group in which each reaches each.
fn circle(graph: &DiGraphMap<usize, ()>, group: &[usize]) -> Option<Vec<usize>> {
    let start = *group.iter().min()?;
    let mut came_from: Vec<(usize, usize)> = Vec::new();
    let mut next = 0;
    let mut reached = vec![start];
    while let Some(party) = reached.get(next).copied() {
        next += 1;
        for part in graph.neighbors(party).filter(|part| group.contains(part)) {
            if part == start {
                let mut path = vec![party];
                while let Some((_, before)) = path.last().and_then(|last| came_from.iter().find(|(part, _)| part == last)) {
                    path.push(*before);
                }
                path.reverse();
                return Some(path);
            }
            if !reached.contains(&part) {
                reached.push(part);
                came_from.push((part, party));
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
