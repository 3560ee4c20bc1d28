//! The lines of what adds: nothing overrides an addition, so a line holds those of its task and of all tasks above together.

use hashbrown::HashMap;

use super::builder::Builder;
use super::code::Code;
use super::line::{From, Line};
use super::placed::{Node, Placed, nodes, of_task};
use super::ranges::sweep;
use super::rules::Rule;
use crate::document::Letter;
use crate::model::{Handle, Model};
use crate::source::to_u32;

/// Which additions apply from a component on.
type Steps = Vec<(u32, Vec<Rule>)>;

/// For each task where its five lines begin.
pub(super) fn lines(model: &Model, builder: &mut Builder, mut placed: &[Placed]) -> Option<Vec<u32>> {
    let mut bases: Vec<u32> = Vec::with_capacity(model.tasks.len());
    // By base, while lines are made.
    let mut applying: HashMap<u32, [Steps; 5]> = HashMap::new();
    for (id, task) in model.tasks.iter() {
        let own = of_task(&mut placed, id.place());
        let above = task.parent.and_then(|parent| bases.get(parent.place()).copied());
        if let Some(above) = above.filter(|_| (0..Letter::ALL.len()).all(|letter| own(letter).is_empty())) {
            bases.push(above);
            continue;
        }
        let mut five = [Line::constant(Code::SILENT); 5];
        let mut here: [Steps; 5] = std::array::from_fn(|_| vec![(0, Vec::new())]);
        for (letter, (steps, line)) in here.iter_mut().zip(&mut five).enumerate() {
            let above = above.and_then(|above| applying.get(&above)?.get(letter));
            if let Some(above) = above {
                steps.clone_from(above);
            }
            if !own(letter).is_empty() {
                let nodes = nodes(builder, own(letter), true)?;
                *steps = joined(steps, &nodes, builder.ranges.len());
            }
            builder.take(steps.iter().map(|(_, items)| items.len()).sum())?;
            let codes = codes(builder, steps)?;
            *line = builder.line(codes)?;
        }
        let base = to_u32(builder.lines.len());
        builder.lines.extend(five);
        applying.insert(base, here);
        bases.push(base);
    }
    Some(bases)
}

/// What applies above, and what stands at the task itself.
fn joined(above: &Steps, nodes: &[Node], end: u32) -> Steps {
    let mut steps: Steps = Vec::new();
    sweep(nodes, Node::range, end, |from, until, within| {
        let own = || within.iter().flat_map(|node| node.rules.iter().copied());
        let first = above.partition_point(|(begin, _)| *begin <= from).saturating_sub(1);
        let rest = above.get(first..).unwrap_or_default().iter().take_while(|(begin, _)| *begin < until);
        for (begin, items) in rest {
            let mut items: Vec<Rule> = items.iter().copied().chain(own()).collect();
            items.sort_unstable();
            items.dedup();
            steps.push(((*begin).max(from), items));
        }
    });
    steps
}

fn codes(builder: &mut Builder, steps: &Steps) -> Option<Vec<From>> {
    let code = |(from, items): &(u32, Vec<Rule>)| {
        let rules = builder.together(items)?;
        Some((*from, builder.code(&rules, Code::SILENT)?))
    };
    steps.iter().map(code).collect()
}
