//! The lines of what adds: nothing overrides an addition, so a line holds those of its task and of all tasks above together.

use super::builder::{Builder, Lines};
use super::code::Code;
use super::line::From;
use super::placed::{Node, Placed, nodes, of_task};
use super::ranges::sweep;
use super::rules::together;
use crate::document::Letter;
use crate::model::{Handle, Model};

/// Which additions apply from a component on: masks and values.
type Steps = Vec<(u32, Vec<(u32, u32)>)>;

/// The lines of every task.
pub(super) fn lines(model: &Model, builder: &mut Builder, mut placed: &[Placed]) -> Option<Lines> {
    let mut lines = Lines::default();
    let mut applying: Vec<[Steps; 5]> = Vec::new();
    for (id, task) in model.tasks.iter() {
        let own = of_task(&mut placed, id.place());
        let above = task.parent.and_then(|parent| lines.base.get(parent.place()).copied());
        if let Some(above) = above.filter(|_| (0..Letter::ALL.len()).all(|letter| own(letter).is_empty())) {
            lines.base.push(above);
            continue;
        }
        let base = u32::try_from(lines.lines.len()).ok()?;
        let mut here: [Steps; 5] = std::array::from_fn(|_| vec![(0, Vec::new())]);
        for (letter, steps) in here.iter_mut().enumerate() {
            let above = above.and_then(|above| applying.get(above as usize / Letter::ALL.len())?.get(letter));
            if let Some(above) = above {
                steps.clone_from(above);
            }
            if !own(letter).is_empty() {
                let nodes = nodes(builder, own(letter), true);
                *steps = joined(steps, &nodes, builder.ranges.len());
            }
            builder.take(steps.iter().map(|(_, items)| items.len()).sum())?;
            let codes = codes(builder, steps)?;
            lines.lines.push(builder.line(codes)?);
        }
        applying.push(here);
        lines.base.push(base);
    }
    Some(lines)
}

/// What applies above, and what stands at the task itself.
fn joined(above: &Steps, nodes: &[Node], end: u32) -> Steps {
    let mut steps: Steps = Vec::new();
    sweep(nodes, Node::range, end, |from, until, within| {
        let own = || within.iter().flat_map(|node| node.rules.iter().copied());
        let first = above.partition_point(|(begin, _)| *begin <= from).saturating_sub(1);
        let rest = above.get(first..).unwrap_or_default().iter().take_while(|(begin, _)| *begin < until);
        for (begin, items) in rest {
            let mut items: Vec<(u32, u32)> = items.iter().copied().chain(own()).collect();
            items.sort_unstable();
            items.dedup();
            steps.push(((*begin).max(from), items));
        }
    });
    steps
}

fn codes(builder: &mut Builder, steps: &Steps) -> Option<Vec<From>> {
    let mut codes = Vec::new();
    let ends = steps.iter().skip(1).map(|(from, _)| *from).chain([builder.ranges.len()]);
    for ((from, items), until) in steps.iter().zip(ends) {
        if items.is_empty() {
            codes.push((*from, Code::SILENT));
            continue;
        }
        let ways = together(&mut builder.masks, items);
        let rules: Vec<(u32, u32)> = ways.into_iter().map(|(mask, values)| (mask, builder.values.union(&values))).collect();
        let mut cuts: Vec<u32> = rules.iter().flat_map(|(_, value)| builder.values.cuts(*value, *from, until)).collect();
        cuts.push(*from);
        cuts.sort_unstable();
        cuts.dedup();
        for cut in cuts {
            codes.push((cut, builder.code(&rules, cut, Code::SILENT)?));
        }
    }
    Some(codes)
}
