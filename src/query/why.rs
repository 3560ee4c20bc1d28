//! `why`: the derivation of a letter, as a value. Words come later.
//!
//! Every assignment that applied, in rank order, with what it did and what overrode it; of an empty answer, what came
//! near. An answer depends on no assignment that its derivation does not cite: leaving out any others changes nothing.

use crate::document::Letter;
use crate::matrix::{Cell, Outcome, Status, Via};
use crate::model::{AssignmentId, ComponentId, DimensionId, PartyId, TaskId, When};
use crate::policy::Policy;

/// The derivation of a letter of a cell.
#[derive(Debug, Clone)]
pub struct Why<'p> {
    /// The policy that was asked.
    pub policy: &'p Policy,
    /// The cell.
    pub cell: Cell,
    /// The letter.
    pub letter: Letter,
    /// The cases, in the order of their first combination.
    pub cases: Vec<WhyCase>,
}

/// The derivation in one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhyCase {
    /// When it holds; none means always.
    pub when: When,
    /// What the cell says, as a whole.
    pub status: Status,
    /// Who holds the letter, or why nobody does.
    pub outcome: Outcome,
    /// The letter whose set it is by a convention; of a silent letter, the one that would imply it and does not.
    pub implied: Option<Letter>,
    /// Where the cell is not applicable: the components and tasks whose `when` does not hold in some combination.
    pub not_there: Vec<NotThere>,
    /// Every assignment that applied in some combination of the case, in rank order.
    pub steps: Vec<Step>,
    /// Where nobody holds the letter: assignments that came near, the nearest first.
    pub near: Vec<Near>,
}

/// A place that does not exist in some combination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotThere {
    /// A task.
    Task(TaskId),
    /// A component.
    Component(ComponentId),
}

/// What an assignment that applied did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The assignment.
    pub assignment: AssignmentId,
    /// The task at which it applied.
    pub task: TaskId,
    /// The component at which it applied.
    pub component: ComponentId,
    /// What it did.
    pub effect: Effect,
    /// The parties it names for the letter, each with how it comes in.
    pub parties: Vec<(PartyId, Via)>,
}

/// What an assignment did to a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Of the settings it is of the highest rank.
    Decides,
    /// It adds, whatever its rank.
    Adds,
    /// Another setting outranks it.
    Overridden {
        /// That setting.
        by: AssignmentId,
        /// In what it ranks higher.
        because: Outranked,
    },
}

/// In what a setting ranks higher than another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outranked {
    /// Its task lies deeper.
    Task,
    /// Its component lies deeper.
    Component,
    /// Its condition is narrower.
    Condition,
    /// It stands in a later document.
    Layer,
}

/// An assignment that came near and did not apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Near {
    /// The assignment.
    pub assignment: AssignmentId,
    /// Why it did not apply.
    pub reason: NearReason,
}

/// Why an assignment did not apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NearReason {
    /// Its condition does not hold.
    Condition,
    /// It is about another component.
    Component(ComponentId),
    /// It is about a task below the one asked about.
    Task(TaskId),
}

impl Why<'_> {
    /// The parties that hold the letter in some case, in declared order.
    #[must_use]
    pub fn parties(&self) -> Vec<PartyId> {
        let all: std::collections::BTreeSet<PartyId> = self.cases.iter().flat_map(|case| case.outcome.parties()).collect();
        all.into_iter().collect()
    }

    /// Keeps the cases that hold somewhere in this `when`.
    pub(crate) fn keep(&mut self, when: &When) {
        self.cases.retain(|case| meets(&case.when, when));
    }
}

/// Whether two conditions hold together somewhere.
pub(crate) fn meets(a: &When, b: &When) -> bool {
    let together = |a: &Alternative, b: &Alternative| {
        a.iter().all(|(dimension, values)| {
            let others = b.iter().find(|(other, _)| other == dimension);
            others.is_none_or(|(_, others)| values.iter().any(|value| others.contains(value)))
        })
    };
    a.is_empty() || b.is_empty() || a.iter().any(|a| b.iter().any(|b| together(a, b)))
}

type Alternative = Vec<(DimensionId, Vec<usize>)>;
