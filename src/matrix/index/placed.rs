//! Clauses in the order in which they decide: by task, letter and component, then from narrow to wide and from the last layer to the first.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::builder::Builder;
use super::rules::Rule;
use super::value::Value;
use crate::model::{Assignment, Handle, Model};
use crate::source::to_u32;

/// One letter of a clause at one task and one component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Placed {
    task: u32,
    letter: u8,
    from: u32,
    /// Narrow before wide, of equals the later layer first.
    rank: u32,
    mask: u32,
    value: Value,
}

/// All that is placed at one component for one letter of one task, as rules of which the first that holds decides.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) from: u32,
    pub(super) until: u32,
    pub(super) rules: Vec<Rule>,
}

impl Node {
    pub(super) fn range(&self) -> (u32, u32) {
        (self.from, self.until)
    }
}

/// The clauses that set, and those that add; none where they stand at more places than there is room for.
pub(super) fn placed(model: &Model, builder: &mut Builder) -> Option<[Vec<Placed>; 2]> {
    let rank = |assignment: &Assignment<'_>| (assignment.when.combinations(), Reverse(assignment.layer));
    let ranks: BTreeSet<_> = model.assignments().map(|(_, assignment)| rank(&assignment)).collect();
    let ranks: Vec<_> = ranks.into_iter().collect();
    let (mut set, mut added) = (Vec::with_capacity(model.assignments.len()), Vec::new());
    for (_, assignment) in model.assignments() {
        let letters: usize = assignment.clauses.iter().map(|clause| clause.letters.count()).sum();
        builder.take(assignment.tasks.len().saturating_mul(assignment.components.len()).saturating_mul(letters))?;
        let rank = to_u32(ranks.partition_point(|other| *other < rank(&assignment)));
        let mask = builder.masks.of(assignment.when);
        for clause in assignment.clauses.iter() {
            let value = builder.named(clause.parties)?;
            let placed = if clause.adds { &mut added } else { &mut set };
            for task in assignment.tasks.iter().map(|task| to_u32(task.place())) {
                for from in assignment.components.iter().map(|component| builder.ranges.at(*component).component) {
                    let letters = clause.letters.iter().map(|letter| letter as u8);
                    placed.extend(letters.map(|letter| Placed { task, letter, from, rank, mask, value }));
                }
            }
        }
    }
    set.sort_unstable();
    added.sort_unstable();
    Some([set, added])
}

/// What is placed at a task: the first of a list that is in order.
pub(super) fn of_task<'p>(placed: &mut &'p [Placed], task: usize) -> impl Fn(usize) -> &'p [Placed] + use<'p> {
    let count = placed.iter().take_while(|one| one.task as usize <= task).count();
    let (here, rest) = placed.split_at(count);
    *placed = rest;
    move |letter| {
        let from = here.partition_point(|one| usize::from(one.letter) < letter);
        let until = here.partition_point(|one| usize::from(one.letter) <= letter);
        here.get(from..until).unwrap_or_default()
    }
}

/// What is placed for a letter of a task, by component; none where there is more than can be told apart.
pub(super) fn nodes(builder: &mut Builder, here: &[Placed], adds: bool) -> Option<Vec<Node>> {
    let mut nodes = Vec::new();
    for group in here.chunk_by(|one, other| one.from == other.from) {
        let mut rules = Vec::new();
        // What adds does so whatever its rank; of what sets, only equals act together.
        for equals in group.chunk_by(|one, other| adds || one.rank == other.rank) {
            let items: Vec<Rule> = equals.iter().map(|one| (one.mask, one.value)).collect();
            if adds {
                rules.extend(items);
                continue;
            }
            if let [item] = items.as_slice() {
                rules.push(*item);
                continue;
            }
            rules.extend(builder.together(&items)?);
        }
        let from = group.first().map_or(0, |one| one.from);
        nodes.push(Node { from, until: builder.ranges.until(from), rules });
    }
    Some(nodes)
}
