//! A graph that goes downwards, in layers: each step beneath all that lead to it, and between steps the ways of the edges
//! that pass a layer, in an order with few crossings.

use super::Edge;

/// So often the order of the layers is looked at again.
const LOOKS: usize = 12;

/// The steps of a graph and the ways between them.
pub(super) struct Layers {
    /// From left to right, the slots of each layer: a step by its place, or a way through by a place beyond the steps.
    pub(super) rows: Vec<Vec<usize>>,
    /// What each slot hangs on in the layer above, and what hangs on it in the layer below.
    pub(super) above: Vec<Vec<usize>>,
    pub(super) below: Vec<Vec<usize>>,
    /// Of each edge the slots from the upper step to the lower; none of an edge from a step to itself.
    pub(super) chains: Vec<Vec<usize>>,
    /// Whether each edge goes back upwards.
    pub(super) back: Vec<bool>,
}

impl Layers {
    pub(super) fn new(steps: usize, edges: &[Edge]) -> Self {
        let (back, layers) = layered(steps, edges);
        let layer = |step: usize| layers.get(step).copied().unwrap_or(0);
        let mut rows: Vec<Vec<usize>> = vec![Vec::new(); layers.iter().max().map_or(0, |deepest| deepest + 1)];
        for (step, layer) in layers.iter().enumerate() {
            rows.get_mut(*layer).into_iter().for_each(|row| row.push(step));
        }
        let mut slots = steps;
        let chain = |(edge, back): (&Edge, &bool)| {
            let (upper, lower) = if *back { (edge.to, edge.from) } else { (edge.from, edge.to) };
            let mut chain = vec![upper];
            for row in rows.iter_mut().take(layer(lower)).skip(layer(upper) + 1) {
                row.push(slots);
                chain.push(slots);
                slots += 1;
            }
            chain.push(lower);
            if upper == lower { Vec::new() } else { chain }
        };
        let chains: Vec<Vec<usize>> = edges.iter().zip(&back).map(chain).collect();
        let (mut above, mut below) = (vec![Vec::new(); slots], vec![Vec::new(); slots]);
        for (upper, lower) in chains.iter().flat_map(|chain| chain.iter().zip(chain.iter().skip(1))) {
            below.get_mut(*upper).into_iter().for_each(|all| all.push(*lower));
            above.get_mut(*lower).into_iter().for_each(|all| all.push(*upper));
        }
        let mut layers = Self { rows, above, below, chains, back };
        layers.order();
        layers
    }

    /// Puts each slot near what it hangs on, and keeps the order with the fewest crossings that was met.
    fn order(&mut self) {
        let mut best = (self.crossings(), self.rows.clone());
        for look in 0..LOOKS {
            if best.0 == 0 {
                break;
            }
            let down = look % 2 == 0;
            let mut places = self.places();
            let mut rows = std::mem::take(&mut self.rows);
            let nearest = |row: &mut Vec<usize>| {
                let others = if down { &self.above } else { &self.below };
                let wanted = |slot: &usize| {
                    let of = others.get(*slot).into_iter().flatten().filter_map(|other| places.get(*other).copied());
                    mean(of).unwrap_or_else(|| places.get(*slot).copied().unwrap_or_default())
                };
                row.sort_by(|one, other| wanted(one).total_cmp(&wanted(other)));
                for (slot, place) in row.iter().zip((0_u32..).map(f64::from)) {
                    places.get_mut(*slot).into_iter().for_each(|known| *known = place);
                }
            };
            if down {
                rows.iter_mut().for_each(nearest);
            } else {
                rows.iter_mut().rev().for_each(nearest);
            }
            self.rows = rows;
            let crossings = self.crossings();
            if crossings < best.0 {
                best = (crossings, self.rows.clone());
            }
        }
        self.rows = best.1;
    }

    /// The place of each slot in its row.
    fn places(&self) -> Vec<f64> {
        let mut places = vec![0.0; self.above.len()];
        for (slot, place) in self.rows.iter().flat_map(|row| row.iter().zip((0_u32..).map(f64::from))) {
            places.get_mut(*slot).into_iter().for_each(|known| *known = place);
        }
        places
    }

    fn crossings(&self) -> usize {
        let places = self.places();
        let place = |slot: usize| places.get(slot).copied().unwrap_or_default();
        let between = |row: &Vec<usize>| {
            let below = |upper: &usize| {
                self.below.get(*upper).into_iter().flatten().map(|lower| (place(*upper), place(*lower))).collect::<Vec<_>>()
            };
            let links: Vec<(f64, f64)> = row.iter().flat_map(below).collect();
            let crossed = |(nth, one): (usize, &(f64, f64))| {
                links.iter().skip(nth + 1).filter(|other| (one.0 - other.0) * (one.1 - other.1) < 0.0).count()
            };
            links.iter().enumerate().map(crossed).sum::<usize>()
        };
        self.rows.iter().map(between).sum()
    }
}

/// Which edges go back to a step that led to theirs, and the layer of each step: one more than the deepest that leads to it.
fn layered(steps: usize, edges: &[Edge]) -> (Vec<bool>, Vec<usize>) {
    let mut next: Vec<Vec<(usize, usize)>> = vec![Vec::new(); steps];
    for (nth, edge) in edges.iter().enumerate() {
        next.get_mut(edge.from).into_iter().for_each(|all| all.push((nth, edge.to)));
    }
    // A step is seen once; while what follows it is looked at, it is open.
    let (mut seen, mut open, mut back) = (vec![false; steps], vec![false; steps], vec![false; edges.len()]);
    let set = |all: &mut Vec<bool>, nth: usize, to: bool| all.get_mut(nth).is_some_and(|each| std::mem::replace(each, to));
    let mut finished = Vec::new();
    for first in 0..steps {
        let mut path = if set(&mut seen, first, true) { Vec::new() } else { vec![(first, 0)] };
        while let Some((step, nth)) = path.pop() {
            set(&mut open, step, true);
            match next.get(step).and_then(|all| all.get(nth)) {
                None => {
                    set(&mut open, step, false);
                    finished.push(step);
                }
                Some((edge, to)) => {
                    path.push((step, nth + 1));
                    if open.get(*to) == Some(&true) {
                        set(&mut back, *edge, true);
                    } else if !set(&mut seen, *to, true) {
                        path.push((*to, 0));
                    }
                }
            }
        }
    }
    let mut layers = vec![0; steps];
    for step in finished.into_iter().rev() {
        let own = layers.get(step).copied().unwrap_or(0);
        for (edge, to) in next.get(step).into_iter().flatten() {
            if back.get(*edge) == Some(&false) {
                layers.get_mut(*to).into_iter().for_each(|layer| *layer = (*layer).max(own + 1));
            }
        }
    }
    (back, layers)
}

/// The mean of some numbers, of none none.
pub(super) fn mean(of: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = of.fold((0.0, 0.0), |(sum, count), each| (sum + each, count + 1.0));
    (count > 0.0).then(|| sum / count)
}
