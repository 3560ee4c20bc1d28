//! The paths through a list of steps each of which says what may follow it. petgraph finds what lies on every one.

use std::collections::HashSet;

use petgraph::algo::dominators::simple_fast;
use petgraph::graphmap::DiGraphMap;

/// So many paths are listed, and so many turns are tried to find them: there may be more than anybody could read.
const LISTED: usize = 100;
const TRIED: usize = 20_000;

/// Every path round that passes no step twice, from its first step on; and whether these are all.
pub(crate) fn loops(next: &[&[usize]]) -> (Vec<Vec<usize>>, bool) {
    let mut all = Vec::new();
    let mut complete = true;
    for start in 0..next.len() {
        // Each is found once: from the first of its steps, through later ones only.
        let (found, every) =
            walk(next, start, |step| step >= start, |path, follower| follower == start && path.len() <= next.len());
        complete &= every;
        all.extend(found);
        if all.len() >= LISTED {
            complete &= all.len() == LISTED && start + 1 == next.len();
            all.truncate(LISTED);
            return (all, complete);
        }
    }
    (all, complete)
}

/// Every path from a step to one that nothing follows, which passes no step twice, the shortest first; and whether these
/// are all.
pub(crate) fn paths(next: &[&[usize]], start: usize) -> (Vec<Vec<usize>>, bool) {
    if next.get(start).is_some_and(|followers| followers.is_empty()) {
        return (vec![vec![start]], true);
    }
    let is_last = |step: usize| next.get(step).is_some_and(|followers| followers.is_empty());
    let (found, complete) = walk(next, start, |_| true, |_, follower| is_last(follower));
    let mut found: Vec<Vec<usize>> = found;
    found.sort_by_key(Vec::len);
    (found, complete)
}

/// The steps on every path from the first to one that nothing follows; none where no path ends.
pub(crate) fn on_every_path(next: &[&[usize]]) -> Vec<usize> {
    let end = next.len();
    let mut graph: DiGraphMap<usize, ()> = DiGraphMap::new();
    graph.add_node(0);
    for (step, followers) in next.iter().enumerate() {
        for follower in *followers {
            graph.add_edge(step, *follower, ());
        }
        if followers.is_empty() {
            graph.add_edge(step, end, ());
        }
    }
    let dominators = simple_fast(&graph, 0);
    let mut steps: Vec<usize> = dominators.strict_dominators(end).into_iter().flatten().collect();
    steps.sort_unstable();
    steps
}

/// The paths from a step over others that are allowed, each ended by a step that `ends` it. The last step is part of the
/// path, unless it is the first one again.
fn walk(
    next: &[&[usize]],
    start: usize,
    allowed: impl Fn(usize) -> bool,
    ends: impl Fn(&[usize], usize) -> bool,
) -> (Vec<Vec<usize>>, bool) {
    let mut found = Vec::new();
    let mut path = vec![start];
    let mut on_path = HashSet::from([start]);
    // For each step of the path, which of its followers comes next.
    let mut turns = vec![0];
    let mut tried = 0;
    while let (Some(step), Some(turn)) = (path.last().copied(), turns.last_mut()) {
        let follower = next.get(step).and_then(|followers| followers.get(*turn)).copied();
        *turn += 1;
        tried += 1;
        if tried > TRIED {
            return (found, false);
        }
        let Some(follower) = follower else {
            on_path.remove(&step);
            path.pop();
            turns.pop();
            continue;
        };
        if ends(&path, follower) {
            if found.len() == LISTED {
                return (found, false);
            }
            let end = (follower != start).then_some(follower);
            found.push(path.iter().copied().chain(end).collect());
        } else if allowed(follower) && on_path.insert(follower) {
            path.push(follower);
            turns.push(0);
        }
    }
    (found, true)
}

#[cfg(test)]
mod tests {
    use super::{LISTED, loops, on_every_path, paths};

    #[test]
    fn every_path_is_found_once() {
        // 0 -> 1 -> 2 -> 3, back from 2 to 0 and 1, and 0 straight to 3.
        let next: [&[usize]; 4] = [&[1, 3], &[2], &[0, 1, 3], &[]];
        assert_eq!(loops(&next), (vec![vec![0, 1, 2], vec![1, 2]], true));
        assert_eq!(paths(&next, 0), (vec![vec![0, 3], vec![0, 1, 2, 3]], true));
        assert_eq!(on_every_path(&next), [0, 3]);
        assert_eq!(paths(&[&[0]], 0), (Vec::new(), true));
        assert_eq!(loops(&[&[0]]), (vec![vec![0]], true));
        assert_eq!(paths(&[&[]], 0), (vec![vec![0]], true));
        assert!(on_every_path(&[&[0]]).is_empty());
        assert!(on_every_path(&[]).is_empty());
    }

    #[test]
    fn more_than_can_be_listed_is_said() {
        let every: Vec<usize> = (0..40).collect();
        let mut next = vec![every.as_slice(); 39];
        next.push(&[]);
        assert_eq!((paths(&next, 0).0.len(), paths(&next, 0).1), (LISTED, false));
        assert_eq!((loops(&next).0.len(), loops(&next).1), (LISTED, false));
        // Each step alone is few; all together are more.
        let alone: Vec<[usize; 1]> = (0..=LISTED).map(|step| [step]).collect();
        let next: Vec<&[usize]> = alone.iter().map(<[usize; 1]>::as_slice).collect();
        assert_eq!((loops(&next).0.len(), loops(&next).1), (LISTED, false));
        let just = next.get(..LISTED).unwrap_or_default();
        assert_eq!((loops(just).0.len(), loops(just).1), (LISTED, true));
    }
}
