//! Steps of a flow, as a graph.

use crate::model::Flow;

/// The steps that a case at this step can come to, itself included, in order.
pub(super) fn reached_from(flow: &Flow, step: usize) -> Vec<usize> {
    let mut seen = vec![false; flow.steps.len()];
    let mut open = vec![step];
    while let Some(nth) = open.pop() {
        let Some(mark) = seen.get_mut(nth).filter(|mark| !**mark) else { continue };
        *mark = true;
        open.extend(flow.steps.get(nth).into_iter().flat_map(|step| &step.then));
    }
    seen.iter().enumerate().filter(|(_, seen)| **seen).map(|(nth, _)| nth).collect()
}
