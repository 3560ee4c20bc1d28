//! What a cell says over a space of combinations: decided once for all of them in which the same assignments take part.
//!
//! Of the assignments that apply, `fold` lets few take part: those of the highest rank that set a letter, and what adds to one. The others
//! change nothing, so a cell is decided once for each choice of these, however many combinations there are. `who` decides each combination
//! by itself: laws hold the two equal.

use std::collections::HashMap;
use std::hash::Hash;

use super::fold::Decided;
use super::{Applying, CellView, Space, gathered};
use crate::document::Letter;
use crate::model::{AssignmentId, Assignments, Combination, Condition, Letters, Model, When};

/// Which assignments apply to a cell in each combination of a space, and which of them take part.
#[derive(Debug)]
pub(crate) struct Choices {
    /// For each combination the number of its choice.
    numbers: Vec<usize>,
    /// The assignments that take part, the highest rank first; none where the cell is not applicable.
    taking_part: Vec<Option<Vec<Applying>>>,
    conditions: Conditions,
}

/// Where each assignment at the cell or above it holds: worked out once for all with the same condition.
#[derive(Debug)]
struct Conditions {
    /// For each assignment the number of its condition.
    numbers: Vec<usize>,
    /// For each condition whether it holds in each combination.
    holds: Vec<Vec<bool>>,
}

/// The letters that an assignment sets, and those that it adds to.
struct Says {
    sets: Letters,
    adds: Letters,
}

impl Choices {
    /// The assignments that take part, by the number of the choice; none where the cell is not applicable.
    pub(crate) fn each(&self) -> impl Iterator<Item = Option<&[Applying]>> {
        self.taking_part.iter().map(Option::as_deref)
    }

    /// What is made of the choice of each combination, in cases: of each choice this.
    pub(crate) fn cases<A: Eq + Hash + Clone>(&self, space: &Space, of_choice: &[A]) -> Vec<(When, A)> {
        gathered(space, self.numbers.iter().filter_map(|number| of_choice.get(*number)).cloned())
    }

    /// The assignments that apply in a combination of some of these choices, whether they take part or not.
    pub(crate) fn applied<'v>(&self, view: &'v CellView, choices: &[bool]) -> Vec<&'v Applying> {
        let of_these =
            |number: &usize| choices.get(*number) == Some(&true) && self.taking_part.get(*number).is_some_and(Option::is_some);
        let combinations: Vec<usize> =
            (0..self.numbers.len()).filter(|nth| self.numbers.get(*nth).is_some_and(of_these)).collect();
        let somewhere = self.conditions.somewhere(&combinations);
        view.applying.iter().zip(somewhere).filter_map(|(applying, holds)| holds.then_some(applying)).collect()
    }
}

impl Conditions {
    fn new(model: &Model, applying: &[Applying], combinations: &[Combination]) -> Self {
        let mut known: HashMap<&Condition, usize> = HashMap::new();
        let mut holds: Vec<Vec<bool>> = Vec::new();
        let number = |applying: &Applying| {
            let condition = model.assignments.when(applying.id);
            *known.entry(condition).or_insert_with(|| {
                holds.push(combinations.iter().map(|combination| condition.holds(combination)).collect());
                holds.len() - 1
            })
        };
        let numbers = applying.iter().map(number).collect();
        Self { numbers, holds }
    }

    /// Whether an assignment holds in a combination.
    fn hold(&self, assignment: usize, combination: usize) -> bool {
        let holds = self.numbers.get(assignment).and_then(|number| self.holds.get(*number));
        holds.and_then(|holds| holds.get(combination)) == Some(&true)
    }

    /// Of each assignment whether it holds in some of these combinations.
    fn somewhere(&self, combinations: &[usize]) -> impl Iterator<Item = bool> {
        let met = |holds: &Vec<bool>| combinations.iter().any(|nth| holds.get(*nth) == Some(&true));
        let met: Vec<bool> = self.holds.iter().map(met).collect();
        self.numbers.iter().map(move |number| met.get(*number) == Some(&true))
    }
}

impl CellView {
    /// What is made of what the cell says in every combination of a space, in cases.
    pub(crate) fn decisions<A: Eq + Hash>(&self, model: &Model, space: &Space, answer: impl Fn(Decided) -> A) -> Vec<(When, A)> {
        let choices = self.choices(model, space);
        let mut known: HashMap<A, usize> = HashMap::new();
        let answers: Vec<usize> = choices
            .each()
            .map(|choice| {
                let next = known.len();
                *known.entry(answer(self.decide_choice(model, choice))).or_insert(next)
            })
            .collect();
        let found = choices.cases(space, &answers);
        let mut answers: HashMap<usize, A> = known.into_iter().map(|(answer, number)| (number, answer)).collect();
        found.into_iter().filter_map(|(when, number)| Some((when, answers.remove(&number)?))).collect()
    }

    /// Decides every letter where these assignments take part.
    pub(crate) fn decide_choice(&self, model: &Model, choice: Option<&[Applying]>) -> Decided {
        choice.map_or_else(Decided::not_applicable, |applied| self.decide_applied(model, applied))
    }

    /// Which assignments take part in each combination of a space.
    pub(crate) fn choices(&self, model: &Model, space: &Space) -> Choices {
        let combinations: Vec<Combination> = space.combinations().collect();
        let conditions = Conditions::new(model, &self.applying, &combinations);
        let says: Vec<Says> = self.applying.iter().map(|applying| Says::new(&model.assignments, applying.id)).collect();
        let settings_only = says.iter().rposition(|says| says.adds != Letters::default()).map_or(0, |last| last + 1);
        let mut known: HashMap<Option<Vec<usize>>, usize> = HashMap::new();
        let mut all = Vec::new();
        let numbers = combinations.iter().enumerate().map(|(combination, values)| {
            let there = self.place_conditions(model).all(|condition| condition.holds(values));
            let taking_part = there.then(|| self.taking_part(&says, settings_only, |nth| conditions.hold(nth, combination)));
            *known.entry(taking_part).or_insert_with_key(|taking_part| {
                let applied = |part: &Vec<usize>| part.iter().filter_map(|nth| self.applying.get(*nth)).copied().collect();
                all.push(taking_part.as_ref().map(applied));
                all.len() - 1
            })
        });
        let numbers = numbers.collect();
        Choices { numbers, taking_part: all, conditions }
    }

    /// Which assignments take part in a letter, of those that hold, by their number in rank order. From a number on all only set.
    fn taking_part(&self, says: &[Says], settings_only: usize, holds: impl Fn(usize) -> bool) -> Vec<usize> {
        let every: Letters = Letter::ALL.into_iter().collect();
        let mut taking_part = Vec::new();
        // The letters that are set by a higher rank, and those that are by this rank too.
        let (mut higher, mut set) = (Letters::default(), Letters::default());
        let mut rank = None;
        for (nth, (applying, says)) in self.applying.iter().zip(says).enumerate() {
            if rank.replace(applying.rank()) != Some(applying.rank()) {
                higher = set;
            }
            if higher == every && nth >= settings_only {
                break;
            }
            let says_something = says.adds.or(says.sets.without(higher)) != Letters::default();
            if says_something && holds(nth) {
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
