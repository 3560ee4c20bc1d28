//! Every applicable cell of a policy in every case, looked at once; cells that are alike are looked at together.
//!
//! A case here is a set of combinations in which the same assignments apply: whatever a lint asks of a combination is
//! the same for all of them. Lints take cells and cases from here and give findings back to be stated once for each
//! cause, with how far it reaches.

use std::collections::HashMap;

use super::Finding;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Letter;
use crate::matrix::{
    Applying, Cell, CellView, Decided, Holding, Nobody, Outcome, Status, TakingPart, Via, cases, clauses, stands_for,
};
use crate::model::{AssignmentId, ComponentId, Context, Handle, Model, PartyId, TaskId, When};
use crate::policy::Policy;
use crate::words::{cell_words, when_words};

/// So many different cells are looked at: each is kept while the lints run.
const MOST_CELLS: usize = 1_000_000;

/// What lints look at.
pub(super) struct Survey<'p> {
    pub(super) policy: &'p Policy,
    pub(super) cells: Vec<SurveyedCell>,
    /// For each task and letter that an assignment at the task itself sets, whether one does so whatever the context.
    pub(super) own_settings: HashMap<(TaskId, Letter), OwnSettings>,
    /// How many different cells there are, where they are more than are looked at.
    too_many: Option<usize>,
}

/// The settings of a letter at a task itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OwnSettings {
    /// Each carries a condition.
    AllConditional,
    /// One holds always.
    SomeAlways,
}

/// A cell, standing for all that are alike.
pub(super) struct SurveyedCell {
    /// The first of them, with what applies to it.
    pub(super) view: CellView,
    /// How many they are.
    pub(super) alike: usize,
    /// Its cases that are applicable.
    pub(super) cases: Vec<SurveyedCase>,
}

/// The combinations in which the same assignments apply.
pub(super) struct SurveyedCase {
    pub(super) when: When,
    pub(super) decided: Decided,
    /// The assignments that apply, the highest rank first.
    pub(super) applied: Vec<Applying>,
}

/// A finding at a case of a cell: the assignment that causes it, and what to say before the place.
pub(super) type Hit = (AssignmentId, String);

impl SurveyedCell {
    pub(super) fn cell(&self) -> Cell {
        self.view.cell
    }
}

impl SurveyedCase {
    pub(super) fn status(&self) -> Status {
        self.decided.status
    }

    pub(super) fn outcome(&self, letter: Letter) -> &Outcome {
        let [responsible, accountable, support, consulted, informed] = &self.decided.letters;
        match letter {
            Letter::Responsible => responsible,
            Letter::Accountable => accountable,
            Letter::Support => support,
            Letter::Consulted => consulted,
            Letter::Informed => informed,
        }
    }

    /// The assignments that give the cell a letter, those of the letter first where it has any.
    pub(super) fn causes(&self, letter: Letter) -> impl Iterator<Item = AssignmentId> + '_ {
        let others = Letter::ALL.into_iter().filter(move |other| *other != letter);
        let because = std::iter::once(letter).chain(others).flat_map(|letter| match self.outcome(letter) {
            Outcome::Held(holdings) => holdings.iter().flat_map(|holding| &holding.because).copied().collect(),
            Outcome::Nobody(_, because) => because.clone(),
            Outcome::Silent => Vec::new(),
        });
        because.filter(|because| !matches!(because.via, Via::Implied(_))).map(|because| because.assignment)
    }
}

/// Whether a letter that should have a party has none by mistake: not where it was given to `[]`, nor in a
/// whole-system cell where an unresolved `$relation` decides it, which stands for somebody at a component.
pub(super) fn lacks(model: &Model, cell: &SurveyedCell, case: &SurveyedCase, letter: Letter) -> bool {
    let decides = || !TakingPart::new(model, letter, &case.applied).deciding.is_empty();
    case.status() == Status::Assigned
        && match case.outcome(letter) {
            Outcome::Held(_) | Outcome::Nobody(Nobody::Said, _) => false,
            Outcome::Nobody(Nobody::Unresolved, _) => cell.cell().component != ComponentId::SYSTEM || !decides(),
            Outcome::Silent => true,
        }
}

