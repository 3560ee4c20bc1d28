//! Where the slots of layers stand beside each other: as near as can be to what they hang on and to what hangs on them,
//! and never on each other.

use super::Edge;
use super::layers::{Layers, mean};

/// Between slots beside each other.
pub(super) const GAP: f64 = 26.0;
/// So far beside its step an edge to itself goes round.
pub(super) const ROUND: f64 = 34.0;
/// So often slots are put beneath what they hang on, and above what hangs on them.
const SWEEPS: usize = 12;

/// How much room a step takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    pub(super) wide: f64,
    pub(super) high: f64,
}

/// The middle of each slot: as near as can be to the middle of what it hangs on and what hangs on it.
pub(super) fn middles(layers: &Layers, sizes: &[Size], edges: &[Edge]) -> Vec<f64> {
    let round = |step: usize| edges.iter().any(|edge| edge.from == step && edge.to == step);
    let halves: Vec<f64> = (0..layers.above.len())
        .map(|slot| sizes.get(slot).map_or(0.0, |size| size.wide / 2.0 + if round(slot) { ROUND } else { 0.0 }))
        .collect();
    let half = |slot: &usize| halves.get(*slot).copied().unwrap_or_default();
    let mut middles = vec![0.0; layers.above.len()];
    for sweep in 0..SWEEPS {
        let others = if sweep % 2 == 0 { &layers.above } else { &layers.below };
        let mut settle = |row: &Vec<usize>| {
            let middle = |slot: &usize| middles.get(*slot).copied().unwrap_or_default();
            let near = |slot: &usize| mean(others.get(*slot).into_iter().flatten().map(middle)).unwrap_or_else(|| middle(slot));
            let wanted: Vec<(f64, f64)> = row.iter().map(|slot| (near(slot), half(slot))).collect();
            for (slot, middle) in row.iter().zip(apart(&wanted)) {
                middles.get_mut(*slot).into_iter().for_each(|known| *known = middle);
            }
        };
        if sweep % 2 == 0 { layers.rows.iter().for_each(&mut settle) } else { layers.rows.iter().rev().for_each(&mut settle) }
    }
    middles
}

/// Middles as near as can be to those wanted, in this order, for things that reach so far to both sides.
fn apart(wanted: &[(f64, f64)]) -> Vec<f64> {
    // Without the room that each takes, what is left to settle is an order: neighbours that are out of it share their mean.
    let mut offsets = Vec::new();
    let mut offset = 0.0;
    let mut shared: Vec<(f64, usize)> = Vec::new();
    let mean = |(sum, count): (f64, usize)| sum / number(count);
    for (middle, half) in wanted {
        offset += half;
        offsets.push(offset);
        shared.push((middle - offset, 1));
        offset += half + GAP;
        while let [.., before, last] = shared.as_mut_slice() {
            if mean(*before) <= mean(*last) {
                break;
            }
            *before = (before.0 + last.0, before.1 + last.1);
            shared.pop();
        }
    }
    let settled = shared.into_iter().flat_map(|both| std::iter::repeat_n(mean(both), both.1));
    settled.zip(offsets).map(|(place, offset)| place + offset).collect()
}

pub(super) fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
