//! Every assignment at every place it names, in rank order: what stands where, and what a place says in a few bits.
//!
//! An assignment that lists several tasks and components stands for one at each pair. The nearest of them outranks the
//! others wherever both apply, so each pair is a setting or an addition by itself.

use std::cmp::Reverse;
use std::ops::Range;

use super::look::bit;
use crate::matrix::Cell;
use crate::model::{Assignment, AssignmentId, Clause, ComponentId, Handle, Model, PartyRef, TaskId};

/// An assignment at a place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stand {
    pub(super) id: AssignmentId,
    /// The letters it sets and those it adds to, a bit for each.
    pub(super) sets: u8,
    pub(super) adds: u8,
    /// The letters it sets to `[]`, or by a relation, which may be nobody.
    pub(super) unsure: u8,
    /// The relations it names, as bits; several may share one.
    pub(super) relations: u32,
    /// Whether it holds whatever the context.
    pub(super) always: bool,
    /// How narrow and how late: equals of a place decide together.
    pub(super) rank: (Reverse<u64>, u32),
}

/// A task and a component at which something stands, and what that says, letter by letter.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) component: ComponentId,
    pub(super) stands: Range<usize>,
    pub(super) sets: u8,
    pub(super) adds: u8,
    /// The letters that are set whatever the context, and those that are set under a condition.
    pub(super) always: u8,
    pub(super) conditional: u8,
    /// The letters that are always set to a party, and those that are at times set to what may be nobody.
    pub(super) solid: u8,
    pub(super) unsure: u8,
    pub(super) relations: u32,
}

/// All that stands somewhere.
#[derive(Debug)]
pub(super) struct Stands {
    all: Vec<Stand>,
    places: Vec<Place>,
    /// For each task its places, by component.
    of_task: Vec<Range<usize>>,
}

/// The bit of a relation.
pub(super) fn relation_bit(relation: crate::model::RelationId) -> u32 {
    1 << (relation.place() % 32)
}

impl Stands {
    pub(super) fn of(model: &Model, pairs: usize) -> Self {
        let mut all: Vec<(Cell, Stand)> = Vec::with_capacity(pairs);
        for (id, assignment) in model.assignments() {
            let stand = stand(id, &assignment);
            for task in assignment.tasks {
                all.extend(assignment.components.iter().map(|component| (Cell { task: *task, component: *component }, stand)));
            }
        }
        all.sort_unstable_by_key(|(cell, stand)| (*cell, Reverse(stand.rank), stand.id));
        let mut places: Vec<Place> = Vec::new();
        let mut of_task: Vec<Range<usize>> = vec![0..0; model.tasks.len()];
        let mut last = None;
        for (nth, (cell, stand)) in all.iter().enumerate() {
            if last.replace(*cell) != Some(*cell) {
                if let Some(range) = of_task.get_mut(cell.task.place()) {
                    let start = if range.end == 0 { places.len() } else { range.start };
                    *range = start..places.len() + 1;
                }
                places.push(Place::new(cell.component, nth));
            }
            places.last_mut().into_iter().for_each(|place| place.add(stand));
        }
        for place in &mut places {
            place.solid &= !place.unsure;
        }
        Self { all: all.into_iter().map(|(_, stand)| stand).collect(), places, of_task }
    }

    pub(super) fn all(&self) -> &[Stand] {
        &self.all
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// The place of a number.
    pub(super) fn place(&self, nth: usize) -> Option<&Place> {
        self.places.get(nth)
    }

    /// The places of a task by component, as numbers and as what they are.
    pub(super) fn of_task(&self, task: TaskId) -> (Range<usize>, &[Place]) {
        let range = self.of_task.get(task.place()).cloned().unwrap_or(0..0);
        (range.clone(), self.places.get(range).unwrap_or_default())
    }

    /// What stands at a place, the highest rank first.
    pub(super) fn at(&self, place: &Place) -> &[Stand] {
        self.all.get(place.stands.clone()).unwrap_or_default()
    }
}

impl Place {
    fn new(component: ComponentId, start: usize) -> Self {
        let (sets, adds, always, conditional, solid, unsure) = (0, 0, 0, 0, 0, 0);
        Self { component, stands: start..start, sets, adds, always, conditional, solid, unsure, relations: 0 }
    }

    fn add(&mut self, stand: &Stand) {
        self.stands.end += 1;
        self.sets |= stand.sets;
        self.adds |= stand.adds;
        if stand.always {
            self.always |= stand.sets;
            self.solid |= stand.sets & !stand.unsure;
        } else {
            self.conditional |= stand.sets;
        }
        self.unsure |= stand.unsure;
        self.relations |= stand.relations;
    }
}

fn stand(id: AssignmentId, assignment: &Assignment<'_>) -> Stand {
    let letters = |of: &dyn Fn(&Clause<'_>) -> bool| {
        let clauses = assignment.clauses.iter().filter(|clause| of(clause));
        clauses.flat_map(|clause| clause.letters.iter()).fold(0, |bits, letter| bits | bit(letter))
    };
    let relation = |party: PartyRef| match party {
        PartyRef::Relation(relation) => Some(relation),
        PartyRef::Party(_) => None,
    };
    let named = assignment.clauses.iter().flat_map(|clause| clause.parties.iter()).filter_map(relation);
    Stand {
        id,
        sets: letters(&|clause| !clause.adds),
        adds: letters(&|clause| clause.adds),
        unsure: letters(&|clause| {
            !clause.adds && (clause.parties.is_empty() || clause.parties.iter().any(|party| relation(party).is_some()))
        }),
        relations: named.fold(0, |bits, relation| bits | relation_bit(relation)),
        always: assignment.when.is_always(),
        rank: (Reverse(assignment.when.combinations()), assignment.layer),
    }
}