impl<'p> Survey<'p> {
    pub(super) fn new(policy: &'p Policy) -> Self {
        let (model, matrix) = (policy.model(), policy.matrix());
        let tasks = alike(model.tasks().map(|(id, _)| id), |task| {
            matrix.representative(Cell { task, component: ComponentId::SYSTEM }).task
        });
        let components = alike(model.components().map(|(id, _)| id), |component| {
            matrix.representative(Cell { task: TaskId::ALL, component }).component
        });
        let count = tasks.len().saturating_mul(components.len() + 1);
        if count > MOST_CELLS {
            return Self { policy, cells: Vec::new(), own_settings: HashMap::new(), too_many: Some(count) };
        }
        // The whole system is told apart from components that are like it: what stands for nobody there may be right.
        let system = (ComponentId::SYSTEM, 1);
        let mut cells = Vec::new();
        for (task, of_tasks) in &tasks {
            for (component, of_components) in std::iter::once(&system).chain(&components) {
                cells.push(surveyed(policy, Cell { task: *task, component: *component }, of_tasks * of_components));
            }
        }
        Self { policy, cells, own_settings: own_settings(model), too_many: None }
    }

    /// That cells were not looked at, where they are too many: a check that was not made does not pass.
    pub(super) fn unlooked_at(&self) -> Option<Diagnostic> {
        let message = format!("{} different cells are more than the {MOST_CELLS} that lints look at", self.too_many?);
        let help = "Check the parts of the model by themselves; of all of it, the lints that look at cells are left out.";
        Some(Diagnostic::finding("too-many-cells", Severity::Deny, self.model().about().span, message).help(help))
    }

    pub(super) fn model(&self) -> &'p Model {
        self.policy.model()
    }

    /// Every case of every cell.
    pub(super) fn cases(&self) -> impl Iterator<Item = (&SurveyedCell, &SurveyedCase)> {
        self.cells.iter().flat_map(|cell| cell.cases.iter().map(move |case| (cell, case)))
    }

    /// The assignments that take part in some letter of a case: that decide, or add.
    pub(super) fn taking_part(&self, case: &SurveyedCase) -> Vec<AssignmentId> {
        let of_letter = |letter| {
            let TakingPart { deciding, adding } = TakingPart::new(self.model(), letter, &case.applied);
            deciding.into_iter().chain(adding).map(|applying| applying.id)
        };
        Letter::ALL.into_iter().flat_map(of_letter).collect()
    }

    /// One finding for each cause and wording that `hits` gives, told at the first cell, with the number of the others.
    pub(super) fn findings(&self, hits: impl Fn(&SurveyedCell, &SurveyedCase) -> Vec<Hit>, help: &str) -> Vec<Finding> {
        let mut grouped: Vec<(Hit, Vec<(&SurveyedCell, &SurveyedCase)>)> = Vec::new();
        let mut known: HashMap<Hit, usize> = HashMap::new();
        for (cell, case) in self.cases() {
            for hit in hits(cell, case) {
                let at = *known.entry(hit.clone()).or_insert(grouped.len());
                match grouped.get_mut(at) {
                    Some((_, places)) => places.push((cell, case)),
                    None => grouped.push((hit, vec![(cell, case)])),
                }
            }
        }
        grouped.into_iter().filter_map(|((cause, words), places)| self.finding(cause, &words, &places, help)).collect()
    }

    fn finding(
        &self,
        cause: AssignmentId,
        words: &str,
        places: &[(&SurveyedCell, &SurveyedCase)],
        help: &str,
    ) -> Option<Finding> {
        let model = self.model();
        let (first, when) = places.first().map(|(cell, case)| (cell.cell(), &case.when))?;
        let mut cells: Vec<(Cell, usize)> = places.iter().map(|(cell, _)| (cell.cell(), cell.alike)).collect();
        cells.sort_by_key(|(cell, _)| (cell.task.place(), cell.component.place()));
        cells.dedup();
        let more = match cells.iter().map(|(_, alike)| alike).sum::<usize>().saturating_sub(1) {
            0 => String::new(),
            1 => ", and in one more cell".to_owned(),
            others => format!(", and in {others} more cells"),
        };
        let place = format!("{}{}", cell_words(model, first), when_words(model, when));
        Some(Finding::at(model.assignment(cause).span, format!("{words} {place}{more}"), help))
    }
}

