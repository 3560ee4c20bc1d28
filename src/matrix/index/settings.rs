//! The rows of what sets: of each task what stands at it itself; a look-up goes on to the tasks above it.

use super::builder::Builder;
use super::masks::Masks;
use super::placed::{Node, Placed, nodes, of_task};
use super::row::{Entry, Five};
use super::rules::Rule;
use super::standing::Standings;
use super::value::Value;
use crate::model::{Handle, Model};

/// So many rules of one component are entries of their own; more are a list that is read elsewhere.
const FEW_RULES: usize = 8;

/// What stands at each task; none where there is more than there is room for.
pub(super) fn standings(model: &Model, builder: &mut Builder, mut placed: &[Placed]) -> Option<Standings> {
    let mut standings = Standings::with_capacity(model.tasks.len());
    let mut five = Five::default();
    for (id, task) in model.tasks.iter() {
        let own = of_task(&mut placed, id.place());
        for (letter, entries) in five.iter_mut().enumerate() {
            entries.clear();
            for node in nodes(builder, own(letter), false)? {
                settings(builder, &node, entries)?;
            }
        }
        let row = if five.iter().all(Vec::is_empty) { None } else { Some(builder.row(&five)?) };
        standings.push(task.parent, row.map(|row| (row, &five)), &builder.ranges);
    }
    Some(standings)
}

/// The settings of one component, the one that decides first as the last of the entries.
fn settings(builder: &mut Builder, node: &Node, entries: &mut Vec<Entry>) -> Option<()> {
    let values: Option<Vec<Value>> = node.rules.iter().rev().map(|rule| under(builder, rule)).collect();
    let values = match values {
        Some(values) if values.len() <= FEW_RULES => values,
        _ => vec![builder.value(&node.rules, Value::SILENT)?],
    };
    for value in values {
        match entries.last_mut() {
            // Neighbours of which the same is said are one range.
            Some(last) if last.until == node.from && last.value == value => last.until = node.until,
            _ => entries.push(Entry { from: node.from, until: node.until, value }),
        }
    }
    Some(())
}

/// A rule as one value, if there is room for its condition.
fn under(builder: &mut Builder, (mask, value): &Rule) -> Option<Value> {
    if *mask == Masks::ALWAYS { Some(*value) } else { value.under(*mask).or_else(|| builder.sets.apart(*value)?.under(*mask)) }
}
