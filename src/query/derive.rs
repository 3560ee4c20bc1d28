//! How a `why` is derived: which assignments took part in each case, what overrode the others, what came near.

use super::grid::tasks_below;
use super::why::{Effect, Near, NearReason, NotThere, Outranked, Step, Why, WhyCase};
use crate::document::Letter;
use crate::error::QueryError;
use crate::matrix::{Applying, Cell, CellView, Decided, Outcome, Status, TakingPart, Via, clauses, stands_for};
use crate::model::{AssignmentId, Combination, ComponentId, Condition, Context, Conventions, Model, TaskId, When};
use crate::policy::Policy;

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
        let [why] = self.derive_letters(&self.view(cell), [letter], context);
        why
    }

    /// The derivations of some letters of a cell: what they have in common is worked out once.
    pub(crate) fn derive_letters<const N: usize>(
        &self,
        view: &CellView,
        letters: [Letter; N],
        context: &Context,
    ) -> [Why<'_>; N] {
        let model = self.model();
        let space = view.space(model, self.matrix(), context);
        let choices = view.choices(model, &space);
        let decided: Vec<Decided> = choices.each().map(|choice| view.decide_choice(model, choice)).collect();
        letters.map(|letter| {
            let of_choice = choices.each().zip(&decided);
            let derivations: Vec<Derivation> =
                of_choice.map(|(choice, decided)| Derivation::new(model, letter, decided, choice)).collect();
            let found = choices.cases(&space, &derivations.iter().collect::<Vec<_>>());
            let case = |(when, derivation): (When, &Derivation)| {
                let of_case: Vec<bool> = derivations.iter().map(|other| other == derivation).collect();
                self.case(view, letter, when, context, derivation, &choices.applied(view, &of_case))
            };
            Why { policy: self, cell: view.cell, letter, cases: found.into_iter().map(case).collect() }
        })
    }

    fn case(
        &self,
        view: &CellView,
        asked: Letter,
        when: When,
        context: &Context,
        derivation: &Derivation,
        applied: &[&Applying],
    ) -> WhyCase {
        let Derivation { status, outcome, letter, implied, deciding, .. } = derivation;
        let (status, letter, implied) = (*status, *letter, *implied);
        let decider = view.applying.iter().find(|applying| deciding.contains(&applying.id));
        let mut steps = Vec::new();
        for applying in applied {
            if clauses(self.model(), applying.id, letter, false).next().is_some() {
                let effect = match decider {
                    Some(decider) if !deciding.contains(&applying.id) => {
                        Effect::Overridden { by: decider.id, because: outranked(decider, applying) }
                    }
                    _ => Effect::Decides,
                };
                steps.push(self.step(view, applying, letter, effect));
            }
            if clauses(self.model(), applying.id, letter, true).next().is_some() {
                steps.push(self.step(view, applying, letter, Effect::Adds));
            }
        }
        let there = status != Status::NotApplicable;
        let near = if there && outcome.holdings().is_empty() { self.near(view, asked, applied) } else { Vec::new() };
        let not_there = if there { Vec::new() } else { self.not_there(view, &when, context) };
        WhyCase { when, status, outcome: outcome.clone(), implied, not_there, steps, near }
    }

    /// The tasks and components of the cell, and above, whose `when` fails somewhere in a case.
    fn not_there(&self, view: &CellView, when: &When, context: &Context) -> Vec<NotThere> {
        let model = self.model();
        let space = view.space(model, self.matrix(), context);
        let alternatives: Vec<Condition> = when.iter().map(|alternative| Condition::of(alternative)).collect();
        let of_case =
            |combination: &Combination| alternatives.is_empty() || alternatives.iter().any(|one| one.holds(combination));
        let combinations: Vec<Combination> = space.combinations().filter(of_case).collect();
        let fails = |condition: Option<&Condition>| {
            condition.is_some_and(|condition| combinations.iter().any(|one| !condition.holds(one)))
        };
        let tasks = model.task_path(view.cell.task).filter(|task| fails(model.task(*task).when.as_deref())).map(NotThere::Task);
        let components =
            model.component_path(view.cell.component).filter(|component| fails(model.component(*component).when.as_deref()));
        tasks.chain(components.map(NotThere::Component)).collect()
    }

    fn step(&self, view: &CellView, applying: &Applying, letter: Letter, effect: Effect) -> Step {
        let adds = effect == Effect::Adds;
        let refs = clauses(self.model(), applying.id, letter, adds).flat_map(|clause| clause.parties.iter());
        let parties = refs.flat_map(|party| {
            let (parties, via) = stands_for(self.model(), party, view.cell.component);
            parties.into_iter().map(move |party| (party, via))
        });
        Step { assignment: applying.id, task: applying.task, component: applying.component, effect, parties: parties.collect() }
    }

    /// Assignments that say something of the letter and miss the cell by one thing.
    fn near(&self, view: &CellView, letter: Letter, applied: &[&Applying]) -> Vec<Near> {
        let model = self.model();
        let tasks: Vec<TaskId> = model.task_path(view.cell.task).collect();
        let components: Vec<ComponentId> = model.component_path(view.cell.component).collect();
        let mut standing: Vec<AssignmentId> = tasks
            .iter()
            .copied()
            .chain(tasks_below(model, view.cell.task))
            .flat_map(|task| self.matrix().standing_at(task))
            .collect();
        standing.sort_unstable();
        standing.dedup();
        let mut near = Vec::new();
        for id in standing {
            let assignment = model.assignment(id);
            if !assignment.clauses.iter().any(|clause| clause.letters.contains(letter))
                || applied.iter().any(|applying| applying.id == id)
            {
                continue;
            }
            let at_task = assignment.tasks.iter().any(|task| tasks.contains(task));
            let at_component = assignment.components.iter().any(|component| components.contains(component));
            let below = || assignment.tasks.iter().find(|task| model.task_path(**task).any(|above| above == view.cell.task));
            let reason = match (at_task, at_component) {
                (true, true) => Some(NearReason::Condition),
                (true, false) => assignment.components.first().map(|component| NearReason::Component(*component)),
                (false, true) => below().map(|task| NearReason::Task(*task)),
                (false, false) => None,
            };
            near.extend(reason.map(|reason| Near { assignment: id, reason }));
        }
        near.sort_by_key(|near| {
            (std::mem::discriminant(&near.reason) != std::mem::discriminant(&NearReason::Condition), near.reason, near.assignment)
        });
        near
    }
}

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
    /// Where these assignments take part; none where the cell is not applicable.
    fn new(model: &Model, letter: Letter, decided: &Decided, taking_part: Option<&[Applying]>) -> Self {
        let Some(taking_part) = taking_part else {
            let (status, outcome) = (Status::NotApplicable, Outcome::Silent);
            return Self { status, outcome, letter, implied: None, deciding: Vec::new(), adding: Vec::new() };
        };
        let outcome = decided.letters.get(letter.index()).cloned().unwrap_or(Outcome::Silent);
        let implied = match &outcome {
            Outcome::Held(holdings) => {
                holdings.iter().flat_map(|holding| &holding.because).find_map(|because| match because.via {
                    Via::Implied(from) => Some(from),
                    Via::Named | Via::Relation(..) => None,
                })
            }
            // What keeps a convention from implying it is said of the other letter.
            Outcome::Silent => may_imply(model.conventions(), letter),
            Outcome::Nobody(..) => None,
        };
        let letter = implied.unwrap_or(letter);
        let TakingPart { deciding, adding } = TakingPart::new(model, letter, taking_part);
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

/// The letter from which a convention implies this one, where it has what the convention asks for.
fn may_imply(conventions: Conventions, letter: Letter) -> Option<Letter> {
    match letter {
        Letter::Responsible => conventions.accountable_is_responsible.then_some(Letter::Accountable),
        Letter::Accountable => conventions.responsible_is_accountable.then_some(Letter::Responsible),
        Letter::Support | Letter::Consulted | Letter::Informed => None,
    }
}