fn own_settings(model: &Model) -> HashMap<(TaskId, Letter), OwnSettings> {
    let mut own = HashMap::new();
    for (_, assignment) in model.assignments() {
        let set = assignment.clauses.iter().filter(|clause| !clause.adds).flat_map(|clause| &clause.letters);
        for (task, letter) in set.flat_map(|letter| assignment.tasks.iter().map(move |task| (*task, *letter))) {
            let settings = own.entry((task, letter)).or_insert(OwnSettings::AllConditional);
            if assignment.when.is_always() {
                *settings = OwnSettings::SomeAlways;
            }
        }
    }
    own
}

/// The first of each class of handles that are alike, and how many each has.
fn alike<I: Handle + std::hash::Hash + Eq>(ids: impl Iterator<Item = I>, class: impl Fn(I) -> I) -> Vec<(I, usize)> {
    let mut classes: Vec<(I, usize)> = Vec::new();
    let mut known: HashMap<I, usize> = HashMap::new();
    for id in ids {
        let at = *known.entry(class(id)).or_insert(classes.len());
        match classes.get_mut(at) {
            Some((_, count)) => *count += 1,
            None => classes.push((id, 1)),
        }
    }
    classes
}

fn surveyed(policy: &Policy, cell: Cell, alike: usize) -> SurveyedCell {
    let model = policy.model();
    let view = policy.view(cell);
    let space = view.space(model, policy.matrix(), &Context::default());
    let found = cases(&space, |combination| {
        let applied = view.applied(model, combination)?;
        Some(applied.into_iter().map(|applying| applying.id).collect::<Vec<_>>())
    });
    let case = |(when, applied): (When, Option<Vec<AssignmentId>>)| {
        let applied = applied?;
        let applied: Vec<Applying> = view.applying.iter().filter(|applying| applied.contains(&applying.id)).copied().collect();
        Some(SurveyedCase { decided: view.decide_applied(model, &applied), when, applied })
    };
    let cases = found.into_iter().filter_map(case).collect();
    SurveyedCell { view, alike, cases }
}

/// `customer` and `vendor`.
pub(super) fn names(model: &Model, parties: impl Iterator<Item = PartyId>) -> String {
    parties.map(|party| format!("`{}`", model.party(party).about.id)).collect::<Vec<_>>().join(" and ")
}

/// The parties that hold both letters in a case, told at the assignment that comes last in giving them.
pub(super) fn both(model: &Model, case: &SurveyedCase, one: Letter, other: Letter) -> Vec<Hit> {
    let others = case.outcome(other).holdings();
    let twice = case
        .outcome(one)
        .holdings()
        .iter()
        .filter_map(|holding| Some((holding, others.iter().find(|other| other.party == holding.party)?)));
    let hit = |(first, second): (&Holding, &Holding)| {
        let last = first.because.iter().chain(&second.because).map(|because| because.assignment).max()?;
        let party = &model.party(first.party).about.id;
        Some((last, format!("`{party}` is both {} and {} for", one.word(), other.word())))
    };
    twice.filter_map(hit).collect()
}

/// The set that an assignment gives a letter, as it comes out at a component.
pub(super) fn setting(model: &Model, assignment: AssignmentId, letter: Letter, component: ComponentId) -> Vec<PartyId> {
    let parties = clauses(model, assignment, letter, false).flat_map(|clause| &clause.parties);
    let mut set: Vec<PartyId> = parties.flat_map(|party| stands_for(model, *party, component).0).collect();
    set.sort_unstable();
    set.dedup();
    set
}

/// Every party named in a case, with the assignment that names it, as it says and no convention.
pub(super) fn cited_with(case: &SurveyedCase) -> Vec<(PartyId, AssignmentId)> {
    let holdings = Letter::ALL.into_iter().flat_map(|letter| case.outcome(letter).holdings());
    let named = holdings.flat_map(|holding| holding.because.iter().map(|because| (holding.party, because.assignment)));
    let mut all: Vec<_> = named.collect();
    all.sort_unstable();
    all.dedup();
    all
}
