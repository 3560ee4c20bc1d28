//! What a cell says over a space of combinations: decided once for all of them in which the same assignments take part.
//!
//! Of the assignments that apply, `fold` lets few take part: those of the highest rank that set a letter, and what adds to one. The others
//! change nothing, so a cell is decided once for each choice of these, however many combinations there are.

use std::collections::HashMap;
use std::hash::Hash;

use super::fold::Decided;
use super::{CellView, Space, cases};
use crate::model::{AssignmentId, Assignments, Combination, Letters, Model, When};

/// The letters that an assignment sets, and those that it adds to.
struct Says {
    sets: Letters,
    adds: Letters,
}

impl CellView {
    /// What is made of what the cell says in every combination of a space, in cases.
    pub(crate) fn decisions<A: Eq + Hash>(&self, model: &Model, space: &Space, answer: impl Fn(Decided) -> A) -> Vec<(When, A)> {
        let says: Vec<Says> = self.applying.iter().map(|applying| Says::new(&model.assignments, applying.id)).collect();
        let mut numbers: HashMap<Option<Vec<usize>>, usize> = HashMap::new();
        let mut known: HashMap<A, usize> = HashMap::new();
        let found = cases(space, |combination| {
            let there = self.place_conditions(model).all(|condition| condition.holds(combination));
            let taking_part = there.then(|| self.taking_part(model, &says, combination));
            *numbers.entry(taking_part).or_insert_with_key(|taking_part| {
                let applied = |part: &Vec<usize>| part.iter().filter_map(|nth| self.applying.get(*nth)).copied().collect();
                let applied: Option<Vec<_>> = taking_part.as_ref().map(applied);
                let decided = applied.map_or_else(Decided::not_applicable, |applied| self.decide_applied(model, &applied));
                let next = known.len();
                *known.entry(answer(decided)).or_insert(next)
            })
        });
        let mut answers: HashMap<usize, A> = known.into_iter().map(|(answer, number)| (number, answer)).collect();
        found.into_iter().filter_map(|(when, number)| Some((when, answers.remove(&number)?))).collect()
    }

    /// Which assignments take part in a letter in a combination, by their number in rank order.
    fn taking_part(&self, model: &Model, says: &[Says], combination: &Combination) -> Vec<usize> {
        let mut taking_part = Vec::new();
        // The letters that are set by a higher rank, and those that are by this rank too.
        let (mut higher, mut set) = (Letters::default(), Letters::default());
        let mut rank = None;
        for (nth, (applying, says)) in self.applying.iter().zip(says).enumerate() {
            if rank.replace(applying.rank()) != Some(applying.rank()) {
                higher = set;
            }
            let says_something = says.adds.or(says.sets.without(higher)) != Letters::default();
            if says_something && model.assignments.when(applying.id).holds(combination) {
                set = set.or(says.sets);
                taking_part.push(nth);
            }
        }
        taking_part
    }
}

impl Says {
    fn new(assignments: &Assignments, id: AssignmentId) -> Self {
        let of = |adds: bool| {
            let clauses = assignments.clauses(id).iter().filter(|clause| clause.adds == adds);
            clauses.fold(Letters::default(), |all, clause| all.or(clause.letters))
        };
        Self { sets: of(false), adds: of(true) }
    }
}
