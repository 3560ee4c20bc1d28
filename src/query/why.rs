//! `why`: the derivation of a letter, as a value. Words come later.
//!
//! Every assignment that applied, in rank order, with what it did and what overrode it; of an empty answer, what came
//! near. An answer depends on no assignment that its derivation does not cite: leaving out any others changes nothing.

use std::collections::HashMap;

use crate::document::Letter;
use crate::error::QueryError;
use crate::matrix::{Applying, Cell, CellView, Outcome, Status, Via, cases, clauses, stands_for};
use crate::model::{AssignmentId, Combination, ComponentId, Context, DimensionId, PartyId, TaskId, When};
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
    /// The letter whose set it is by a convention.
    pub implied: Option<Letter>,
    /// Every assignment that applied in some combination of the case, in rank order.
    pub steps: Vec<Step>,
    /// Where nobody holds the letter: assignments that came near, the nearest first.
    pub near: Vec<Near>,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

impl Policy {
    /// The derivation of a letter of a task at a component.
    ///
    /// # Errors
    /// Where the task or the component is unknown.
    pub fn why<'n>(
        &self,
        task: &str,
        component: impl Into<Option<&'n str>>,
        letter: Letter,
        context: &Context,
    ) -> Result<Why<'_>, QueryError> {
        Ok(self.derive(self.cell(task, component)?, letter, context))
    }

    /// The derivation of a letter of a cell.
    #[must_use]
    pub fn derive(&self, cell: Cell, letter: Letter, context: &Context) -> Why<'_> {
        let view = CellView { cell, applying: self.view(cell).applying };
        let space = view.space(self.model(), self.matrix(), context);
        let mut applied: HashMap<Derivation, Vec<AssignmentId>> = HashMap::new();
        let found = cases(&space, |combination| {
            let derivation = Derivation::new(self, &view, letter, combination);
            let list = applied.entry(derivation.clone()).or_default();
            if derivation.status != Status::NotApplicable {
                self.note_applied(&view, combination, list);
            }
            derivation
        });
        let case = |(when, derivation): (When, Derivation)| {
            let applied = applied.get(&derivation).map_or(&[][..], Vec::as_slice);
            self.case(&view, when, derivation, applied)
        };
        Why { policy: self, cell, letter, cases: found.into_iter().map(case).collect() }
    }

    fn note_applied(&self, view: &CellView, combination: &Combination, list: &mut Vec<AssignmentId>) {
        for applying in &view.applying {
            if !list.contains(&applying.id) && self.model().assignment(applying.id).when.holds(combination) {
                list.push(applying.id);
            }
        }
    }

    fn case(&self, view: &CellView, when: When, derivation: Derivation, applied: &[AssignmentId]) -> WhyCase {
        let Derivation { status, outcome, letter, implied, deciding, .. } = derivation;
        let decider = view.applying.iter().find(|applying| deciding.contains(&applying.id));
        let mut steps = Vec::new();
        for applying in view.applying.iter().filter(|applying| applied.contains(&applying.id)) {
            if clauses(self.model(), applying, letter, false).next().is_some() {
                let effect = match decider {
                    Some(decider) if !deciding.contains(&applying.id) => {
                        Effect::Overridden { by: decider.id, because: outranked(decider, applying) }
                    }
                    _ => Effect::Decides,
                };
                steps.push(self.step(view, applying, letter, effect));
            }
            if clauses(self.model(), applying, letter, true).next().is_some() {
                steps.push(self.step(view, applying, letter, Effect::Adds));
            }
        }
        let near = if outcome.holdings().is_empty() { self.near(view, letter, applied) } else { Vec::new() };
        WhyCase { when, status, outcome, implied, steps, near }
    }

    fn step(&self, view: &CellView, applying: &Applying, letter: Letter, effect: Effect) -> Step {
        let adds = effect == Effect::Adds;
        let refs = clauses(self.model(), applying, letter, adds).flat_map(|clause| &clause.parties);
        let parties = refs.flat_map(|party| {
            let (parties, via) = stands_for(self.model(), *party, view.cell.component);
            parties.into_iter().map(move |party| (party, via))
        });
        Step { assignment: applying.id, task: applying.task, component: applying.component, effect, parties: parties.collect() }
    }

    /// Assignments that say something of the letter and miss the cell by one thing.
    fn near(&self, view: &CellView, letter: Letter, applied: &[AssignmentId]) -> Vec<Near> {
        let model = self.model();
        let tasks: Vec<TaskId> = model.task_path(view.cell.task).collect();
        let components: Vec<ComponentId> = model.component_path(view.cell.component).collect();
        let mut near = Vec::new();
        for (id, assignment) in model.assignments() {
            if applied.contains(&id) || !assignment.clauses.iter().any(|clause| clause.letters.contains(&letter)) {
                continue;
            }
            let at_task = assignment.tasks.iter().any(|task| tasks.contains(task));
            let at_component = assignment.components.iter().any(|component| components.contains(component));
            let below = assignment.tasks.iter().find(|task| model.task_path(**task).any(|above| above == view.cell.task));
            let reason = match (at_task, at_component, below) {
                (true, true, _) => Some(NearReason::Condition),
                (true, false, _) => assignment.components.first().map(|component| NearReason::Component(*component)),
                (false, true, Some(task)) => Some(NearReason::Task(*task)),
                _ => None,
            };
            near.extend(reason.map(|reason| Near { assignment: id, reason }));
        }
        near.sort_by_key(|near| {
            (std::mem::discriminant(&near.reason) != std::mem::discriminant(&NearReason::Condition), near.reason, near.assignment)
        });
        near
    }
}

impl Why<'_> {
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

/// What tells the cases of a `why` apart: the answer, and every assignment that takes part in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Derivation {
    status: Status,
    outcome: Outcome,
    /// The letter whose settings and additions decide: the one asked about, or the one that implies it.
    letter: Letter,
    implied: Option<Letter>,
    deciding: Vec<AssignmentId>,
    adding: Vec<AssignmentId>,
}

impl Derivation {
    fn new(policy: &Policy, view: &CellView, letter: Letter, combination: &Combination) -> Self {
        let decided = view.decide(policy.model(), combination);
        let outcome = decided.letters.get(letter.index()).cloned().unwrap_or(Outcome::Silent);
        let implied = outcome.holdings().iter().flat_map(|holding| &holding.because).find_map(|because| match because.via {
            Via::Implied(from) => Some(from),
            Via::Named | Via::Relation(..) => None,
        });
        let letter = implied.unwrap_or(letter);
        let (deciding, adding) = match decided.status {
            Status::NotApplicable => (Vec::new(), Vec::new()),
            _ => view.taking_part(policy.model(), letter, combination),
        };
        let ids = |list: Vec<Applying>| list.iter().map(|applying| applying.id).collect();
        Self { status: decided.status, outcome, letter, implied, deciding: ids(deciding), adding: ids(adding) }
    }
}

fn outranked(decider: &Applying, other: &Applying) -> Outranked {
    let (higher, lower) = (decider.rank(), other.rank());
    if higher.task_depth != lower.task_depth {
        Outranked::Task
    } else if higher.component_depth != lower.component_depth {
        Outranked::Component
    } else if higher.narrowness != lower.narrowness {
        Outranked::Condition
    } else {
        Outranked::Layer
    }
}
