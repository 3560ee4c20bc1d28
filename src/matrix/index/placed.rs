//! Clauses in the order in which they decide: by task, letter and component, then from narrow to wide and from the last layer to the first.

use std::cmp::Reverse;

use super::masks::Masks;
use super::ranges::Ranges;
use super::rules::together;
use super::values::Values;
use crate::model::{Handle, Model};

/// One letter of a clause at one task and one component.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    task: u32,
    letter: u8,
    from: u32,
    until: u32,
    narrowness: u64,
    layer: u32,
    mask: u32,
    value: u32,
}

/// All that is placed at one component for one letter of one task, as rules of which the first that holds decides.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) from: u32,
    pub(super) until: u32,
    /// Masks, and the values that they give the letter to.
    pub(super) rules: Vec<(u32, u32)>,
}

impl Node {
    pub(super) fn range(&self) -> (u32, u32) {
        (self.from, self.until)
    }
}

/// The clauses that set, or those that add; none where they stand at more places than is sensible to list.
pub(super) fn placed(model: &Model, ranges: &Ranges, masks: &mut Masks, values: &mut Values, adds: bool) -> Option<Vec<Placed>> {
    let mut placed = Vec::new();
    let mut written = 0;
    for (_, assignment) in model.assignments() {
        let clauses = assignment.clauses.iter().filter(|clause| clause.adds == adds);
        let letters: usize = clauses.clone().map(|clause| clause.letters.len()).sum();
        if letters == 0 {
            continue;
        }
        written += assignment.tasks.len() + assignment.components.len() + letters;
        let places = assignment.tasks.len().saturating_mul(assignment.components.len()).saturating_mul(letters);
        if placed.len().saturating_add(places) > sensible(written) {
            return None;
        }
        let mask = masks.of(&assignment.when);
        for clause in clauses {
            let value = values.of(&clause.parties);
            for task in &assignment.tasks {
                for component in &assignment.components {
                    let (from, until) = ranges.of(*component);
                    let here = |letter: u8| Placed {
                        task: u32::try_from(task.place()).unwrap_or(u32::MAX),
                        letter,
                        from,
                        until,
                        narrowness: assignment.when.combinations(),
                        layer: assignment.layer,
                        mask,
                        value,
                    };
                    placed.extend(clause.letters.iter().map(|letter| here(u8::try_from(letter.index()).unwrap_or(0))));
                }
            }
        }
    }
    placed.sort_unstable_by_key(Placed::order);
    Some(placed)
}

/// How much an index may hold for so much that is written. A few assignments that list many tasks and many components each
/// stand at more places than anyone writes by hand.
pub(super) fn sensible(written: usize) -> usize {
    (1 << 20) + written.saturating_mul(64)
}

impl Placed {
    fn order(&self) -> impl Ord + use<> {
        (self.task, self.letter, self.from, self.narrowness, Reverse(self.layer), self.mask, self.value)
    }
}

/// What is placed at a task: the first of a list that is in order.
pub(super) fn of_task<'p>(placed: &mut &'p [Placed], task: usize) -> impl Fn(usize) -> &'p [Placed] + use<'p> {
    let count = placed.partition_point(|one| one.task as usize <= task);
    let (here, rest) = placed.split_at(count);
    *placed = rest;
    move |letter| {
        let from = here.partition_point(|one| usize::from(one.letter) < letter);
        let until = here.partition_point(|one| usize::from(one.letter) <= letter);
        here.get(from..until).unwrap_or_default()
    }
}

/// What is placed for a letter of a task, by component; none where its conditions can hold together in too many ways.
pub(super) fn nodes(masks: &mut Masks, values: &mut Values, here: &[Placed], adds: bool) -> Option<Vec<Node>> {
    let mut nodes = Vec::new();
    for group in here.chunk_by(|one, other| one.from == other.from) {
        let mut rules = Vec::new();
        // What adds does so whatever its rank; of what sets, only equals act together.
        for equals in group.chunk_by(|one, other| adds || (one.narrowness, one.layer) == (other.narrowness, other.layer)) {
            let items: Vec<(u32, u32)> = equals.iter().map(|one| (one.mask, one.value)).collect();
            if adds {
                rules.extend(items);
                continue;
            }
            if let [item] = items.as_slice() {
                rules.push(*item);
                continue;
            }
            rules.extend(together(masks, &items)?.into_iter().map(|(mask, alike)| (mask, values.union(&alike))));
        }
        let (from, until) = group.first().map(|one| (one.from, one.until))?;
        nodes.push(Node { from, until, rules });
    }
    Some(nodes)
}
