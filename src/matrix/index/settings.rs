//! The rows of what sets: of each task what stands at it itself, and a look-up goes on to the tasks above it; or also what is said above.

use std::rc::Rc;

use hashbrown::HashMap;

use super::builder::Builder;
use super::masks::Masks;
use super::placed::{Node, Placed, nodes, of_task};
use super::row::{Entry, Five};
use super::rules::Rule;
use super::standing::Standings;
use super::value::Value;
use crate::model::{Handle, Model, TaskId};

/// So many rules of one component are entries of their own; more are a list that is read elsewhere.
const FEW_RULES: usize = 8;

/// What is said above a task is said in its row too, where that is at most so many times as much as stands at the task itself. No row but
/// that has to be read then, and since tasks below it come to the same one, it is more often at hand.
const TAKEN_OVER: usize = 4;

/// Where there is so many times more above, it is not even looked at: that would be done for each of many tasks below one that says much.
const LOOKED_AT: usize = 8;

/// What stands at each task; none where there is more than there is room for.
pub(super) fn standings(model: &Model, builder: &mut Builder, mut placed: &[Placed]) -> Option<Standings> {
    let mut standings = Standings::with_capacity(model.tasks.len());
    // Of each task of which the row says all.
    let mut complete: HashMap<TaskId, Rc<Five>> = HashMap::new();
    let mut five = Five::default();
    for (id, task) in model.tasks.iter() {
        let own = of_task(&mut placed, id.place());
        for (letter, entries) in five.iter_mut().enumerate() {
            entries.clear();
            for node in nodes(builder, own(letter), false)? {
                settings(builder, &node, entries)?;
            }
        }
        let count = five.iter().map(Vec::len).sum();
        builder.take(count)?;
        let above = task.parent.map_or_else(|| Some(Rc::default()), |parent| complete.get(&parent).cloned());
        if count == 0 {
            standings.push(task.parent, None, &builder.ranges);
            complete.extend(above.map(|above| (id, above)));
            continue;
        }
        let is_complete = above.is_some_and(|above| !task.parts.is_empty() && take_over(&mut five, &above, count * TAKEN_OVER));
        let row = builder.rows.keep(&five, builder.ranges.len())?;
        standings.push(task.parent.filter(|_| !is_complete), Some((row, &five)), &builder.ranges);
        if is_complete {
            complete.insert(id, Rc::new(std::mem::take(&mut five)));
        }
    }
    Some(standings)
}

/// Puts what is said above before what stands at a task, but for what that hides; not where it is more than so much.
fn take_over(five: &mut Five, above: &Five, most: usize) -> bool {
    if above.iter().map(Vec::len).sum::<usize>() > most * LOOKED_AT {
        return false;
    }
    let mut seen = [const { Vec::new() }; 5];
    for ((seen, above), own) in seen.iter_mut().zip(above).zip(five.iter()) {
        let hidden = hidden(own);
        seen.extend(above.iter().filter(|entry| {
            let first = hidden.partition_point(|(_, until)| *until < entry.until);
            hidden.get(first).is_none_or(|(from, _)| *from > entry.from)
        }));
    }
    let is_little = seen.iter().map(Vec::len).sum::<usize>() <= most;
    if is_little {
        five.iter_mut().zip(seen).for_each(|(own, seen)| drop(own.splice(..0, seen)));
    }
    is_little
}

/// The ranges in which some entry holds whatever the context, in order and apart.
fn hidden(entries: &[Entry]) -> Vec<(u32, u32)> {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for entry in entries.iter().filter(|entry| entry.value.decides()) {
        match ranges.last_mut() {
            Some((_, until)) if entry.from <= *until => *until = entry.until.max(*until),
            _ => ranges.push((entry.from, entry.until)),
        }
    }
    ranges
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
