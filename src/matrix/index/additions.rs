//! The rows of what adds: nothing overrides an addition, so a row holds those of its task and of all tasks above together.

use hashbrown::HashMap;

use super::builder::Builder;
use super::placed::{Node, Placed, nodes, of_task};
use super::ranges::sweep;
use super::row::{Five, Row};
use super::rules::Rule;
use super::value::Value;
use super::values::{From, entries_of};
use crate::model::{Handle, Model};

/// Which additions apply from a component on.
type Steps = Vec<(u32, Vec<Rule>)>;

/// For each task its row; none where there is more than there is room for.
pub(super) fn rows(model: &Model, builder: &mut Builder, mut placed: &[Placed]) -> Option<Vec<Row>> {
    let mut rows: Vec<Row> = Vec::with_capacity(model.tasks.len());
    // Of tasks with additions of their own; of another those of the task above apply.
    let mut applying: HashMap<usize, [Steps; 5]> = HashMap::new();
    let mut nearest: Vec<usize> = Vec::with_capacity(model.tasks.len());
    for (id, task) in model.tasks.iter() {
        let own = of_task(&mut placed, id.place());
        let above = task.parent.and_then(|parent| nearest.get(parent.place()).copied());
        if (0..5).all(|letter| own(letter).is_empty()) {
            nearest.push(above.unwrap_or(id.place()));
            rows.push(above.and_then(|above| rows.get(above).copied()).unwrap_or_default());
            continue;
        }
        let mut five = Five::default();
        let mut here: [Steps; 5] = std::array::from_fn(|_| vec![(0, Vec::new())]);
        for (letter, (steps, entries)) in here.iter_mut().zip(&mut five).enumerate() {
            if let Some(above) = above.and_then(|above| applying.get(&above)?.get(letter)) {
                steps.clone_from(above);
            }
            if !own(letter).is_empty() {
                let nodes = nodes(builder, own(letter), true)?;
                *steps = joined(steps, &nodes, builder.ranges.len());
            }
            builder.take(steps.iter().map(|(_, items)| items.len()).sum())?;
            *entries = entries_of(values(builder, steps)?, builder.ranges.len());
            entries.retain(|entry| entry.value != Value::SILENT);
        }
        rows.push(builder.row(&five)?);
        nearest.push(id.place());
        applying.insert(id.place(), here);
    }
    Some(rows)
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

fn values(builder: &mut Builder, steps: &Steps) -> Option<Vec<From>> {
    let value = |(from, items): &(u32, Vec<Rule>)| {
        let rules = builder.together(items)?;
        Some((*from, builder.value(&rules, Value::SILENT)?))
    };
    steps.iter().map(value).collect()
}
